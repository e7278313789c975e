import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { ManifestSignature } from './manifest-signer';
import type { Manifest } from './province-manifest';
import type { ProvinceRecord } from './record.store';

export type BatchState = 'open' | 'done' | 'refused' | 'superseded';

export interface ProvinceBatch {
  readonly batchId: string;
  readonly villageCode: string;
  readonly period: PlainDate;
  readonly records: number;
  readonly chunks: number;
  readonly manifest: Manifest;
  readonly signature: string;
  readonly state: BatchState;
  readonly refusal: string | null;
  readonly failures: number;
  readonly cutAt: Date;
  readonly endedAt: Date | null;
}

const columns = `batch_id AS "batchId", village_code AS "villageCode", period, record_count AS records, chunk_count AS chunks, manifest, signature, state, refusal, failures,
  cut_at AS "cutAt", ended_at AS "endedAt"`;

/** 批次 */
export class BatchStore {
  constructor(private readonly tx: Tx) {}

  /** One cut of a village at a time. */
  async lockVillage(villageCode: string): Promise<void> {
    await this.tx.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('province-cut ' || $1, 0))`, [villageCode]);
  }

  /** The same batch cut again is opened again; its entries are the same. */
  async insert(manifest: Manifest, signature: ManifestSignature, chunks: readonly (readonly ProvinceRecord[])[], nextTryAt: Date): Promise<void> {
    const entries = chunks.flatMap((records, index) => records.map(({ fileId, seq }) => ({ fileId, seq, chunk: index + 1 })));
    await this.tx.manager.query(
      `INSERT INTO province_batch (batch_id, village_code, period, record_count, chunk_count, manifest, signature, state, next_try_at, cut_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)
       ON CONFLICT (batch_id) DO UPDATE SET state = 'open', refusal = NULL, failures = 0, next_try_at = EXCLUDED.next_try_at, ended_at = NULL`,
      [manifest.batchId, manifest.village, manifest.period, manifest.rows, manifest.chunks.length, JSON.stringify(manifest), JSON.stringify(signature), nextTryAt, this.tx.now],
    );
    await this.tx.manager.query(
      `INSERT INTO province_entry (batch_id, position, chunk, file_id, seq)
       SELECT $1, position, (entry->>'chunk')::int, (entry->>'fileId')::uuid, (entry->>'seq')::bigint FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS r(entry, position) ON CONFLICT DO NOTHING`,
      [manifest.batchId, JSON.stringify(entries)],
    );
  }

  async lockOpen(batchId: string): Promise<ProvinceBatch | undefined> {
    const [row] = await this.tx.manager.query<ProvinceBatch[]>(`SELECT ${columns} FROM province_batch WHERE batch_id = $1 AND state = 'open' FOR UPDATE`, [batchId]);
    return row;
  }

  async open(batchId: string): Promise<ProvinceBatch | undefined> {
    const [row] = await this.tx.manager.query<ProvinceBatch[]>(`SELECT ${columns} FROM province_batch WHERE batch_id = $1 AND state = 'open'`, [batchId]);
    return row;
  }

  /** The records of a chunk in order, as far as they still are what was cut. */
  chunk(batchId: string, chunk: number): Promise<ProvinceRecord[]> {
    return this.tx.manager.query(
      `SELECT p.file_id AS "fileId", p.subject_id AS "subjectId", p.village_code AS "villageCode", p.stamp, p.consents, p.seq::float8 AS seq, p.op, p.version, p.reason, p.sha256
       FROM province_entry e JOIN province_record p ON p.file_id = e.file_id AND p.seq = e.seq WHERE e.batch_id = $1 AND e.chunk = $2 ORDER BY e.position`,
      [batchId, chunk],
    );
  }

  /** Open batches of a village that hold a row which has changed since. */
  async supersedeStale(villageCode: string): Promise<void> {
    await this.tx.manager.query(
      `UPDATE province_batch b SET state = 'superseded', ended_at = $2 WHERE b.village_code = $1 AND b.state = 'open'
         AND EXISTS (SELECT 1 FROM province_entry e JOIN province_record p USING (file_id) WHERE e.batch_id = b.batch_id AND p.seq <> e.seq)`,
      [villageCode, this.tx.now],
    );
  }

  async end(batchId: string, state: Exclude<BatchState, 'open'>, refusal: string | null = null): Promise<void> {
    await this.tx.manager.query(`UPDATE province_batch SET state = $2, refusal = $3, ended_at = $4 WHERE batch_id = $1 AND state = 'open'`, [batchId, state, refusal, this.tx.now]);
  }

  /** Ends the batch when every one of its rows has its receipt. */
  async endWhenAnswered(batchId: string): Promise<boolean> {
    const [ended] = await this.tx.manager.query<[unknown[], number]>(
      `UPDATE province_batch SET state = 'done', ended_at = $2 WHERE batch_id = $1 AND state = 'open' AND NOT EXISTS (
         SELECT 1 FROM province_entry e WHERE e.batch_id = $1 AND NOT EXISTS (SELECT 1 FROM province_receipt r WHERE r.file_id = e.file_id AND r.seq = e.seq)) RETURNING 1`,
      [batchId, this.tx.now],
    );
    return ended.length > 0;
  }

  async tryAgainAt(batchId: string, at: Date, failures: number): Promise<void> {
    await this.tx.manager.query('UPDATE province_batch SET next_try_at = $2, failures = $3 WHERE batch_id = $1', [batchId, at, failures]);
  }

  /** Takes open batches whose time has come; those another replica is just taking are left to it. */
  async takeDue(nextTryAt: Date, limit: number): Promise<string[]> {
    const [rows] = await this.tx.manager.query<[{ batchId: string }[], number]>(
      `UPDATE province_batch SET next_try_at = $1 WHERE batch_id IN (
         SELECT batch_id FROM province_batch WHERE state = 'open' AND next_try_at <= $2 ORDER BY next_try_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING batch_id AS "batchId"`,
      [nextTryAt, this.tx.now, limit],
    );
    return rows.map((row) => row.batchId);
  }

  list(scopes: readonly string[], under: string, before: { cutAt: string; batchId: string } | null, limit: number): Promise<ProvinceBatch[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM province_batch WHERE village_code LIKE $1 || '%' AND EXISTS (SELECT 1 FROM unnest($2::text[]) AS scope WHERE village_code LIKE scope || '%')
         AND ($3::timestamptz IS NULL OR (date_trunc('milliseconds', cut_at), batch_id) < ($3, $4::uuid)) ORDER BY date_trunc('milliseconds', cut_at) DESC, batch_id DESC LIMIT $5`,
      [under, scopes, before?.cutAt ?? null, before?.batchId ?? null, limit],
    );
  }
}
