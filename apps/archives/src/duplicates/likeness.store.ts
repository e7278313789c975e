import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { LikenessKind } from './likeness';

export interface LikenessToken {
  readonly token: string;
  readonly memberId: string;
  readonly householdId: string;
  readonly villageCode: string;
  readonly kind: LikenessKind;
}

/** Two present members of two households who are alike. */
export interface LikePair {
  readonly memberA: string;
  readonly memberB: string;
  readonly householdA: string;
  readonly householdB: string;
  readonly groupA: string;
  readonly groupB: string;
  readonly kinds: readonly LikenessKind[];
  /** same: decided, and one of the two registrations still has to end. */
  readonly decision: 'same' | null;
  readonly decidedOn: PlainDate | null;
}

const pairs = `SELECT a.member_id AS "memberA", b.member_id AS "memberB", a.household_id AS "householdA", b.household_id AS "householdB", sa.group_code AS "groupA", sb.group_code AS "groupB",
    array_agg(DISTINCT a.kind ORDER BY a.kind) AS kinds, d.decision, d.decided_on AS "decidedOn"
  FROM likeness_token a JOIN likeness_token b ON b.token = a.token AND b.member_id > a.member_id AND b.household_id <> a.household_id
  JOIN subject sa ON sa.subject_id = a.household_id JOIN subject sb ON sb.subject_id = b.household_id
  LEFT JOIN likeness_decision d ON d.member_a = a.member_id AND d.member_b = b.member_id`;
const grouped = 'GROUP BY a.member_id, b.member_id, a.household_id, b.household_id, sa.group_code, sb.group_code, d.decision, d.decided_on';

/** 疑似重复 */
export class LikenessStore {
  constructor(private readonly tx: Tx) {}

  /** The next households whose tokens are to be made; several workers share them. */
  async takeDue(limit: number): Promise<string[]> {
    const [rows] = await this.tx.manager.query<[{ id: string }[]]>(
      'DELETE FROM likeness_due WHERE subject_id IN (SELECT subject_id FROM likeness_due ORDER BY subject_id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING subject_id AS id',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  addresses(householdIds: readonly string[]): Promise<{ householdId: string; address: Buffer }[]> {
    return this.tx.manager.query('SELECT subject_id AS "householdId", address FROM subject WHERE subject_id = ANY($1) AND address IS NOT NULL', [householdIds]);
  }

  async replace(householdIds: readonly string[], tokens: readonly LikenessToken[]): Promise<void> {
    await this.tx.manager.query('DELETE FROM likeness_token WHERE household_id = ANY($1) OR member_id = ANY($2)', [householdIds, tokens.map(({ memberId }) => memberId)]);
    await this.tx.manager.query(
      `INSERT INTO likeness_token (token, member_id, household_id, village_code, kind) SELECT token, "memberId", "householdId", "villageCode", kind
       FROM jsonb_to_recordset($1::jsonb) AS r(token text, "memberId" uuid, "householdId" uuid, "villageCode" text, kind text) ON CONFLICT DO NOTHING`,
      [JSON.stringify(tokens)],
    );
  }

  /** Pairs not decided, and those found to be one person of whom both registrations still stand; both households in the reader's divisions. */
  page(scopes: readonly string[], under: string, after: readonly string[] | null, limit: number): Promise<LikePair[]> {
    return this.tx.manager.query(
      `${pairs} WHERE a.village_code LIKE left($2, 12) || '%' AND sa.group_code LIKE $2 || '%' AND sa.group_code LIKE ANY($1) AND sb.group_code LIKE ANY($1) AND d.decision IS DISTINCT FROM 'different'
         AND ($3::uuid IS NULL OR (a.member_id, b.member_id) > ($3::uuid, $4::uuid)) ${grouped} ORDER BY a.member_id, b.member_id LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), under, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  /** The pair as it stands, held so that it is decided once. Problem `not-found`. */
  async lock(memberA: string, memberB: string): Promise<LikePair> {
    await this.tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`${memberA} ${memberB}`]);
    const [row] = await this.tx.manager.query<LikePair[]>(`${pairs} WHERE a.member_id = $1 AND b.member_id = $2 AND d.decision IS DISTINCT FROM 'different' ${grouped}`, [memberA, memberB]);
    if (!row) throw new Problem('not-found', { memberA, memberB });
    return row;
  }

  async decide({ memberA, memberB, householdA }: LikePair, decision: 'same' | 'different', reason: Buffer): Promise<void> {
    await this.tx.manager.query(
      'INSERT INTO likeness_decision (member_a, member_b, decision, household_a, reason, decided_by, decided_on) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [memberA, memberB, decision, householdA, reason, this.tx.actor.principal, this.tx.today],
    );
  }

  /** Whether the member was found to be the same person as another who is still registered. */
  async foundSame(memberId: string): Promise<boolean> {
    const rows = await this.tx.manager.query<unknown[]>(
      `SELECT 1 FROM likeness_decision d JOIN member o ON o.member_id = CASE WHEN d.member_a = $1 THEN d.member_b ELSE d.member_a END AND o.to_on IS NULL
       WHERE d.decision = 'same' AND $1 IN (d.member_a, d.member_b)`,
      [memberId],
    );
    return rows.length > 0;
  }
}
