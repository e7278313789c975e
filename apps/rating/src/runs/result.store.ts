import type { SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';

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

const columns = `result_id AS "resultId", run_id AS "runId", cause, subject_id AS "subjectId", subject_kind AS "subjectKind", village_code AS "villageCode", group_code AS "groupCode",
  scorecard_id AS "scorecardId", file_version AS "fileVersion", civility_version AS "civilityVersion", status, reasons, total_hundredths AS "totalHundredths", grade,
  credit_subject AS "creditSubject", inputs, outcome`;

/** 评级结果 — only ever added to. */
export class ResultStore {
  constructor(private readonly tx: Tx) {}

  async insertAll(results: readonly Result[]): Promise<void> {
    const rows = results.map((result) => ({ ...result, inputs: `\\x${result.inputs.toString('hex')}`, outcome: `\\x${result.outcome.toString('hex')}` }));
    await this.tx.manager.query(
      `INSERT INTO result (result_id, run_id, cause, subject_id, subject_kind, village_code, group_code, scorecard_id, file_version, civility_version, status, reasons,
                           total_hundredths, grade, credit_subject, inputs, outcome, computed_at)
       SELECT "resultId", "runId", cause, "subjectId", "subjectKind", "villageCode", "groupCode", "scorecardId", "fileVersion", "civilityVersion", status, reasons,
              "totalHundredths", grade, "creditSubject", inputs, outcome, $2
       FROM jsonb_to_recordset($1::jsonb) AS r("resultId" uuid, "runId" uuid, cause text, "subjectId" uuid, "subjectKind" text, "villageCode" text, "groupCode" text, "scorecardId" uuid,
            "fileVersion" int, "civilityVersion" int, status text, reasons jsonb, "totalHundredths" int, grade text, "creditSubject" boolean, inputs bytea, outcome bytea)`,
      [JSON.stringify(rows), this.tx.now],
    );
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
