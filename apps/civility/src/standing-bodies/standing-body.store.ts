import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type StandingBodyKind = 'village-supervision' | 'town-supervision';

export interface StandingMember {
  readonly accountId: string;
  readonly capacity: string;
  readonly substitute: boolean;
}

/** 村务监督委员会、镇监督小组 with its term. */
export interface StandingBody {
  readonly id: string;
  readonly kind: StandingBodyKind;
  readonly divisionCode: string;
  readonly termFrom: PlainDate;
  readonly termLastDay: PlainDate;
  readonly formedOn: PlainDate;
  readonly reason: Buffer | null;
  readonly replacedOn: PlainDate | null;
  readonly members: readonly StandingMember[];
}

const columns = `b.id, b.kind, b.division_code AS "divisionCode", b.term_from AS "termFrom", b.term_last_day AS "termLastDay", b.formed_on AS "formedOn", b.reason, b.replaced_on AS "replacedOn",
  (SELECT jsonb_agg(jsonb_build_object('accountId', m.account_id, 'capacity', m.capacity, 'substitute', m.substitute) ORDER BY m.substitute, m.capacity, m.account_id)
   FROM standing_body_member m WHERE m.body_id = b.id) AS members`;

/** All SQL of standing bodies. */
export class StandingBodyStore {
  constructor(private readonly tx: Tx) {}

  async current(kind: StandingBodyKind, divisionCode: string): Promise<StandingBody | undefined> {
    const [row] = await this.tx.manager.query<StandingBody[]>(`SELECT ${columns} FROM standing_body b WHERE b.kind = $1 AND b.division_code = $2 AND b.replaced_on IS NULL FOR UPDATE`, [kind, divisionCode]);
    return row;
  }

  /** Puts a body in the place of the present one, which stays readable. */
  async replace(body: Omit<StandingBody, 'formedOn' | 'replacedOn'>): Promise<void> {
    const { manager, today, actor } = this.tx;
    await manager.query('UPDATE standing_body SET replaced_on = $3 WHERE kind = $1 AND division_code = $2 AND replaced_on IS NULL', [body.kind, body.divisionCode, today]);
    await manager.query('INSERT INTO standing_body (id, kind, division_code, term_from, term_last_day, formed_on, formed_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      body.id,
      body.kind,
      body.divisionCode,
      body.termFrom,
      body.termLastDay,
      today,
      actor.principal,
      body.reason,
    ]);
    await manager.query(
      `INSERT INTO standing_body_member (body_id, account_id, capacity, substitute)
       SELECT $1, "accountId", capacity, substitute FROM jsonb_to_recordset($2::jsonb) AS r("accountId" uuid, capacity text, substitute boolean)`,
      [body.id, JSON.stringify(body.members)],
    );
  }

  /** Of these accounts, those who hold one of the roles in the division today. */
  async holders(accountIds: readonly string[], roles: readonly string[], divisionCode: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ id: string }[]>(
      `SELECT DISTINCT account_id AS id FROM post WHERE account_id = ANY($1) AND role = ANY($2) AND division_code = $3 AND from_on <= $4 AND (to_on IS NULL OR to_on >= $4)`,
      [accountIds, roles, divisionCode, this.tx.today],
    );
    return rows.map(({ id }) => id);
  }

  ofDivision(divisionCode: string, withHistory: boolean): Promise<StandingBody[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM standing_body b WHERE b.division_code = $1 AND ($2 OR b.replaced_on IS NULL) ORDER BY b.kind, b.id DESC`, [divisionCode, withHistory]);
  }
}
