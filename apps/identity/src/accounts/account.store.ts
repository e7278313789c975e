import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface Account {
  readonly accountId: string;
  readonly loginName: string;
  readonly name: Buffer;
  readonly passwordHash: string | null;
  readonly mustChange: boolean;
  readonly active: boolean;
  readonly failures: number;
  /** By machine time: locks are no rule of the programme. */
  readonly locked: boolean;
}

const columns = `account_id AS "accountId", login_name AS "loginName", name, password_hash AS "passwordHash", must_change AS "mustChange", active, failures,
  coalesce(locked_until > clock_timestamp(), false) AS locked`;

/** 账号 */
export class AccountStore {
  constructor(private readonly tx: Tx) {}

  async insert(account: { accountId: string; loginName: string; name: Buffer; passwordHash: string; mustChange: boolean }): Promise<void> {
    const inserted = await this.tx.manager.query<unknown[]>(
      `INSERT INTO account (account_id, login_name, name, password_hash, must_change, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login_name) DO NOTHING RETURNING 1`,
      [account.accountId, account.loginName, account.name, account.passwordHash, account.mustChange, this.tx.now],
    );
    if (inserted.length === 0) throw new Problem('account.login-name-taken', { loginName: account.loginName });
  }

  async any(): Promise<boolean> {
    return (await this.tx.manager.query<unknown[]>('SELECT 1 FROM account LIMIT 1')).length > 0;
  }

  async byId(accountId: string): Promise<Account> {
    const [row] = await this.tx.manager.query<Account[]>(`SELECT ${columns} FROM account WHERE account_id = $1`, [accountId]);
    if (!row) throw new Problem('not-found', { accountId });
    return row;
  }

  async lockByLoginName(loginName: string): Promise<Account | undefined> {
    const [row] = await this.tx.manager.query<Account[]>(`SELECT ${columns} FROM account WHERE login_name = $1 FOR UPDATE`, [loginName]);
    return row;
  }

  page(after: string | null, limit: number): Promise<Account[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM account WHERE $1::text IS NULL OR login_name > $1 ORDER BY login_name LIMIT $2`, [after, limit]);
  }

  async signedIn(accountId: string): Promise<void> {
    await this.tx.manager.query('UPDATE account SET failures = 0, locked_until = NULL WHERE account_id = $1', [accountId]);
  }

  async failed(accountId: string, toLock: number, lockMinutes: number): Promise<void> {
    await this.tx.manager.query(
      `UPDATE account SET failures = CASE WHEN failures + 1 >= $2 THEN 0 ELSE failures + 1 END,
         locked_until = CASE WHEN failures + 1 >= $2 THEN clock_timestamp() + make_interval(mins => $3) ELSE locked_until END WHERE account_id = $1`,
      [accountId, toLock, lockMinutes],
    );
  }

  async setPassword(accountId: string, passwordHash: string): Promise<void> {
    await this.tx.manager.query('UPDATE account SET password_hash = $2, must_change = false, failures = 0, locked_until = NULL WHERE account_id = $1', [accountId, passwordHash]);
  }

  async byIssuer(issuer: string, subject: string): Promise<Account | undefined> {
    const [row] = await this.tx.manager.query<Account[]>(`SELECT ${columns} FROM account WHERE issuer = $1 AND issuer_sub = $2`, [issuer, subject]);
    return row;
  }

  /** The password goes: whoever leaves the unit has no second door. */
  async link(accountId: string, issuer: string, subject: string): Promise<boolean> {
    const [, count] = await this.tx.manager.query<[unknown, number]>(
      `UPDATE account SET issuer = $2, issuer_sub = $3, password_hash = NULL, must_change = false
       WHERE account_id = $1 AND NOT EXISTS (SELECT FROM account WHERE issuer = $2 AND issuer_sub = $3 AND account_id <> $1)`,
      [accountId, issuer, subject],
    );
    return count > 0;
  }

  async unlock(accountId: string): Promise<boolean> {
    const [, count] = await this.tx.manager.query<[unknown, number]>('UPDATE account SET failures = 0, locked_until = NULL WHERE account_id = $1', [accountId]);
    return count > 0;
  }
}
