import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 审议会议 — one meeting of the deliberation group with those who came. */
export interface Sitting {
  readonly id: string;
  readonly roundId: string;
  readonly bodyId: string;
  readonly metOn: PlainDate;
  readonly present: readonly string[];
  readonly declaredAgain: boolean;
}

export interface Examined {
  readonly householdId: string;
  readonly withdrawn: readonly string[];
}

const columns = `id, round_id AS "roundId", body_id AS "bodyId", met_on AS "metOn", present, declared_again AS "declaredAgain"`;

/** All SQL of deliberation. Callers hold the round's lock. */
export class SittingStore {
  constructor(private readonly tx: Tx) {}

  async insert(sitting: Sitting): Promise<void> {
    await this.tx.manager.query('INSERT INTO sitting (id, round_id, body_id, met_on, present, held_by, declared_again) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      sitting.id,
      sitting.roundId,
      sitting.bodyId,
      sitting.metOn,
      sitting.present,
      this.tx.actor.principal,
      sitting.declaredAgain,
    ]);
  }

  list(roundId: string): Promise<Sitting[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM sitting WHERE round_id = $1 ORDER BY id`, [roundId]);
  }

  async latest(roundId: string): Promise<Sitting> {
    const sitting = (await this.list(roundId)).at(-1);
    if (!sitting) throw new Problem('deliberation.no-sitting', { roundId });
    return sitting;
  }

  /** Ticks households as examined at a sitting; examined again, they count for the later one and are to be settled anew. */
  async examine(sitting: Sitting, rows: readonly Examined[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO examination (round_id, household_id, sitting_id, withdrawn, examined_by, examined_on)
       SELECT $1, "householdId", $2, withdrawn, $3, $4 FROM jsonb_to_recordset($5::jsonb) AS r("householdId" uuid, withdrawn uuid[])
       ON CONFLICT (round_id, household_id) DO UPDATE SET sitting_id = EXCLUDED.sitting_id, withdrawn = EXCLUDED.withdrawn,
         examined_by = EXCLUDED.examined_by, examined_on = EXCLUDED.examined_on, settled_on = NULL`,
      [sitting.roundId, sitting.id, this.tx.actor.principal, this.tx.today, JSON.stringify(rows)],
    );
  }

  async settle(roundId: string, householdId: string): Promise<void> {
    await this.tx.manager.query('UPDATE examination SET settled_on = $3 WHERE round_id = $1 AND household_id = $2', [roundId, householdId, this.tx.today]);
  }

  /** Examined and not settled yet. */
  async open(roundId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ id: string }[]>('SELECT household_id AS id FROM examination WHERE round_id = $1 AND settled_on IS NULL ORDER BY 1', [roundId]);
    return rows.map(({ id }) => id);
  }

  async settleAll(roundId: string, householdIds: readonly string[]): Promise<void> {
    await this.tx.manager.query('UPDATE examination SET settled_on = $3 WHERE round_id = $1 AND household_id = ANY($2)', [roundId, householdIds, this.tx.today]);
  }

  /** Sent back by the town: to be examined again. */
  async reopen(roundId: string, householdIds: readonly string[]): Promise<void> {
    await this.tx.manager.query('DELETE FROM examination WHERE round_id = $1 AND household_id = ANY($2)', [roundId, householdIds]);
  }

  /** Household numbers still to be settled. */
  async unsettled(roundId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ no: string }[]>(
      `SELECT h.household_no AS no FROM round_household h LEFT JOIN examination e ON e.round_id = h.round_id AND e.household_id = h.household_id
       WHERE h.round_id = $1 AND e.settled_on IS NULL ORDER BY 1`,
      [roundId],
    );
    return rows.map(({ no }) => no);
  }
}
