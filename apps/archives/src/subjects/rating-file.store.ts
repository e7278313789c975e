import type { SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface RatingFileRow {
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectNo: string;
  readonly groupCode: string;
  readonly fileId: string;
  readonly fileVersion: number;
  readonly fileState: string;
  readonly verifiedOn: string | null;
  readonly excluded: boolean;
  readonly headAdultFrom: string | null;
  readonly size: number;
}

/** 评级用的档案清单 */
export class RatingFileStore {
  constructor(private readonly tx: Tx) {}

  page(villageCode: string, after: string | null, limit: number): Promise<RatingFileRow[]> {
    return this.tx.manager.query(
      `SELECT s.subject_id AS "subjectId", s.kind AS "subjectKind", s.subject_no AS "subjectNo", s.group_code AS "groupCode", f.file_id AS "fileId", f.version AS "fileVersion",
         f.state AS "fileState", f.verified_on AS "verifiedOn", s.excluded_reason IS NOT NULL AS excluded, m."headAdultFrom", m.size
       FROM subject s JOIN credit_file f USING (subject_id)
       CROSS JOIN LATERAL (SELECT count(*)::int AS size, max(adult_from) FILTER (WHERE head) AS "headAdultFrom" FROM member WHERE household_id = s.subject_id AND to_on IS NULL) m
       WHERE s.village_code = $1 AND s.erased_on IS NULL AND s.closed_on IS NULL AND ($2::text IS NULL OR s.subject_no > $2) ORDER BY s.subject_no LIMIT $3`,
      [villageCode, after, limit],
    );
  }
}
