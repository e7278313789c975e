import type { SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface RatingChange {
  readonly cursor: string;
  readonly ratingId: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly certifiedOn: string;
  readonly lastDay: string;
}

/** All SQL of rating changes. */
export class RatingChangeStore {
  constructor(private readonly tx: Tx) {}

  /** One at a time until its transaction ends: numbers appear in their order, and a cursor passes none by. */
  async append(change: Omit<RatingChange, 'cursor'>): Promise<void> {
    await this.tx.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('rating-change', 0))`);
    await this.tx.manager.query(
      'INSERT INTO rating_change (rating_id, subject_id, subject_kind, certified_on, last_day) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (rating_id) DO NOTHING',
      [change.ratingId, change.subjectId, change.subjectKind, change.certifiedOn, change.lastDay],
    );
  }

  /** Changes after a cursor about subjects of whom this client holds any consent today. */
  after(cursor: string, clientId: string, purpose: string, limit: number): Promise<RatingChange[]> {
    return this.tx.manager.query(
      `SELECT c.seq::text AS cursor, c.rating_id AS "ratingId", c.subject_id AS "subjectId", c.subject_kind AS "subjectKind", c.certified_on AS "certifiedOn", c.last_day AS "lastDay"
       FROM rating_change c
       WHERE c.seq > $1 AND EXISTS (
         SELECT 1 FROM consent s WHERE s.subject_id = c.subject_id AND s.client_id = $2 AND s.purpose = $3
           AND s.revoked_at IS NULL AND s.from_on <= $4 AND s.last_day >= $4)
       ORDER BY c.seq LIMIT $5`,
      [cursor, clientId, purpose, this.tx.today, limit],
    );
  }
}
