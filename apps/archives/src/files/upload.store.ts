import type { SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface UploadState {
  readonly fileId: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly groupCode: string;
  readonly version: number;
  readonly state: 'verified' | 'pending' | 'withdrawn' | 'erased';
}

export interface UploadFile extends Omit<UploadState, 'state'> {
  readonly subjectNo: string;
  readonly verifiedOn: PlainDate;
}

const columns = 'f.file_id AS "fileId", f.subject_id AS "subjectId", s.kind AS "subjectKind", s.group_code AS "groupCode", f.version';

/** 可上报的档案 */
export class UploadStore {
  constructor(private readonly tx: Tx) {}

  /** A returned file and an excluded subject are withdrawn; data collected anew waits for its verification. */
  states(under: string, after: string | null, limit: number): Promise<UploadState[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, CASE WHEN f.state = 'erased' OR s.erased_on IS NOT NULL THEN 'erased' WHEN f.state = 'returned' OR s.excluded_reason IS NOT NULL THEN 'withdrawn'
         WHEN f.state = 'verified' THEN 'verified' ELSE 'pending' END AS state
       FROM credit_file f JOIN subject s USING (subject_id) WHERE s.group_code LIKE $1 || '%' AND ($2::uuid IS NULL OR f.file_id > $2) ORDER BY f.file_id LIMIT $3`,
      [under, after, limit],
    );
  }

  verified(fileIds: readonly string[]): Promise<UploadFile[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, s.subject_no AS "subjectNo", f.verified_on AS "verifiedOn" FROM credit_file f JOIN subject s USING (subject_id)
       WHERE f.file_id = ANY($1) AND f.state = 'verified' AND s.excluded_reason IS NULL AND s.erased_on IS NULL ORDER BY f.file_id`,
      [fileIds],
    );
  }
}
