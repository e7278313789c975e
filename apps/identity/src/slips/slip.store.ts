import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface Slip {
  readonly householdId: string;
  readonly codeHash: string;
  readonly code: Buffer;
  readonly lastDay: PlainDate;
  readonly failures: number;
}

const columns = 'household_id AS "householdId", code_hash AS "codeHash", code, last_day AS "lastDay", failures';

/** 告知单取号 */
export class SlipStore {
  constructor(private readonly tx: Tx) {}

  /** Codes still valid today, the newest of each household. */
  validOf(householdIds: readonly string[]): Promise<Slip[]> {
    return this.tx.manager.query(`SELECT DISTINCT ON (household_id) ${columns} FROM slip_code WHERE household_id = ANY($1) AND last_day >= $2 ORDER BY household_id, last_day DESC`, [
      householdIds,
      this.tx.today,
    ]);
  }

  async insertAll(slips: readonly Omit<Slip, 'failures'>[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO slip_code (household_id, code_hash, code, last_day)
       SELECT "householdId", "codeHash", code, "lastDay" FROM jsonb_to_recordset($1::jsonb) AS r("householdId" uuid, "codeHash" text, code bytea, "lastDay" date)`,
      [JSON.stringify(slips.map((slip) => ({ ...slip, code: `\\x${slip.code.toString('hex')}` })))],
    );
  }

  async lockByHash(codeHash: string): Promise<Slip | undefined> {
    const [row] = await this.tx.manager.query<Slip[]>(`SELECT ${columns} FROM slip_code WHERE code_hash = $1 AND last_day >= $2 FOR UPDATE`, [codeHash, this.tx.today]);
    return row;
  }

  async setFailures(codeHash: string, failures: number): Promise<void> {
    await this.tx.manager.query('UPDATE slip_code SET failures = $2 WHERE code_hash = $1', [codeHash, failures]);
  }

  /** How often this address tried lately, this try included; by machine time. */
  async noteAttempt(addressHash: string): Promise<number> {
    await this.tx.manager.query(`DELETE FROM slip_attempt WHERE at < clock_timestamp() - interval '1 hour'`);
    await this.tx.manager.query('INSERT INTO slip_attempt (address_hash) VALUES ($1)', [addressHash]);
    const [row] = await this.tx.manager.query<[{ count: number }]>(`SELECT count(*)::int AS count FROM slip_attempt WHERE address_hash = $1 AND at > clock_timestamp() - interval '10 minutes'`, [addressHash]);
    return row.count;
  }
}
