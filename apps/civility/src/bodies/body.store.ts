import { Problem } from '@credit/contracts';
import { newId, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type ReviewBodyKind = 'review-group' | 'deliberation-group';

/** 成员 of a body: names live only in archives and identity. */
export interface Member {
  readonly memberId: string;
  readonly accountId: string | null;
  /** The member's own household, when it is known here. */
  readonly householdId: string | null;
  readonly capacity: string;
}

export interface Body {
  readonly id: string;
  readonly roundId: string;
  readonly kind: ReviewBodyKind;
  readonly groupCode: string | null;
  readonly formedOn: PlainDate;
  readonly replacedOn: PlainDate | null;
  readonly members: readonly Member[];
  /** 替补 — may be called in; not counted in the composition. */
  readonly substitutes: readonly Member[];
}

export interface NewBody extends Pick<Body, 'id' | 'roundId' | 'kind' | 'groupCode' | 'members' | 'substitutes'> {
  readonly reason: Buffer | null;
}

/** Everybody appointed, who all declare their ties. */
export function appointed({ members, substitutes }: Pick<Body, 'members' | 'substitutes'>): Member[] {
  return [...members, ...substitutes];
}

const people = (substitute: boolean): string => `coalesce((SELECT jsonb_agg(jsonb_build_object('memberId', m.id, 'accountId', m.account_id, 'householdId', m.household_id, 'capacity', bm.capacity) ORDER BY m.id)
   FROM body_member bm JOIN member m ON m.id = bm.member_id WHERE bm.body_id = b.id AND ${substitute ? '' : 'NOT '}bm.substitute), '[]')`;

const columns = `b.id, b.round_id AS "roundId", b.kind, b.group_code AS "groupCode", b.formed_on AS "formedOn", b.replaced_on AS "replacedOn", ${people(false)} AS members, ${people(true)} AS substitutes`;

/** All SQL of bodies and their members. */
export class BodyStore {
  constructor(private readonly tx: Tx) {}

  /** Every body of a round; the present ones only, unless their history is asked for. */
  ofRound(roundId: string, withHistory = false): Promise<Body[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM body b WHERE b.round_id = $1 AND ($2 OR b.replaced_on IS NULL) ORDER BY b.kind DESC, b.group_code, b.id`, [roundId, withHistory]);
  }

  async current(roundId: string, kind: ReviewBodyKind, groupCode: string | null): Promise<Body | undefined> {
    const [row] = await this.tx.manager.query<Body[]>(
      `SELECT ${columns} FROM body b WHERE b.round_id = $1 AND b.kind = $2 AND b.group_code IS NOT DISTINCT FROM $3 AND b.replaced_on IS NULL`,
      [roundId, kind, groupCode],
    );
    return row;
  }

  async byId(id: string): Promise<Body> {
    const [row] = await this.tx.manager.query<Body[]>(`SELECT ${columns} FROM body b WHERE b.id = $1`, [id]);
    if (!row) throw new Problem('not-found', { bodyId: id });
    return row;
  }

  /** Why bodies took the place of others, sealed under their own keys. */
  async reasons(ids: readonly string[]): Promise<Map<string, Buffer>> {
    const rows = await this.tx.manager.query<{ id: string; reason: Buffer }[]>('SELECT id, reason FROM body WHERE id = ANY($1) AND reason IS NOT NULL', [ids]);
    return new Map(rows.map(({ id, reason }) => [id, reason]));
  }

  /** The present body a member sits in. */
  async ofMember(memberId: string): Promise<Body> {
    const [row] = await this.tx.manager.query<Body[]>(
      `SELECT ${columns} FROM body b WHERE b.replaced_on IS NULL AND EXISTS (SELECT 1 FROM body_member bm WHERE bm.body_id = b.id AND bm.member_id = $1)`,
      [memberId],
    );
    if (!row) throw new Problem('not-found', { memberId });
    return row;
  }

  /** Puts a body in the place of the present one; members that stay keep their ids and their declarations. */
  async replace(body: NewBody): Promise<void> {
    const { manager, today, actor } = this.tx;
    await manager.query('UPDATE body SET replaced_on = $4 WHERE round_id = $1 AND kind = $2 AND group_code IS NOT DISTINCT FROM $3 AND replaced_on IS NULL', [
      body.roundId,
      body.kind,
      body.groupCode,
      today,
    ]);
    await manager.query('INSERT INTO body (id, round_id, kind, group_code, formed_on, formed_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      body.id,
      body.roundId,
      body.kind,
      body.groupCode,
      today,
      actor.principal,
      body.reason,
    ]);
    const rows = JSON.stringify([...body.members.map((one) => ({ ...one, substitute: false })), ...body.substitutes.map((one) => ({ ...one, substitute: true }))]);
    const members = 'jsonb_to_recordset($2::jsonb) AS r("memberId" uuid, "accountId" uuid, "householdId" uuid, capacity text, substitute boolean)';
    await manager.query(
      `INSERT INTO member (id, round_id, account_id, household_id) SELECT "memberId", $1, "accountId", "householdId" FROM ${members}
       ON CONFLICT (id) DO UPDATE SET account_id = EXCLUDED.account_id, household_id = EXCLUDED.household_id`,
      [body.roundId, rows],
    );
    await manager.query(`INSERT INTO body_member (body_id, member_id, capacity, substitute) SELECT $1, "memberId", capacity, substitute FROM ${members}`, [body.id, rows]);
  }

  /** Ids for new members; those said to stay must really belong to the present body. */
  static identify<M extends Omit<Member, 'memberId'> & { readonly memberId: string | null }>(given: readonly M[], present: Body | undefined): (M & Member)[] {
    const known = new Set(present ? appointed(present).map(({ memberId }) => memberId) : []);
    return given.map((member) => {
      if (member.memberId !== null && !known.has(member.memberId)) throw new Problem('not-found', { memberId: member.memberId });
      return { ...member, memberId: member.memberId ?? newId() };
    });
  }
}
