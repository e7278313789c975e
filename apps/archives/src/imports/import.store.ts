import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { LoadCounts } from './load-village';
import type { CellFault } from './workbook';

export interface ImportJob {
  readonly jobId: string;
  readonly villageCode: string;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly errors: readonly CellFault[];
  readonly counts: Partial<LoadCounts>;
  readonly requestedBy: string;
}

const columns = 'job_id AS "jobId", village_code AS "villageCode", state, done, total, errors, counts, requested_by AS "requestedBy"';

/** 导入作业 */
export class ImportStore {
  constructor(private readonly tx: Tx) {}

  async insert(job: { jobId: string; villageCode: string; workbook: Buffer; sha256: string; requestedBy: string }): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO import_job (job_id, village_code, state, workbook, file_sha256, requested_by, requested_at) VALUES ($1, $2, 'waiting', $3, $4, $5, $6)`,
      [job.jobId, job.villageCode, job.workbook, job.sha256, job.requestedBy, this.tx.now],
    );
  }

  async byId(jobId: string): Promise<ImportJob> {
    const [row] = await this.tx.manager.query<ImportJob[]>(`SELECT ${columns} FROM import_job WHERE job_id = $1`, [jobId]);
    if (!row) throw new Problem('not-found', { jobId });
    return row;
  }

  /** The oldest waiting job that no other replica works on. */
  async lockNext(): Promise<(ImportJob & { workbook: Buffer }) | undefined> {
    const [row] = await this.tx.manager.query<(ImportJob & { workbook: Buffer })[]>(
      `SELECT ${columns}, workbook FROM import_job WHERE state = 'waiting' ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return row;
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
