import { type SubjectKind, subjectKinds } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { Grade } from '@credit/policy';

/** 已评定数 of a village by kind. */
export interface RatedCount {
  readonly subjectKind: SubjectKind;
  /** Certified and valid today. */
  readonly rated: number;
  readonly credit: number;
  /** Who refused the use of economic data: a right, never held against the village. */
  readonly refused: number;
  readonly grades: readonly Grade[];
}

export class RatedCountStore {
  constructor(private readonly tx: Tx) {}

  async ofVillage(villageCode: string): Promise<ReadonlyMap<SubjectKind, RatedCount>> {
    const rows = await this.tx.manager.query<RatedCount[]>(
      `WITH valid AS (SELECT subject_id, subject_kind, grade, credit_subject FROM rating WHERE village_code = $1 AND state = 'certified' AND last_day >= $2),
         newest AS (SELECT DISTINCT ON (subject_id) subject_id, subject_kind, status FROM result WHERE village_code = $1 ORDER BY subject_id, computed_at DESC)
       SELECT k.kind AS "subjectKind", (SELECT count(*)::int FROM valid WHERE subject_kind = k.kind) AS rated,
         (SELECT count(*)::int FROM valid WHERE subject_kind = k.kind AND credit_subject) AS credit,
         (SELECT count(*)::int FROM newest n WHERE n.subject_kind = k.kind AND n.status = 'not-rated-on-economics' AND NOT EXISTS (SELECT 1 FROM valid v WHERE v.subject_id = n.subject_id)) AS refused,
         ARRAY(SELECT DISTINCT grade FROM valid WHERE subject_kind = k.kind) AS grades
       FROM unnest($3::text[]) AS k(kind)`,
      [villageCode, this.tx.today, [...subjectKinds]],
    );
    return new Map(rows.map((row) => [row.subjectKind, row]));
  }
}
