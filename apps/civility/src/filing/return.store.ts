import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface ReturnReason {
  readonly roundId: string;
  readonly householdId: string;
  readonly returnedOn: PlainDate;
  readonly returnedAt: Date;
  readonly reason: Buffer;
}

/** All SQL of returns by the town party committee. */
export class ReturnStore {
  constructor(private readonly tx: Tx) {}

  async insert(roundId: string, reasons: readonly Pick<ReturnReason, 'householdId' | 'reason'>[]): Promise<void> {
    const rows = reasons.map((row) => ({ ...row, reason: `\\x${row.reason.toString('hex')}` }));
    await this.tx.manager.query(
      `INSERT INTO return_reason (round_id, household_id, returned_on, returned_by, reason, returned_at)
       SELECT $1, "householdId", $2, $3, reason, $4 FROM jsonb_to_recordset($5::jsonb) AS r("householdId" uuid, reason bytea)`,
      [roundId, this.tx.today, this.tx.actor.principal, this.tx.now, JSON.stringify(rows)],
    );
  }

  list(roundId: string): Promise<ReturnReason[]> {
    return this.tx.manager.query(
      `SELECT round_id AS "roundId", household_id AS "householdId", returned_on AS "returnedOn", returned_at AS "returnedAt", reason FROM return_reason
       WHERE round_id = $1 ORDER BY returned_at, household_id`,
      [roundId],
    );
  }
}
