import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 动态调整 of one certified rating. */
export interface Regrade {
  readonly regradeId: string;
  readonly ratingId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly cause: string;
  readonly reasons: Buffer;
  readonly evidenceSha256: string;
  readonly fromGrade: string;
  /** Null when the subject exists no more: the rating ends. */
  readonly toGrade: string | null;
  readonly beforeResultId: string;
  readonly afterResultId: string | null;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  /** The last day on which the household may be heard. */
  readonly answerLastDay: PlainDate;
  readonly stance: 'accepts' | 'objects' | null;
  readonly statement: Buffer | null;
  readonly answeredOn: PlainDate | null;
  readonly outcome: 'applied' | 'dropped' | null;
  readonly decision: Buffer | null;
  readonly decidedOn: PlainDate | null;
}

export type ProposedRegrade = Omit<Regrade, 'proposedBy' | 'proposedOn' | 'stance' | 'statement' | 'answeredOn' | 'outcome' | 'decision' | 'decidedOn'>;

const columns = `regrade_id AS "regradeId", rating_id AS "ratingId", subject_id AS "subjectId", village_code AS "villageCode", cause, reasons, evidence_sha256 AS "evidenceSha256",
  from_grade AS "fromGrade", to_grade AS "toGrade", before_result_id AS "beforeResultId", after_result_id AS "afterResultId", proposed_by AS "proposedBy", proposed_on AS "proposedOn",
  answer_last_day AS "answerLastDay", stance, statement, answered_on AS "answeredOn", outcome, decision, decided_on AS "decidedOn"`;

/** All SQL of regrades. */
export class RegradeStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `regrade.open` while another one of the subject is undecided. */
  async insert(one: ProposedRegrade): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO regrade (regrade_id, rating_id, subject_id, village_code, cause, reasons, evidence_sha256, from_grade, to_grade, before_result_id, after_result_id, answer_last_day, proposed_by, proposed_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING RETURNING 1`,
      [one.regradeId, one.ratingId, one.subjectId, one.villageCode, one.cause, one.reasons, one.evidenceSha256, one.fromGrade, one.toGrade, one.beforeResultId, one.afterResultId, one.answerLastDay, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('regrade.open', { subjectId: one.subjectId });
  }

  async lock(regradeId: string): Promise<Regrade> {
    const [row] = await this.tx.manager.query<Regrade[]>(`SELECT ${columns} FROM regrade WHERE regrade_id = $1 FOR UPDATE`, [regradeId]);
    if (!row) throw new Problem('not-found', { regradeId });
    return row;
  }

  async answer(regradeId: string, stance: 'accepts' | 'objects', statement: Buffer, scanSha256: string | null): Promise<void> {
    await this.tx.manager.query('UPDATE regrade SET stance = $2, statement = $3, scan_sha256 = $4, answered_by = $5, answered_on = $6 WHERE regrade_id = $1', [
      regradeId,
      stance,
      statement,
      scanSha256,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  async decide(regradeId: string, outcome: 'applied' | 'dropped', decision: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE regrade SET outcome = $2, decision = $3, decided_by = $4, decided_on = $5 WHERE regrade_id = $1', [regradeId, outcome, decision, this.tx.actor.principal, this.tx.today]);
  }

  /** Newest first, by the keyset of the id. */
  page(scopes: readonly string[], openOnly: boolean, after: string | null, limit: number): Promise<Regrade[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM regrade WHERE village_code LIKE ANY($1) AND (outcome IS NULL OR NOT $2) AND ($3::uuid IS NULL OR regrade_id < $3::uuid) ORDER BY regrade_id DESC LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), openOnly, after, limit],
    );
  }

  ofSubject(subjectId: string, openOnly: boolean, after: string | null, limit: number): Promise<Regrade[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM regrade WHERE subject_id = $1 AND (outcome IS NULL OR NOT $2) AND ($3::uuid IS NULL OR regrade_id < $3::uuid) ORDER BY regrade_id DESC LIMIT $4`,
      [subjectId, openOnly, after, limit],
    );
  }

  /** Undecided ones of these subjects, with their causes. */
  openOf(subjectIds: readonly string[]): Promise<{ subjectId: string; cause: string }[]> {
    return this.tx.manager.query('SELECT subject_id AS "subjectId", cause FROM regrade WHERE outcome IS NULL AND subject_id = ANY($1)', [subjectIds]);
  }
}
