import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface GivenPost {
  readonly postId: string;
  readonly accountId: string;
  readonly role: string;
  readonly divisionCode: string;
  readonly organisation: string | null;
  readonly fromOn: PlainDate;
  readonly toOn: PlainDate | null;
  readonly version: number;
}

const columns = `post_id AS "postId", account_id AS "accountId", role, division_code AS "divisionCode", organisation, from_on AS "fromOn", to_on AS "toOn", version`;

/** 任职 as given: identity owns them, every service keeps a copy. */
export class PostStore {
  constructor(private readonly tx: Tx) {}

  async insert(post: GivenPost): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO held_post (post_id, account_id, role, division_code, organisation, from_on, to_on, version, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [post.postId, post.accountId, post.role, post.divisionCode, post.organisation, post.fromOn, post.toOn, post.version, this.tx.actor.principal, this.tx.now],
    );
    await this.tx.outbox.append('post.changed', post);
  }

  async lock(postId: string): Promise<GivenPost> {
    const [row] = await this.tx.manager.query<GivenPost[]>(`SELECT ${columns} FROM held_post WHERE post_id = $1 FOR UPDATE`, [postId]);
    if (!row) throw new Problem('not-found', { postId });
    return row;
  }

  async end(post: GivenPost, toOn: PlainDate): Promise<void> {
    const ended = { ...post, toOn, version: post.version + 1 };
    await this.tx.manager.query('UPDATE held_post SET to_on = $2, version = $3 WHERE post_id = $1', [post.postId, toOn, ended.version]);
    await this.tx.outbox.append('post.changed', ended);
  }

  /** Posts of the accounts that have not ended. */
  ofAccounts(accountIds: readonly string[]): Promise<GivenPost[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM held_post WHERE account_id = ANY($1) ORDER BY from_on, post_id`, [accountIds]);
  }

  async openRolesOf(accountId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ role: string }[]>('SELECT role FROM held_post WHERE account_id = $1 AND (to_on IS NULL OR to_on >= $2)', [accountId, this.tx.today]);
    return rows.map((row) => row.role);
  }

  page(under: string, after: string | null, limit: number): Promise<GivenPost[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM held_post WHERE division_code LIKE $1 || '%' AND ($2::uuid IS NULL OR post_id > $2::uuid) ORDER BY post_id LIMIT $3`, [under, after, limit]);
  }
}
