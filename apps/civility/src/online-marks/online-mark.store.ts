import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface OnlineTally {
  readonly householdId: string;
  readonly itemCode: string;
  readonly number: number;
}

/** All SQL of online marks. Ballots say who took part, tallies what was marked; nothing joins the two. */
export class OnlineMarkStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `online-marks.given` for a second time of the same household. */
  async cast(roundId: string, voterHouseholdId: string, marks: readonly { householdId: string; itemCode: string }[]): Promise<void> {
    const { manager, today } = this.tx;
    const added = await manager.query<unknown[]>('INSERT INTO online_ballot (round_id, household_id, cast_on) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1', [roundId, voterHouseholdId, today]);
    if (added.length === 0) throw new Problem('online-marks.given', { roundId });
    await manager.query(
      `INSERT INTO online_tally (round_id, household_id, item_code, number)
       SELECT $1, "householdId", "itemCode", 1 FROM jsonb_to_recordset($2::jsonb) AS r("householdId" uuid, "itemCode" text) ORDER BY 2, 3
       ON CONFLICT (round_id, household_id, item_code) DO UPDATE SET number = online_tally.number + 1`,
      [roundId, JSON.stringify(marks)],
    );
  }

  async ballots(roundId: string, groupCode: string): Promise<number> {
    const [row] = await this.tx.manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM online_ballot b JOIN round_household h ON h.round_id = b.round_id AND h.household_id = b.household_id WHERE b.round_id = $1 AND h.group_code = $2`,
      [roundId, groupCode],
    );
    return row?.count ?? 0;
  }

  tallies(roundId: string, groupCode: string, hidden: readonly string[]): Promise<OnlineTally[]> {
    return this.tx.manager.query(
      `SELECT t.household_id AS "householdId", t.item_code AS "itemCode", t.number FROM online_tally t
       JOIN round_household h ON h.round_id = t.round_id AND h.household_id = t.household_id
       WHERE t.round_id = $1 AND h.group_code = $2 AND NOT t.household_id = ANY($3) ORDER BY h.household_no, t.item_code`,
      [roundId, groupCode, hidden],
    );
  }
}
