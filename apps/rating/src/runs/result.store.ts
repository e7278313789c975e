import type { SubjectKind } from '@credit/contracts';
import { copyRows, type Tx } from '@credit/platform';

export interface Result {
  readonly resultId: string;
  readonly runId: string;
  /** `run`, or the id of the objection that made it be computed again. */
  readonly cause: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly villageCode: string;
  readonly groupCode: string;
  readonly scorecardId: string | null;
  readonly fileVersion: number;
  readonly civilityVersion: number | null;
  /** rated | insufficient | not-rated-on-economics */
  readonly status: string;
  /** Why there is no total, as codes. */
  readonly reasons: readonly string[];
  readonly totalHundredths: number | null;
  readonly grade: string | null;
  readonly creditSubject: boolean;
  /** Canonical inputs and outcome, sealed under the subject's key. */
  readonly inputs: Buffer;
  readonly outcome: Buffer;
}

/** The column of each field. */
const stored: Readonly<Record<keyof Result, string>> = {
  resultId: 'result_id',
  runId: 'run_id',
  cause: 'cause',
  subjectId: 'subject_id',
  subjectKind: 'subject_kind',
  villageCode: 'village_code',
  groupCode: 'group_code',
  scorecardId: 'scorecard_id',
  fileVersion: 'file_version',
  civilityVersion: 'civility_version',
  status: 'status',
  reasons: 'reasons',
  totalHundredths: 'total_hundredths',
  grade: 'grade',
  creditSubject: 'credit_subject',
  inputs: 'inputs',
  outcome: 'outcome',
};
const fields = Object.keys(stored) as (keyof Result)[];
const columns = fields.map((field) => `${stored[field]} AS "${field}"`).join(', ');

/** 评级结果 — only ever added to. */
export class ResultStore {
  constructor(private readonly tx: Tx) {}

  insertAll(results: readonly Result[]): Promise<void> {
    return copyRows(this.tx, 'result', [...Object.values(stored), 'computed_at'], results.map((result) => [...fields.map((field) => result[field]), this.tx.now]));
  }

  async byIds(resultIds: readonly string[]): Promise<Result[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM result WHERE result_id = ANY($1)`, [resultIds]);
  }

  /** Why subjects were computed in a run: `run`, or the ids of the objections that made them be computed again. */
  async causesOf(runId: string, subjectIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.tx.manager.query<{ cause: string }[]>('SELECT DISTINCT cause FROM result WHERE run_id = $1 AND subject_id = ANY($2)', [runId, subjectIds]);
    return new Set(rows.map(({ cause }) => cause));
  }

  /** The newest result of each subject asked; what a regrade that was not applied came to is no result of theirs. */
  async newestOf(subjectIds: readonly string[]): Promise<Result[]> {
    return this.tx.manager.query(
      `SELECT DISTINCT ON (subject_id) ${columns} FROM result WHERE subject_id = ANY($1)
         AND NOT EXISTS (SELECT 1 FROM regrade g WHERE g.after_result_id = result.result_id AND g.outcome IS DISTINCT FROM 'applied')
       ORDER BY subject_id, computed_at DESC, result_id DESC`,
      [subjectIds],
    );
  }

  async page(runId: string, villageCode: string | null, after: string | null, limit: number): Promise<Result[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM result WHERE run_id = $1 AND ($2::text IS NULL OR village_code = $2) AND ($3::uuid IS NULL OR result_id > $3::uuid) ORDER BY result_id LIMIT $4`,
      [runId, villageCode, after, limit],
    );
  }

  async gradeCounts(runId: string): Promise<{ subjectKind: string; status: string; grade: string | null; count: number }[]> {
    return this.tx.manager.query(
      `SELECT subject_kind AS "subjectKind", status, grade, count(*)::int AS count FROM result WHERE run_id = $1 AND cause = 'run' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [runId],
    );
  }
}
