import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface Sample {
  readonly sampleId: string;
  readonly villageCode: string;
  readonly seedHash: string;
  readonly seed: string | null;
  readonly result: 'passed' | 'sent-back' | null;
}

export interface SampledFile {
  readonly fileId: string;
  readonly sound: boolean | null;
}

export interface SampleRecord extends Sample {
  readonly committedAt: Date;
  readonly drawnAt: Date | null;
  readonly sampleSize: number | null;
  readonly share: number | null;
  readonly least: number | null;
  readonly batch: readonly string[];
  readonly drawn: readonly string[];
}

const columns = 'sample_id AS "sampleId", village_code AS "villageCode", seed_hash AS "seedHash", seed, result';

/** 县级抽查 */
export class SampleStore {
  constructor(private readonly tx: Tx) {}

  async insert(sample: { sampleId: string; villageCode: string; seedHash: string }): Promise<void> {
    await this.tx.manager.query('INSERT INTO sample (sample_id, village_code, seed_hash, committed_at) VALUES ($1, $2, $3, $4)', [sample.sampleId, sample.villageCode, sample.seedHash, this.tx.now]);
  }

  async lock(sampleId: string): Promise<Sample> {
    const [row] = await this.tx.manager.query<Sample[]>(`SELECT ${columns} FROM sample WHERE sample_id = $1 FOR UPDATE`, [sampleId]);
    if (!row) throw new Problem('not-found', { sampleId });
    return row;
  }

  async byId(sampleId: string): Promise<Sample> {
    const [row] = await this.tx.manager.query<Sample[]>(`SELECT ${columns} FROM sample WHERE sample_id = $1`, [sampleId]);
    if (!row) throw new Problem('not-found', { sampleId });
    return row;
  }

  /** Keeps what was drawn from beside what was drawn. */
  async draw(sampleId: string, seed: string, batch: readonly string[], fileIds: readonly string[], rule: { share: number; least: number }): Promise<void> {
    const { manager, now } = this.tx;
    await manager.query('UPDATE sample SET seed = $2, drawn_at = $3, sample_size = $4, share = $5, least = $6 WHERE sample_id = $1', [sampleId, seed, now, fileIds.length, rule.share, rule.least]);
    await manager.query('INSERT INTO sample_batch (sample_id, file_id) SELECT $1, unnest($2::uuid[])', [sampleId, batch]);
    await manager.query('INSERT INTO sample_file (sample_id, file_id) SELECT $1, unnest($2::uuid[])', [sampleId, fileIds]);
  }

  /** 公开记录 — numbers, hashes and file ids only; the seed once it was drawn with. */
  async record(sampleId: string): Promise<SampleRecord | undefined> {
    const [row] = await this.tx.manager.query<SampleRecord[]>(
      `SELECT sample_id AS "sampleId", village_code AS "villageCode", seed_hash AS "seedHash", committed_at AS "committedAt", seed, drawn_at AS "drawnAt", sample_size AS "sampleSize",
         share::float8 AS share, least, result,
         coalesce((SELECT array_agg(file_id ORDER BY file_id) FROM sample_batch b WHERE b.sample_id = s.sample_id), '{}') AS batch,
         coalesce((SELECT array_agg(file_id ORDER BY file_id) FROM sample_file f WHERE f.sample_id = s.sample_id), '{}') AS drawn
       FROM sample s WHERE sample_id = $1`,
      [sampleId],
    );
    return row;
  }

  ofVillage(villageCode: string): Promise<(Sample & { committedAt: Date })[]> {
    return this.tx.manager.query(`SELECT ${columns}, committed_at AS "committedAt" FROM sample WHERE village_code = $1 ORDER BY committed_at DESC`, [villageCode]);
  }

  async wrongItems(sampleId: string, fileId: string, items: readonly { item: string; note: Buffer }[]): Promise<void> {
    await this.tx.manager.query('DELETE FROM sample_wrong_item WHERE sample_id = $1 AND file_id = $2', [sampleId, fileId]);
    await this.tx.manager.query(
      `INSERT INTO sample_wrong_item (sample_id, file_id, item, note) SELECT $1, $2, item, note FROM jsonb_to_recordset($3::jsonb) AS r(item text, note bytea)`,
      [sampleId, fileId, JSON.stringify(items.map(({ item, note }) => ({ item, note: `\\x${note.toString('hex')}` })))],
    );
  }

  /** How often each item was wrong in a sample. */
  faultsByItem(sampleId: string): Promise<{ item: string; count: number }[]> {
    return this.tx.manager.query('SELECT item, count(*)::int AS count FROM sample_wrong_item WHERE sample_id = $1 GROUP BY item ORDER BY count DESC, item', [sampleId]);
  }

  files(sampleId: string): Promise<SampledFile[]> {
    return this.tx.manager.query('SELECT file_id AS "fileId", sound FROM sample_file WHERE sample_id = $1 ORDER BY file_id', [sampleId]);
  }

  async find(sampleId: string, fileId: string, sound: boolean): Promise<boolean> {
    const [, count] = await this.tx.manager.query<[unknown, number]>('UPDATE sample_file SET sound = $3 WHERE sample_id = $1 AND file_id = $2', [sampleId, fileId, sound]);
    return count > 0;
  }

  async conclude(sampleId: string, result: 'passed' | 'sent-back'): Promise<void> {
    await this.tx.manager.query('UPDATE sample SET result = $2 WHERE sample_id = $1', [sampleId, result]);
  }
}
