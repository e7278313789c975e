import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { LoadCounts, Preview } from './load-village';
import type { CellFault } from './workbook';

export interface ImportJob {
  readonly jobId: string;
  readonly villageCode: string;
  readonly state: 'waiting' | 'previewed' | 'done' | 'failed' | 'discarded';
  readonly dryRun: boolean;
  readonly preview: Preview | null;
  /** Whether the workbook with its faulty cells marked can be fetched. */
  readonly hasMarked: boolean;
  readonly done: number;
  readonly total: number;
  readonly errors: readonly CellFault[];
  readonly counts: Partial<LoadCounts>;
  readonly requestedBy: string;
}

const columns = `job_id AS "jobId", village_code AS "villageCode", state, dry_run AS "dryRun", preview, marked IS NOT NULL AS "hasMarked", coalesce(p.done, j.done) AS done, coalesce(p.total, j.total) AS total,
  errors, counts, requested_by AS "requestedBy"`;
const job = 'import_job j LEFT JOIN import_progress p USING (job_id)';

/** 导入作业 */
export class ImportStore {
  constructor(private readonly tx: Tx) {}

  async insert(job: { jobId: string; villageCode: string; workbook: Buffer; sha256: string; requestedBy: string; dryRun: boolean }): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO import_job (job_id, village_code, state, workbook, file_sha256, requested_by, requested_at, dry_run) VALUES ($1, $2, 'waiting', $3, $4, $5, $6, $7)`,
      [job.jobId, job.villageCode, job.workbook, job.sha256, job.requestedBy, this.tx.now, job.dryRun],
    );
  }

  async byId(jobId: string): Promise<ImportJob> {
    const [row] = await this.tx.manager.query<ImportJob[]>(`SELECT ${columns} FROM ${job} WHERE job_id = $1`, [jobId]);
    if (!row) throw new Problem('not-found', { jobId });
    return row;
  }

  /** The oldest waiting job that no other replica works on. */
  async lockNext(): Promise<(ImportJob & { workbook: Buffer }) | undefined> {
    const [row] = await this.tx.manager.query<(ImportJob & { workbook: Buffer })[]>(
      `SELECT ${columns}, workbook FROM ${job} WHERE state = 'waiting' ORDER BY requested_at LIMIT 1 FOR UPDATE OF j SKIP LOCKED`,
    );
    return row;
  }

  async lock(jobId: string): Promise<ImportJob & { kept: Buffer | null; marked: Buffer | null }> {
    const [row] = await this.tx.manager.query<(ImportJob & { kept: Buffer | null; marked: Buffer | null })[]>(`SELECT ${columns}, kept, marked FROM ${job} WHERE job_id = $1 FOR UPDATE OF j`, [jobId]);
    if (!row) throw new Problem('not-found', { jobId });
    return row;
  }

  /** 未能办理 — after some tries it is given up with a word about it. */
  async stumbled(jobId: string, mostTries: number, fault: CellFault): Promise<void> {
    await this.tx.manager.query(
      `UPDATE import_job SET tries = tries + 1, state = CASE WHEN tries + 1 < $2 THEN state ELSE 'failed' END, workbook = CASE WHEN tries + 1 < $2 THEN workbook END,
         errors = CASE WHEN tries + 1 < $2 THEN errors ELSE $3::jsonb END WHERE job_id = $1 AND state = 'waiting'`,
      [jobId, mostTries, JSON.stringify([fault])],
    );
  }

  /** 进度 — seen while the import itself is still one open transaction; it stands in a row of its own and gates nothing. */
  async progress(jobId: string, done: number, total: number): Promise<void> {
    await this.tx.manager.query('INSERT INTO import_progress (job_id, done, total) VALUES ($1, $2, $3) ON CONFLICT (job_id) DO UPDATE SET done = EXCLUDED.done, total = EXCLUDED.total', [jobId, done, total]);
  }

  /** Over: from now on the job's own numbers count. */
  async forgetProgress(jobId: string): Promise<void> {
    await this.tx.manager.query('DELETE FROM import_progress WHERE job_id = $1', [jobId]);
  }

  /** Keeps the workbook of a dry run, sealed, until it is confirmed. */
  async previewed(jobId: string, total: number, preview: Preview, kept: Buffer): Promise<void> {
    await this.tx.manager.query(`UPDATE import_job SET state = 'previewed', workbook = NULL, done = $2, total = $2, preview = $3, kept = $4, kept_on = $5 WHERE job_id = $1`, [
      jobId,
      total,
      JSON.stringify(preview),
      kept,
      this.tx.today,
    ]);
  }

  async keepMarked(jobId: string, marked: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE import_job SET marked = $2, kept_on = $3 WHERE job_id = $1', [jobId, marked, this.tx.today]);
  }

  /** Confirmed: the same workbook waits again, this time to be loaded. */
  async confirm(jobId: string, workbook: Buffer): Promise<void> {
    await this.tx.manager.query(`UPDATE import_job SET state = 'waiting', dry_run = false, workbook = $2, kept = NULL, kept_on = NULL WHERE job_id = $1`, [jobId, workbook]);
  }

  async discard(jobId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE import_job SET state = 'discarded', kept = NULL, kept_on = NULL WHERE job_id = $1`, [jobId]);
  }

  /** What nobody came back for goes after its days. */
  async forgetKept(before: string): Promise<void> {
    await this.tx.manager.query(`UPDATE import_job SET state = CASE WHEN state = 'previewed' THEN 'discarded' ELSE state END, kept = NULL, marked = NULL, kept_on = NULL WHERE kept_on < $1`, [before]);
  }

  async finish(jobId: string, state: 'done' | 'failed', total: number, errors: readonly CellFault[], counts: Partial<LoadCounts>): Promise<void> {
    await this.tx.manager.query('UPDATE import_job SET state = $2, workbook = NULL, done = $3, total = $3, errors = $4, counts = $5 WHERE job_id = $1', [
      jobId,
      state,
      total,
      JSON.stringify(errors),
      JSON.stringify(counts),
    ]);
  }
}
