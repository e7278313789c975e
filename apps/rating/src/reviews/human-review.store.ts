import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type ReviewOutcome = 'kept' | 'computed-again' | 'file-to-correct';

/** 人工复核 */
export interface HumanReview {
  readonly reviewId: string;
  readonly ratingId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly statement: Buffer;
  readonly requestedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly outcome: ReviewOutcome | null;
  readonly reasons: Buffer | null;
  readonly resultId: string | null;
  readonly decidedOn: PlainDate | null;
}

const columns = `review_id AS "reviewId", rating_id AS "ratingId", subject_id AS "subjectId", village_code AS "villageCode", statement, requested_on AS "requestedOn", due_on AS "dueOn",
  outcome, reasons, result_id AS "resultId", decided_on AS "decidedOn"`;

/** All SQL of human reviews. */
export class HumanReviewStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `review.open` while another one of the same rating is undecided. */
  async insert(review: Pick<HumanReview, 'reviewId' | 'ratingId' | 'subjectId' | 'villageCode' | 'statement' | 'dueOn'>, scanSha256: string | null): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO human_review (review_id, rating_id, subject_id, village_code, statement, scan_sha256, requested_by, requested_on, due_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1`,
      [review.reviewId, review.ratingId, review.subjectId, review.villageCode, review.statement, scanSha256, this.tx.actor.principal, this.tx.today, review.dueOn],
    );
    if (added.length === 0) throw new Problem('review.open', { ratingId: review.ratingId });
  }

  async lock(reviewId: string): Promise<HumanReview> {
    const [row] = await this.tx.manager.query<HumanReview[]>(`SELECT ${columns} FROM human_review WHERE review_id = $1 FOR UPDATE`, [reviewId]);
    if (!row) throw new Problem('not-found', { reviewId });
    return row;
  }

  async decide(reviewId: string, outcome: ReviewOutcome, reasons: Buffer, resultId: string | null): Promise<void> {
    await this.tx.manager.query('UPDATE human_review SET outcome = $2, reasons = $3, result_id = $4, decided_by = $5, decided_on = $6 WHERE review_id = $1', [
      reviewId,
      outcome,
      reasons,
      resultId,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  ofSubject(subjectId: string): Promise<HumanReview[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM human_review WHERE subject_id = $1 ORDER BY review_id DESC`, [subjectId]);
  }

  /** Open ones first, the earliest due of them first; then the decided, newest first. */
  list(scopes: readonly string[], openOnly: boolean, limit: number): Promise<HumanReview[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM human_review WHERE village_code LIKE ANY($1) AND (outcome IS NULL OR NOT $2)
       ORDER BY outcome IS NOT NULL, CASE WHEN outcome IS NULL THEN due_on END, review_id DESC LIMIT $3`,
      [scopes.map((scope) => `${scope}%`), openOnly, limit],
    );
  }

  openDeadlines(): Promise<{ kind: string; key: string; version: number; lastDay: PlainDate }[]> {
    return this.tx.manager.query(`SELECT 'human-review' AS kind, review_id::text AS key, 1 AS version, due_on AS "lastDay" FROM human_review WHERE outcome IS NULL ORDER BY review_id`);
  }
}
