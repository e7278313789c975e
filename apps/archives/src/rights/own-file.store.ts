import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { ConsentKind } from '../consents/consent.store';

/** 任职 that somebody held on a day: what a villager is told instead of a name. */
export interface HeldThen {
  readonly role: string;
  readonly organisation: string | null;
}

export interface KeptValue {
  readonly item: string;
  readonly value: Buffer;
  readonly source: string;
  readonly collectedOn: PlainDate;
  readonly collectors: readonly HeldThen[];
  /** Null as long as nobody looked into this version. */
  readonly verifiedOn: PlainDate | null;
  readonly verifiers: readonly HeldThen[];
}

export interface GivenConsent {
  readonly memberId: string;
  readonly kind: ConsentKind;
  readonly givenOn: PlainDate;
  readonly revokedOn: PlainDate | null;
}

export interface Access {
  readonly on: PlainDate;
  readonly action: string;
  readonly reason: string | null;
  /** Whether one of the household looked. */
  readonly own: boolean;
  readonly posts: readonly HeldThen[];
}

const postsOf = (account: string, on: string): string =>
  `coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('role', p.role, 'organisation', p.organisation)) FROM post p
     WHERE p.account_id = ${account} AND p.from_on <= ${on} AND (p.to_on IS NULL OR p.to_on >= ${on})), '[]')`;

/** 档案查阅 — all SQL of what a household is shown about itself. */
export class OwnFileStore {
  constructor(private readonly tx: Tx) {}

  async address(householdId: string): Promise<Buffer | null> {
    const [row] = await this.tx.manager.query<{ address: Buffer | null }[]>('SELECT address FROM subject WHERE subject_id = $1', [householdId]);
    return row?.address ?? null;
  }

  /** The newest version of each item; verified by its own verdict, or with the whole file since it was collected. */
  values(subjectId: string): Promise<KeptValue[]> {
    return this.tx.manager.query(
      `SELECT v.item, v.value, v.source, v.collected_on AS "collectedOn", ${postsOf('v.collected_by', 'v.collected_on')} AS collectors,
         coalesce(d.given_on, f.verified_on) AS "verifiedOn", ${postsOf('coalesce(d.given_by, f.verified_by)', 'coalesce(d.given_on, f.verified_on)')} AS verifiers
       FROM (SELECT DISTINCT ON (item) * FROM item_value WHERE subject_id = $1 ORDER BY item, version DESC) v
       LEFT JOIN item_verdict d ON d.subject_id = v.subject_id AND d.item = v.item AND d.version = v.version AND d.verdict = 'right'
       LEFT JOIN credit_file f ON f.subject_id = v.subject_id AND f.state = 'verified'`,
      [subjectId],
    );
  }

  consents(householdId: string): Promise<GivenConsent[]> {
    return this.tx.manager.query(
      'SELECT member_id AS "memberId", kind, given_on AS "givenOn", revoked_on AS "revokedOn" FROM consent WHERE household_id = $1 ORDER BY given_on, member_id, kind',
      [householdId],
    );
  }

  /** Who looked, the latest first, from the audit ledger. */
  accesses(subjects: readonly string[], actions: readonly string[], limit: number): Promise<Access[]> {
    return this.tx.manager.query(
      `SELECT "on", action, reason, own, CASE WHEN account IS NULL THEN '[]' ELSE ${postsOf('account', '"on"')} END AS posts
       FROM (SELECT seq, (at AT TIME ZONE 'Asia/Shanghai')::date AS "on", action, facts->>'reason' AS reason, actor LIKE 'villager:%' AS own,
           CASE WHEN actor LIKE 'account:%' THEN split_part(actor, ':', 2)::uuid END AS account
         FROM audit WHERE subject = ANY($1) AND action = ANY($2) ORDER BY seq DESC LIMIT $3) a ORDER BY seq DESC`,
      [subjects, actions, limit],
    );
  }
}
