import { type EventData, Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type CorrectionOutcome = EventData<'correction.answered'>['outcome'];

/** 更正请求 */
export interface CorrectionRequest {
  readonly objectionId: string;
  readonly subjectId: string;
  readonly groupCode: string;
  readonly ground: string;
  readonly requestedOn: PlainDate;
  readonly fileVersion: number;
  readonly outcome: CorrectionOutcome | null;
  readonly reason: Buffer | null;
  readonly answeredOn: PlainDate | null;
  /** 终止 — it is answered elsewhere. */
  readonly endedOn: PlainDate | null;
}

interface Filter {
  readonly scopes: readonly string[];
  readonly under: string;
  readonly openOnly: boolean;
  readonly before: string | null;
  readonly limit: number;
}

const columns = `objection_id AS "objectionId", subject_id AS "subjectId", group_code AS "groupCode", ground, requested_on AS "requestedOn", file_version AS "fileVersion",
  outcome, reason, answered_on AS "answeredOn", ended_on AS "endedOn"`;

/** All SQL of correction requests. */
export class CorrectionRequestStore {
  constructor(private readonly tx: Tx) {}

  /** Once for each objection, with the file as it stands now. */
  async open({ objectionId, subjectId, divisionCode, ground, requestedOn }: EventData<'correction.requested'>): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO correction_request (objection_id, subject_id, group_code, ground, requested_on, file_version)
       VALUES ($1, $2, $3, $4, $5, coalesce((SELECT version FROM credit_file WHERE subject_id = $2), 0)) ON CONFLICT (objection_id) DO NOTHING`,
      [objectionId, subjectId, divisionCode, ground, requestedOn],
    );
  }

  async end(objectionId: string, endedOn: string): Promise<void> {
    await this.tx.manager.query('UPDATE correction_request SET ended_on = $2 WHERE objection_id = $1 AND ended_on IS NULL', [objectionId, endedOn]);
  }

  async lock(objectionId: string): Promise<CorrectionRequest> {
    const [row] = await this.tx.manager.query<CorrectionRequest[]>(`SELECT ${columns} FROM correction_request WHERE objection_id = $1 FOR UPDATE`, [objectionId]);
    if (!row) throw new Problem('not-found', { objectionId });
    return row;
  }

  async answer(objectionId: string, outcome: CorrectionOutcome, reason: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE correction_request SET outcome = $2, reason = $3, answered_by = $4, answered_on = $5 WHERE objection_id = $1', [
      objectionId,
      outcome,
      reason,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  /** Newest first, within the divisions of the reader. */
  list({ scopes, under, openOnly, before, limit }: Filter): Promise<CorrectionRequest[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM correction_request WHERE group_code LIKE ANY($1) AND group_code LIKE $2 AND (NOT $3 OR (outcome IS NULL AND ended_on IS NULL)) AND ($4::uuid IS NULL OR objection_id < $4)
       ORDER BY objection_id DESC LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, openOnly, before, limit],
    );
  }

  /** What the subject itself asked for; what others objected to is answered to them. */
  ofSubject(subjectId: string): Promise<CorrectionRequest[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM correction_request WHERE subject_id = $1 AND ground IN ('file-error', 'own-score') ORDER BY objection_id DESC`, [subjectId]);
  }
}
