import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { VillageSummary } from './province-adapter';
import { waiting } from './record.store';

export type DifferenceKind = 'missing-there' | 'other-there' | 'left-there' | 'unknown-here';
export interface Difference {
  readonly fileId: string;
  readonly kind: DifferenceKind;
}

export interface Reconciled {
  readonly villageCode: string;
  readonly outcome: 'equal' | 'different' | 'in-transit';
  readonly own: Omit<VillageSummary, 'villageCode'>;
  readonly their: Omit<VillageSummary, 'villageCode'>;
}

export interface Held {
  readonly fileId: string;
  readonly sha256: string | null;
  readonly village: string | null;
  /** On its way: neither accepted nor rejected as it is now. */
  readonly inTransit: boolean;
}

export interface ReconciliationRow {
  readonly villageCode: string;
  readonly outcome: Reconciled['outcome'];
  readonly ownCount: number;
  readonly ownSha256: string;
  readonly theirCount: number;
  readonly theirSha256: string;
  readonly differences: readonly Difference[];
}

/** 对账 */
export class ReconciliationStore {
  constructor(private readonly tx: Tx) {}

  /** What the province holds by its own receipts, digested as the protocol says. */
  ownSummary(): Promise<VillageSummary[]> {
    return this.tx.manager.query(
      `SELECT accepted_village AS "villageCode", count(*)::int AS count,
         encode(sha256(convert_to(string_agg(file_id || ' ' || accepted_sha256 || E'\\n', '' ORDER BY file_id), 'UTF8')), 'hex') AS sha256
       FROM province_record WHERE accepted_op = 'upsert' GROUP BY accepted_village ORDER BY accepted_village`,
    );
  }

  /** Records the province should hold for a village, and any others it names. */
  held(villageCode: string, named: readonly string[]): Promise<Held[]> {
    return this.tx.manager.query(
      `SELECT p.file_id AS "fileId", CASE WHEN p.accepted_op = 'upsert' THEN p.accepted_sha256 END AS sha256, CASE WHEN p.accepted_op = 'upsert' THEN p.accepted_village END AS village, (${waiting}) AS "inTransit"
       FROM province_record p WHERE (p.accepted_village = $1 AND p.accepted_op = 'upsert') OR p.file_id = ANY($2)`,
      [villageCode, named],
    );
  }

  async villagesInTransit(): Promise<Set<string>> {
    const rows = await this.tx.manager.query<{ villageCode: string }[]>(
      `SELECT p.village_code AS "villageCode" FROM province_record p WHERE ${waiting} UNION SELECT p.accepted_village FROM province_record p WHERE ${waiting} AND p.accepted_village IS NOT NULL`,
    );
    return new Set(rows.map((row) => row.villageCode));
  }

  async save(rows: readonly Reconciled[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO province_reconciliation (on_day, village_code, outcome, own_count, own_sha256, their_count, their_sha256)
       SELECT $2, "villageCode", outcome, (own->>'count')::int, own->>'sha256', (their->>'count')::int, their->>'sha256'
       FROM jsonb_to_recordset($1::jsonb) AS r("villageCode" text, outcome text, own jsonb, their jsonb) ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows), this.tx.today],
    );
  }

  async saveDifferences(villageCode: string, differences: readonly Difference[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO province_difference (on_day, village_code, file_id, kind) SELECT $3, $2, "fileId", kind FROM jsonb_to_recordset($1::jsonb) AS r("fileId" uuid, kind text) ON CONFLICT DO NOTHING`,
      [JSON.stringify(differences), villageCode, this.tx.today],
    );
  }

  list(scopes: readonly string[], onDay: PlainDate, after: string | null, limit: number): Promise<ReconciliationRow[]> {
    return this.tx.manager.query(
      `SELECT r.village_code AS "villageCode", r.outcome, r.own_count AS "ownCount", r.own_sha256 AS "ownSha256", r.their_count AS "theirCount", r.their_sha256 AS "theirSha256",
         coalesce((SELECT jsonb_agg(jsonb_build_object('fileId', d.file_id, 'kind', d.kind) ORDER BY d.file_id) FROM province_difference d WHERE d.on_day = r.on_day AND d.village_code = r.village_code), '[]') AS differences
       FROM province_reconciliation r WHERE r.on_day = $1 AND EXISTS (SELECT 1 FROM unnest($2::text[]) AS scope WHERE r.village_code LIKE scope || '%') AND ($3::text IS NULL OR r.village_code > $3)
       ORDER BY r.village_code LIMIT $4`,
      [onDay, scopes, after, limit],
    );
  }
}
