import type { Tx } from '@credit/platform';
import type { Reason } from './province-row';

export interface ProvinceRecord {
  readonly fileId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  /** What the change was made from; another stamp makes another change. */
  readonly stamp: string;
  readonly consents: readonly string[];
  readonly seq: number;
  readonly op: 'upsert' | 'delete';
  readonly version: number;
  readonly reason: Reason | null;
  readonly sha256: string;
}

const columns = 'p.file_id AS "fileId", p.subject_id AS "subjectId", p.village_code AS "villageCode", p.stamp, p.consents, p.seq::float8 AS seq, p.op, p.version, p.reason, p.sha256';
/** Neither accepted nor rejected as it is now. */
export const waiting = 'p.accepted_seq IS DISTINCT FROM p.seq AND p.rejected_seq IS DISTINCT FROM p.seq';

/** 上报记录的台账 */
export class RecordStore {
  constructor(private readonly tx: Tx) {}

  async byFiles(fileIds: readonly string[]): Promise<Map<string, ProvinceRecord>> {
    const rows = await this.tx.manager.query<ProvinceRecord[]>(`SELECT ${columns} FROM province_record p WHERE p.file_id = ANY($1) ORDER BY p.file_id FOR UPDATE`, [fileIds]);
    return new Map(rows.map((row) => [row.fileId, row]));
  }

  /** One numbering at a time, until its commit: what is read behind a cursor is complete. */
  async nextSequences(count: number): Promise<number[]> {
    await this.tx.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('province-change', 0))`);
    const rows = await this.tx.manager.query<{ seq: number }[]>(`SELECT nextval('province_change')::float8 AS seq FROM generate_series(1, $1)`, [count]);
    return rows.map((row) => row.seq);
  }

  async save(records: readonly ProvinceRecord[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO province_record (file_id, subject_id, village_code, stamp, consents, seq, op, version, reason, sha256, changed_on)
       SELECT "fileId", "subjectId", "villageCode", stamp, consents, seq, op, version, reason, sha256, $2
       FROM jsonb_to_recordset($1::jsonb) AS r("fileId" uuid, "subjectId" uuid, "villageCode" text, stamp text, consents text[], seq bigint, op text, version int, reason text, sha256 text)
       ON CONFLICT (file_id) DO UPDATE SET village_code = EXCLUDED.village_code, stamp = EXCLUDED.stamp, consents = EXCLUDED.consents, seq = EXCLUDED.seq,
         op = EXCLUDED.op, version = EXCLUDED.version, reason = EXCLUDED.reason, sha256 = EXCLUDED.sha256, changed_on = EXCLUDED.changed_on`,
      [JSON.stringify(records), this.tx.today],
    );
  }

  /** Villages with changes that have no receipt yet. */
  async villagesWaiting(): Promise<string[]> {
    const rows = await this.tx.manager.query<{ villageCode: string }[]>(`SELECT DISTINCT p.village_code AS "villageCode" FROM province_record p WHERE ${waiting} ORDER BY 1`);
    return rows.map((row) => row.villageCode);
  }

  waitingOf(villageCode: string): Promise<ProvinceRecord[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM province_record p WHERE p.village_code = $1 AND ${waiting} AND NOT EXISTS (
         SELECT 1 FROM province_entry e JOIN province_batch b USING (batch_id) WHERE e.file_id = p.file_id AND e.seq = p.seq AND b.state = 'open') ORDER BY p.seq`,
      [villageCode],
    );
  }

  after(cursor: string, limit: number): Promise<ProvinceRecord[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM province_record p WHERE p.seq > $1 ORDER BY p.seq LIMIT $2`, [cursor, limit]);
  }

  /** 重新上报 — the next round makes a further change of each, whatever it is made from. */
  async makeAnew(fileIds: readonly string[]): Promise<void> {
    await this.tx.manager.query(`UPDATE province_record SET stamp = '' WHERE file_id = ANY($1)`, [fileIds]);
  }
}
