import type { SubjectKind } from '@credit/contracts';
import { newId, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 一村一类主体的建档数 on a day. */
export interface CoverageRow {
  readonly villageCode: string;
  readonly villageName: string;
  /** 社区（居委会） is no administrative village. */
  readonly community: boolean;
  readonly townCode: string;
  readonly townName: string;
  readonly subjectKind: SubjectKind;
  /** 应建档数: the newest register count by that day, or what is registered here when none was given. */
  readonly registered: number;
  readonly countedOn: PlainDate | null;
  readonly source: string | null;
  /** On record here, excluded ones included. */
  readonly subjects: number;
  readonly excluded: number;
  /** 已建档, 已校核: excluded subjects count in neither. */
  readonly filed: number;
  readonly verified: number;
}

export interface TrendRow {
  /** ISO 周, such as 2022-W48. */
  readonly isoWeek: string;
  readonly untilOn: PlainDate;
  readonly registered: number;
  readonly excluded: number;
  readonly filed: number;
  readonly verified: number;
}

const villagesAndKinds = `division d JOIN division t ON t.code = d.parent_code CROSS JOIN unnest(ARRAY['household', 'entity', 'collective']) AS k(kind)`;
const newestCount = (day: string): string => `LEFT JOIN LATERAL (SELECT count, counted_on, source FROM register_count rc
  WHERE rc.village_code = d.code AND rc.subject_kind = k.kind AND counted_on <= ${day} ORDER BY counted_on DESC, recorded_at DESC LIMIT 1) r ON true`;

/** 建档率 — the present counts per village and kind are kept; a past day is read back from them through what each day changed. 二 */
export class CoverageStore {
  constructor(private readonly tx: Tx) {}

  async addCount(count: { villageCode: string; subjectKind: SubjectKind; countedOn: PlainDate; count: number; source: string }): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO register_count (entry_id, village_code, subject_kind, counted_on, count, source, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [newId(), count.villageCode, count.subjectKind, count.countedOn, count.count, count.source, this.tx.actor.principal, this.tx.now],
    );
  }

  /** Every count that was given, the newest first. */
  counts(villageCode: string, kind: SubjectKind): Promise<{ countedOn: PlainDate; count: number; source: string; recordedAt: Date }[]> {
    return this.tx.manager.query(
      `SELECT counted_on AS "countedOn", count, source, recorded_at AS "recordedAt" FROM register_count WHERE village_code = $1 AND subject_kind = $2 ORDER BY counted_on DESC, recorded_at DESC`,
      [villageCode, kind],
    );
  }

  under(prefix: string, on: PlainDate = this.tx.today): Promise<CoverageRow[]> {
    return this.tx.manager.query(
      `WITH later AS MATERIALIZED (SELECT village_code, subject_kind, sum(subjects)::int AS subjects, sum(excluded)::int AS excluded, sum(filed)::int AS filed, sum(verified)::int AS verified
         FROM coverage_change WHERE village_code LIKE $1 || '%' AND day > $2 GROUP BY 1, 2),
       c AS MATERIALIZED (SELECT village_code, subject_kind, n.subjects - coalesce(l.subjects, 0) AS subjects, n.excluded - coalesce(l.excluded, 0) AS excluded, n.filed - coalesce(l.filed, 0) AS filed,
           n.verified - coalesce(l.verified, 0) AS verified FROM coverage_now n LEFT JOIN later l USING (village_code, subject_kind) WHERE village_code LIKE $1 || '%')
       SELECT d.code AS "villageCode", d.name AS "villageName", d.community, t.code AS "townCode", t.name AS "townName", k.kind AS "subjectKind",
         coalesce(r.count, c.subjects, 0) AS registered, r.counted_on AS "countedOn", r.source, coalesce(c.subjects, 0) AS subjects, coalesce(c.excluded, 0) AS excluded,
         coalesce(c.filed, 0) AS filed, coalesce(c.verified, 0) AS verified
       FROM ${villagesAndKinds} LEFT JOIN c ON c.village_code = d.code AND c.subject_kind = k.kind ${newestCount('$2')}
       WHERE d.level = 'village' AND d.code LIKE $1 || '%' ORDER BY d.code, k.kind`,
      [prefix, on],
    );
  }

  /** 进度趋势 — the state at the end of each of the last ISO weeks, the running one as of the day itself; the oldest first. */
  trend(prefix: string, on: PlainDate, weeks: number): Promise<TrendRow[]> {
    return this.tx.manager.query(
      `WITH week AS (SELECT least($2::date + 7 - extract(isodow FROM $2::date)::int - 7 * n, $2::date) AS until FROM generate_series(0, $3::int - 1) AS n),
       changed AS MATERIALIZED (SELECT CASE WHEN day > $2 THEN 'infinity'::date ELSE least(day + 7 - extract(isodow FROM day)::int, $2::date) END AS until,
           sum(excluded) AS excluded, sum(filed) AS filed, sum(verified) AS verified
         FROM coverage_change WHERE day > (SELECT min(until) FROM week) AND village_code LIKE $1 || '%' GROUP BY 1),
       now AS (SELECT coalesce(sum(excluded), 0) AS excluded, coalesce(sum(filed), 0) AS filed, coalesce(sum(verified), 0) AS verified FROM coverage_now WHERE village_code LIKE $1 || '%'),
       counted AS (SELECT week.until, sum(coalesce(r.count, (SELECT n.subjects - coalesce((SELECT sum(later.subjects) FROM coverage_change later
             WHERE later.village_code = d.code AND later.subject_kind = k.kind AND later.day > week.until), 0) FROM coverage_now n WHERE n.village_code = d.code AND n.subject_kind = k.kind), 0)) AS registered
         FROM ${villagesAndKinds} CROSS JOIN week ${newestCount('week.until')} WHERE d.level = 'village' AND d.code LIKE $1 || '%' GROUP BY 1)
       SELECT to_char(until, 'IYYY-"W"IW') AS "isoWeek", until AS "untilOn", registered::int AS registered, (now.excluded - later.excluded)::int AS excluded, (now.filed - later.filed)::int AS filed,
         (now.verified - later.verified)::int AS verified
       FROM counted CROSS JOIN now CROSS JOIN LATERAL (SELECT coalesce(sum(excluded), 0) AS excluded, coalesce(sum(filed), 0) AS filed, coalesce(sum(verified), 0) AS verified
         FROM changed WHERE changed.until > counted.until) AS later ORDER BY until`,
      [prefix, on, weeks],
    );
  }

  /** 核对计数 — where the running counts differ from the files themselves; empty when all is well. */
  drift(prefix: string): Promise<{ villageCode: string; subjectKind: SubjectKind; subjects: number; excluded: number; filed: number; verified: number }[]> {
    return this.tx.manager.query(
      `SELECT village_code AS "villageCode", kind AS "subjectKind", sum(subjects)::int AS subjects, sum(excluded)::int AS excluded, sum(filed)::int AS filed, sum(verified)::int AS verified FROM (
         SELECT s.village_code, s.kind, 1 AS subjects, (s.excluded_reason IS NOT NULL)::int AS excluded, (s.excluded_reason IS NULL AND f.file_id IS NOT NULL)::int AS filed,
           (s.excluded_reason IS NULL AND f.state IS NOT DISTINCT FROM 'verified')::int AS verified
         FROM subject s LEFT JOIN credit_file f USING (subject_id) WHERE s.village_code LIKE $1 || '%'
         UNION ALL SELECT village_code, subject_kind, -subjects, -excluded, -filed, -verified FROM coverage_now WHERE village_code LIKE $1 || '%') AS both_sides
       GROUP BY 1, 2 HAVING (sum(subjects), sum(excluded), sum(filed), sum(verified)) <> (0, 0, 0, 0) ORDER BY 1, 2`,
      [prefix],
    );
  }

  /** 重新计数 — adds to today's row what was missing; nobody changes files or subjects meanwhile. */
  async recount(prefix: string): Promise<number> {
    await this.tx.manager.query('LOCK TABLE subject, credit_file IN SHARE MODE');
    const drift = await this.drift(prefix);
    await this.tx.manager.query(
      `SELECT add_coverage("villageCode", "subjectKind", $2, subjects, excluded, filed, verified)
       FROM jsonb_to_recordset($1::jsonb) AS r("villageCode" text, "subjectKind" text, subjects bigint, excluded bigint, filed bigint, verified bigint)`,
      [JSON.stringify(drift), this.tx.today],
    );
    return drift.length;
  }
}
