import { Problem } from '@credit/contracts';
import { newId, type Tx } from '@credit/platform';
import { type PersonTies, Recusals } from './recusals';

export type TieKind = 'kin' | 'conflict';
export type TieState = 'declared' | 'reported' | 'upheld' | 'dismissed';

export interface Tie {
  readonly id: string;
  readonly roundId: string;
  readonly memberId: string;
  readonly householdId: string;
  readonly kind: TieKind;
  readonly relation: string;
  readonly state: TieState;
  readonly recordedBy: string;
}

const columns = `id, round_id AS "roundId", member_id AS "memberId", household_id AS "householdId", kind, relation, state, recorded_by AS "recordedBy"`;
const effective = `state IN ('declared', 'upheld')`;

/** All SQL of ties between members of bodies and households. */
export class TieStore {
  constructor(private readonly tx: Tx) {}

  /** A person who sits in two bodies under one account declares once for both. */
  async recusals(roundId: string): Promise<Recusals> {
    const rows = await this.tx.manager.query<PersonTies[]>(
      `SELECT m.id AS "memberId", m.account_id AS "accountId",
         coalesce(m.household_id, (array_agg(p.household_id) FILTER (WHERE p.household_id IS NOT NULL))[1]) AS "ownHouseholdId",
         coalesce(array_agg(t.household_id) FILTER (WHERE t.kind = 'kin'), '{}') AS "kinHouseholdIds",
         coalesce(array_agg(t.household_id) FILTER (WHERE t.kind = 'conflict'), '{}') AS "conflictHouseholdIds"
       FROM member m
       JOIN member p ON p.round_id = m.round_id AND (p.id = m.id OR p.account_id = m.account_id)
       LEFT JOIN tie t ON t.member_id = p.id AND t.${effective}
       WHERE m.round_id = $1 AND EXISTS (SELECT 1 FROM body_member bm JOIN body b ON b.id = bm.body_id WHERE bm.member_id = m.id AND b.replaced_on IS NULL)
       GROUP BY m.id ORDER BY m.id`,
      [roundId],
    );
    return new Recusals(rows);
  }

  /** Adds those not recorded before; answers how many were new. */
  async add(roundId: string, memberId: string, ties: readonly { householdId: string; kind: TieKind; relation: string }[], state: TieState, note: Buffer | null = null): Promise<string[]> {
    const rows = ties.map((tie) => ({ id: newId(), ...tie }));
    const added = await this.tx.manager.query<{ id: string }[]>(
      `INSERT INTO tie (id, round_id, member_id, household_id, kind, relation, state, note, recorded_by, recorded_on)
       SELECT id, $1, $2, "householdId", kind, relation, $3, $4, $5, $6 FROM jsonb_to_recordset($7::jsonb) AS r(id uuid, "householdId" uuid, kind text, relation text)
       ON CONFLICT DO NOTHING RETURNING id`,
      [roundId, memberId, state, note, this.tx.actor.principal, this.tx.today, JSON.stringify(rows)],
    );
    return added.map(({ id }) => id);
  }

  async lock(id: string): Promise<Tie> {
    const [row] = await this.tx.manager.query<Tie[]>(`SELECT ${columns} FROM tie WHERE id = $1 FOR UPDATE`, [id]);
    if (!row) throw new Problem('not-found', { tieId: id });
    return row;
  }

  async decide(id: string, state: 'upheld' | 'dismissed'): Promise<void> {
    await this.tx.manager.query('UPDATE tie SET state = $2, decided_by = $3, decided_on = $4 WHERE id = $1', [id, state, this.tx.actor.principal, this.tx.today]);
  }

  /** Reported and not decided yet. */
  open(roundId: string): Promise<Tie[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM tie WHERE round_id = $1 AND state = 'reported' ORDER BY id`, [roundId]);
  }

  /** Households whose rows this account must not see: ties in any round, and whatever it withdrew from at a meeting. */
  async hiddenFrom(accountId: string | null): Promise<string[]> {
    if (accountId === null) return [];
    const rows = await this.tx.manager.query<{ id: string }[]>(
      `WITH own AS (SELECT id, household_id FROM member WHERE account_id = $1)
       SELECT household_id AS id FROM own WHERE household_id IS NOT NULL
       UNION SELECT t.household_id FROM tie t JOIN own ON own.id = t.member_id WHERE t.${effective}
       UNION SELECT s.household_id FROM sheet s WHERE s.withdrawn && ARRAY(SELECT id FROM own)
       UNION SELECT e.household_id FROM examination e WHERE e.withdrawn && ARRAY(SELECT id FROM own)`,
      [accountId],
    );
    return rows.map(({ id }) => id);
  }
}
