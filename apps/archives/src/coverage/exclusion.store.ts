import { Problem, type SubjectKind } from '@credit/contracts';
import { newId, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { FileState } from '../files/file.store';
import type { Subject } from '../subjects/subject.store';

/** What of a village's subjects is listed: all on record, or those that a number counts. */
export const coverageParts = ['subjects', 'excluded', 'filed', 'verified', 'missing'] as const;
export type CoveragePart = (typeof coverageParts)[number];

/** 建档情况 of one subject. */
export interface SubjectCoverage extends Subject {
  readonly fileId: string | null;
  readonly fileState: FileState | null;
  readonly exclusionReason: string | null;
  readonly excludedOn: PlainDate | null;
}

export interface Exclusion {
  readonly exclusionId: string;
  readonly reasonCode: string;
  readonly excludedBy: string;
  readonly excludedOn: PlainDate;
  readonly liftedBy: string | null;
  readonly liftedOn: PlainDate | null;
}

const conditions: Readonly<Record<CoveragePart, string>> = {
  subjects: 'true',
  excluded: 's.excluded_reason IS NOT NULL',
  filed: 's.excluded_reason IS NULL AND f.file_id IS NOT NULL',
  verified: `s.excluded_reason IS NULL AND f.state = 'verified'`,
  missing: `s.excluded_reason IS NULL AND f.state IS DISTINCT FROM 'verified'`,
};

/** 不纳入的主体, and the rows behind the numbers. 二 */
export class ExclusionStore {
  constructor(private readonly tx: Tx) {}

  /** Holds the subject and its file, so that nobody verifies the one while the other is counted out. */
  async lock(subjectId: string): Promise<{ villageCode: string; groupCode: string; excluded: boolean; closed: boolean }> {
    const [row] = await this.tx.manager.query<{ villageCode: string; groupCode: string; excluded: boolean; closed: boolean }[]>(
      'SELECT village_code AS "villageCode", group_code AS "groupCode", excluded_reason IS NOT NULL AS excluded, closed_on IS NOT NULL AS closed FROM subject WHERE subject_id = $1 FOR NO KEY UPDATE',
      [subjectId],
    );
    if (!row) throw new Problem('not-found', { subjectId });
    await this.tx.manager.query('SELECT 1 FROM credit_file WHERE subject_id = $1 FOR UPDATE', [subjectId]);
    return row;
  }

  async exclude(subjectId: string, reasonCode: string): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('INSERT INTO subject_exclusion (exclusion_id, subject_id, reason_code, excluded_by, excluded_on) VALUES ($1, $2, $3, $4, $5)', [newId(), subjectId, reasonCode, actor.principal, today]);
    await manager.query('UPDATE subject SET excluded_reason = $2 WHERE subject_id = $1', [subjectId, reasonCode]);
  }

  async lift(subjectId: string): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('UPDATE subject_exclusion SET lifted_by = $2, lifted_on = $3 WHERE subject_id = $1 AND lifted_on IS NULL', [subjectId, actor.principal, today]);
    await manager.query('UPDATE subject SET excluded_reason = NULL WHERE subject_id = $1', [subjectId]);
  }

  historyOf(subjectId: string): Promise<Exclusion[]> {
    return this.tx.manager.query(
      `SELECT exclusion_id AS "exclusionId", reason_code AS "reasonCode", excluded_by AS "excludedBy", excluded_on AS "excludedOn", lifted_by AS "liftedBy", lifted_on AS "liftedOn"
       FROM subject_exclusion WHERE subject_id = $1 ORDER BY excluded_on, exclusion_id`,
      [subjectId],
    );
  }

  /** The subjects that a number of a village counts, by their numbers. */
  rows(scopes: readonly string[], villageCode: string, kind: SubjectKind, part: CoveragePart, after: string | null, limit: number): Promise<SubjectCoverage[]> {
    return this.tx.manager.query(
      `SELECT s.subject_id AS "subjectId", s.kind, s.subject_no AS "subjectNo", s.village_code AS "villageCode", s.group_code AS "groupCode", s.registered_name AS "registeredName",
         s.excluded_reason AS "excludedReason", f.file_id AS "fileId", f.state AS "fileState", x.reason_code AS "exclusionReason", x.excluded_on AS "excludedOn"
       FROM subject s LEFT JOIN credit_file f USING (subject_id) LEFT JOIN subject_exclusion x ON x.subject_id = s.subject_id AND x.lifted_on IS NULL
       WHERE s.village_code = $1 AND s.kind = $2 AND ($3::text IS NULL OR s.subject_no > $3) AND s.group_code LIKE ANY($4) AND ${conditions[part]} ORDER BY s.subject_no LIMIT $5`,
      [villageCode, kind, after, scopes.map((scope) => `${scope}%`), limit],
    );
  }
}
