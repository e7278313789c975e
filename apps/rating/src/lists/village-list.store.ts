import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface VillageList {
  readonly runId: string;
  readonly villageCode: string;
  readonly publicationId: string | null;
  readonly version: number;
  readonly postedOn: PlainDate | null;
  readonly lastDay: PlainDate | null;
  readonly certifiedAt: Date | null;
}

const columns = `run_id AS "runId", village_code AS "villageCode", publication_id AS "publicationId", version, posted_on AS "postedOn", last_day AS "lastDay", certified_at AS "certifiedAt"`;

/** The key under which publicity knows a village's list. */
export function listKey(runId: string, villageCode: string): string {
  return `${runId}:${villageCode}`;
}

export function readListKey(key: string): { runId: string; villageCode: string } {
  const [runId = '', villageCode = ''] = key.split(':');
  return { runId, villageCode };
}

/** 拟评定名单 per village of a run. */
export class VillageListStore {
  constructor(private readonly tx: Tx) {}

  async insertAll(runId: string, villageCodes: readonly string[]): Promise<void> {
    await this.tx.manager.query('INSERT INTO village_list (run_id, village_code) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [runId, villageCodes]);
  }

  /** The newest publication of the list wins; news of an older version changes nothing. */
  async notePublication(runId: string, villageCode: string, publicationId: string, version: number, postedOn: string, lastDay: string): Promise<void> {
    await this.tx.manager.query(
      `UPDATE village_list SET publication_id = $3, version = $4, posted_on = $5, last_day = $6
       WHERE run_id = $1 AND village_code = $2 AND (publication_id IS DISTINCT FROM $3 OR version < $4)`,
      [runId, villageCode, publicationId, version, postedOn, lastDay],
    );
  }

  async forgetPublication(publicationId: string): Promise<void> {
    await this.tx.manager.query('UPDATE village_list SET publication_id = NULL, version = 0, posted_on = NULL, last_day = NULL WHERE publication_id = $1', [publicationId]);
  }

  async lock(runId: string, villageCode: string): Promise<VillageList | undefined> {
    const [row] = await this.tx.manager.query<VillageList[]>(`SELECT ${columns} FROM village_list WHERE run_id = $1 AND village_code = $2 FOR UPDATE`, [runId, villageCode]);
    return row;
  }

  /** Lists whose publication is over by the day and which still have somebody to certify. */
  async due(today: PlainDate, limit: number): Promise<VillageList[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM village_list l WHERE last_day < $1
         AND EXISTS (SELECT 1 FROM rating r WHERE r.run_id = l.run_id AND r.village_code = l.village_code AND r.state IN ('proposed', 'listed'))
       ORDER BY last_day, run_id, village_code LIMIT $2`,
      [today, limit],
    );
  }

  async certified(runId: string, villageCode: string): Promise<void> {
    await this.tx.manager.query('UPDATE village_list SET certified_at = coalesce(certified_at, $3) WHERE run_id = $1 AND village_code = $2', [runId, villageCode, this.tx.now]);
  }

  async ofRun(runId: string): Promise<VillageList[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM village_list WHERE run_id = $1 ORDER BY village_code`, [runId]);
  }
}
