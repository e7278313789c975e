import type { Tx } from '@credit/platform';
import type { CivilityScore, PlainDate } from '@credit/policy';
import type { ScoreCause } from './score.store';

/** 一户在一轮评议中的情况 — the first score beside the present one, and where the household stands. */
export interface HouseholdRow {
  readonly householdId: string;
  readonly householdNo: string;
  readonly groupCode: string;
  readonly firstHundredths: number | null;
  readonly hundredths: number | null;
  readonly vetoed: boolean | null;
  readonly version: number | null;
  readonly cause: ScoreCause | null;
  readonly lines: CivilityScore['lines'] | null;
  readonly withdrawn: readonly string[] | null;
  readonly examinedOn: PlainDate | null;
  readonly settledOn: PlainDate | null;
}

interface Filter {
  readonly roundId: string;
  readonly groupCode: string | null;
  readonly hidden: readonly string[];
  readonly after: string | null;
  readonly limit: number;
}

/** The rounds a household was reviewed in. */
export interface Reviewed {
  readonly householdId: string;
  readonly roundId: string;
}

/** All reading SQL over scores. */
export class ScoreListStore {
  constructor(private readonly tx: Tx) {}

  /** By household number, without the households hidden from the reader. */
  page(filter: Filter): Promise<HouseholdRow[]> {
    return this.tx.manager.query(
      `SELECT h.household_id AS "householdId", h.household_no AS "householdNo", h.group_code AS "groupCode", f.hundredths AS "firstHundredths",
         s.hundredths, s.vetoed, s.version, s.cause, sh.lines, e.withdrawn, e.examined_on AS "examinedOn", e.settled_on AS "settledOn"
       FROM round_household h
       LEFT JOIN score f ON f.round_id = h.round_id AND f.household_id = h.household_id AND f.version = 1
       LEFT JOIN LATERAL (SELECT * FROM score s WHERE s.round_id = h.round_id AND s.household_id = h.household_id ORDER BY s.version DESC LIMIT 1) s ON true
       LEFT JOIN sheet sh ON sh.id = coalesce(s.sheet_id, f.sheet_id)
       LEFT JOIN examination e ON e.round_id = h.round_id AND e.household_id = h.household_id
       WHERE h.round_id = $1 AND ($2::text IS NULL OR h.group_code = $2) AND NOT h.household_id = ANY($3) AND ($4::text IS NULL OR h.household_no > $4)
       ORDER BY h.household_no LIMIT $5`,
      [filter.roundId, filter.groupCode, filter.hidden, filter.after, filter.limit],
    );
  }

  /** Every round with a score of these households, the newest first. */
  reviewed(householdIds: readonly string[]): Promise<Reviewed[]> {
    return this.tx.manager.query(
      `SELECT DISTINCT s.household_id AS "householdId", s.round_id AS "roundId" FROM score s WHERE s.household_id = ANY($1) ORDER BY s.round_id DESC`,
      [householdIds],
    );
  }

  /** Rounds whose objection window is over and that have not told this household's present score as final. */
  async waitingRounds(householdId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ id: string }[]>(
      `SELECT r.id FROM round r JOIN round_household h ON h.round_id = r.id AND h.household_id = $1
       WHERE r.state = 'published' AND r.objection_last_day < platform.today()
         AND NOT EXISTS (SELECT 1 FROM final_notice n WHERE n.round_id = r.id AND n.household_id = $1
           AND n.version = (SELECT max(version) FROM score s WHERE s.round_id = r.id AND s.household_id = $1))`,
      [householdId],
    );
    return rows.map(({ id }) => id);
  }

  /** 程序合规 per group of a round: decided by members enough, and no finding or report left open. */
  process(roundId: string): Promise<{ groupCode: string; quorate: boolean; openFindings: number }[]> {
    return this.tx.manager.query(
      `SELECT g.group_code AS "groupCode", EXISTS (SELECT 1 FROM group_table t WHERE t.round_id = $1 AND t.group_code = g.group_code AND t.state = 'confirmed') AS quorate,
         ((SELECT count(*) FROM finding f WHERE f.round_id = $1 AND f.settled_on IS NULL AND (f.group_code IS NULL OR f.group_code = g.group_code))
          + (SELECT count(*) FROM tie t JOIN round_household h ON h.round_id = t.round_id AND h.household_id = t.household_id
             WHERE t.round_id = $1 AND t.state = 'reported' AND h.group_code = g.group_code))::int AS "openFindings"
       FROM (SELECT DISTINCT group_code FROM round_household WHERE round_id = $1) g ORDER BY g.group_code`,
      [roundId],
    );
  }
}
