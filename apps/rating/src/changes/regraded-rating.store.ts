import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { Result } from '../runs/result.store';

/** A certificate in force today. */
export interface ValidRating {
  readonly ratingId: string;
  readonly runId: string;
  readonly resultId: string;
  readonly subjectId: string;
  readonly subjectKind: 'household' | 'entity' | 'collective';
  readonly villageCode: string;
  readonly grade: string;
  readonly creditSubject: boolean;
  readonly lastDay: PlainDate;
}

/** 调整后的评定 — the certificates that regrades end and put in their place. */
export class RegradedRatingStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `regrade.not-valid` unless the rating is certified and not past its last day. */
  async lockValid(ratingId: string): Promise<ValidRating> {
    const [row] = await this.tx.manager.query<(ValidRating & { state: string })[]>(
      `SELECT rating_id AS "ratingId", run_id AS "runId", result_id AS "resultId", subject_id AS "subjectId", subject_kind AS "subjectKind", village_code AS "villageCode", grade,
         credit_subject AS "creditSubject", last_day AS "lastDay", state FROM rating WHERE rating_id = $1 FOR UPDATE`,
      [ratingId],
    );
    if (!row) throw new Problem('not-found', { ratingId });
    if (row.state !== 'certified' || this.tx.today > row.lastDay) throw new Problem('regrade.not-valid', { ratingId });
    return row;
  }

  async end(ratingId: string, state: 'superseded' | 'revoked'): Promise<void> {
    await this.tx.manager.query('UPDATE rating SET state = $2 WHERE rating_id = $1', [ratingId, state]);
  }

  /** The new certificate runs to the last day of the one it follows: an adjustment gives no longer validity. 三(六)4 */
  async follow(before: ValidRating, after: Pick<Result, 'resultId' | 'grade' | 'creditSubject' | 'groupCode'>, ratingId: string, certificateNo: string, regradeId: string): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO rating (rating_id, run_id, result_id, subject_id, subject_kind, village_code, group_code, grade, credit_subject, state, certificate_no, certified_on, last_day, regrade_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'certified', $10, $11, $12, $13)`,
      [ratingId, before.runId, after.resultId, before.subjectId, before.subjectKind, before.villageCode, after.groupCode, after.grade, after.creditSubject, certificateNo, this.tx.today, before.lastDay, regradeId],
    );
  }
}
