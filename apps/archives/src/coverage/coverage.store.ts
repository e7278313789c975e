import type { SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface CoverageRow {
  readonly villageCode: string;
  readonly subjectKind: SubjectKind;
  /** 应建档数: the newest register count, or what is registered here when none was given. */
  readonly registered: number;
  readonly excluded: number;
  readonly filed: number;
  readonly verified: number;
}

/** 建档率 per village and kind. 二 */
export class CoverageStore {
  constructor(private readonly tx: Tx) {}

  async setRegister(villageCode: string, subjectKind: SubjectKind, count: number, source: string): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO register_count (village_code, subject_kind, counted_on, count, source) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (village_code, subject_kind, counted_on) DO UPDATE SET count = EXCLUDED.count, source = EXCLUDED.source`,
      [villageCode, subjectKind, this.tx.today, count, source],
    );
  }

  under(prefix: string): Promise<CoverageRow[]> {
    return this.tx.manager.query(
      `SELECT d.code AS "villageCode", k.kind AS "subjectKind", coalesce(r.count, c.subjects) AS registered, c.excluded, c.filed, c.verified
       FROM division d CROSS JOIN unnest(ARRAY['household', 'entity', 'collective']) AS k(kind)
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS subjects, count(*) FILTER (WHERE s.excluded_reason IS NOT NULL)::int AS excluded, count(f.file_id)::int AS filed,
           count(*) FILTER (WHERE f.state = 'verified' AND s.excluded_reason IS NULL)::int AS verified
         FROM subject s LEFT JOIN credit_file f USING (subject_id) WHERE s.village_code = d.code AND s.kind = k.kind) c
       LEFT JOIN LATERAL (SELECT count FROM register_count rc WHERE rc.village_code = d.code AND rc.subject_kind = k.kind ORDER BY counted_on DESC LIMIT 1) r ON true
       WHERE d.level = 'village' AND d.code LIKE $1 || '%' ORDER BY d.code, k.kind`,
      [prefix],
    );
  }
}
