import type { Tx } from '@credit/platform';

/** 异议统计的一行 — one kind of objection in one village, of those received in a period. Days are natural days. */
export interface Figures {
  readonly villageCode: string;
  readonly ground: string;
  readonly number: number;
  readonly results: readonly { readonly result: string; readonly number: number }[];
  /** Overdue and not answered yet. */
  readonly overdue: number;
  readonly answered: number;
  readonly answeredLate: number;
  /** From the day the answer was counted from to the answer. */
  readonly minDays: number | null;
  readonly medianDays: number | null;
  readonly maxDays: number | null;
  /** Of the answers that had a last day; null without any. */
  readonly onTimePercent: number | null;
}

interface Period {
  readonly fromOn: string | null;
  readonly toOn: string | null;
}

/** Each objection with its result and the days it took; corrections have no last day. */
const each = `
  SELECT left(o.division_code, 12) AS village, o.ground,
    CASE WHEN o.state = 'admitted' THEN coalesce(r.outcome, 'open') WHEN o.state = 'referred' THEN coalesce(o.correction_outcome, 'open') ELSE o.state END AS result,
    coalesce(r.answered_on - r.received_on, o.correction_answered_on - o.received_on) AS days,
    r.answered_on > r.answer_due_on AS late,
    r.answered_on IS NULL AND r.state IN ('admitted', 'panel-convened') AND r.answer_due_on < $1::date AS overdue
  FROM objection o LEFT JOIN reconsideration r ON r.id = o.reconsideration_id AND o.state = 'admitted'
  WHERE o.division_code LIKE ANY($2) AND o.division_code LIKE $3 AND ($4::date IS NULL OR o.received_on >= $4) AND ($5::date IS NULL OR o.received_on <= $5)`;

/** Reading SQL of the statistics. */
export class StatisticsStore {
  constructor(private readonly tx: Tx) {}

  figures(scopes: readonly string[], under: string, { fromOn, toOn }: Period): Promise<Figures[]> {
    return this.tx.manager.query(
      `WITH each AS (${each}),
       counted AS (SELECT village, ground, jsonb_agg(jsonb_build_object('result', result, 'number', n) ORDER BY result) AS results
         FROM (SELECT village, ground, result, count(*)::int AS n FROM each GROUP BY 1, 2, 3) c GROUP BY 1, 2)
       SELECT village AS "villageCode", ground, count(*)::int AS number, results, count(*) FILTER (WHERE overdue)::int AS overdue, count(days)::int AS answered,
         count(*) FILTER (WHERE late)::int AS "answeredLate", min(days) AS "minDays", percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS "medianDays", max(days) AS "maxDays",
         round(100.0 * count(*) FILTER (WHERE NOT late) / nullif(count(late), 0), 1)::float8 AS "onTimePercent"
       FROM each JOIN counted USING (village, ground) GROUP BY village, ground, results ORDER BY village, ground`,
      [this.tx.today, scopes.map((scope) => `${scope}%`), `${under}%`, fromOn, toOn],
    );
  }
}
