import type { Tx } from '@credit/platform';

export type ConsentKind = 'economics' | 'credit' | 'publish-name';

export interface ConsentGiven {
  readonly consentId: string;
  readonly householdId: string;
  readonly memberId: string;
  readonly kind: ConsentKind;
}

/** 授权 of adults, each one's own. */
export class ConsentStore {
  constructor(private readonly tx: Tx) {}

  async giveAll(consents: readonly ConsentGiven[], scanSha256: string | null = null): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO consent (consent_id, household_id, member_id, kind, given_on, recorded_by, scan_sha256)
       SELECT "consentId", "householdId", "memberId", kind, $2, $3, $4 FROM jsonb_to_recordset($1::jsonb) AS r("consentId" uuid, "householdId" uuid, "memberId" uuid, kind text)
       ON CONFLICT (member_id, kind) WHERE revoked_on IS NULL DO NOTHING`,
      [JSON.stringify(consents), this.tx.today, this.tx.actor.principal, scanSha256],
    );
  }

  async revoke(memberId: string, kind: ConsentKind): Promise<boolean> {
    const [, count] = await this.tx.manager.query<[unknown, number]>('UPDATE consent SET revoked_on = $3 WHERE member_id = $1 AND kind = $2 AND revoked_on IS NULL', [memberId, kind, this.tx.today]);
    return count > 0;
  }

  /** Per household and kind: whether every adult member has agreed. */
  async complete(householdIds: readonly string[]): Promise<Map<string, ReadonlySet<ConsentKind>>> {
    const rows = await this.tx.manager.query<{ householdId: string; kind: ConsentKind }[]>(
      `SELECT m.household_id AS "householdId", k.kind FROM member m CROSS JOIN unnest(ARRAY['economics', 'credit', 'publish-name']) AS k(kind)
       LEFT JOIN consent c ON c.member_id = m.member_id AND c.kind = k.kind AND c.revoked_on IS NULL
       WHERE m.household_id = ANY($1) AND m.to_on IS NULL AND m.adult_from <= $2
       GROUP BY m.household_id, k.kind HAVING bool_and(c.consent_id IS NOT NULL)`,
      [householdIds, this.tx.today],
    );
    const complete = new Map<string, Set<ConsentKind>>();
    for (const { householdId, kind } of rows) complete.set(householdId, (complete.get(householdId) ?? new Set()).add(kind));
    return complete;
  }
}
