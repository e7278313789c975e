import { createHash } from 'node:crypto';
import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { canonicalText, type PlainDate, type Scorecard } from '@credit/policy';

export type ScorecardKind = 'H' | 'E' | 'C' | 'V';

export interface StoredScorecard {
  readonly scorecardId: string;
  readonly kind: ScorecardKind;
  readonly version: number;
  readonly effectiveFrom: PlainDate;
  readonly card: Scorecard;
  readonly draftedBy: string;
  readonly approvedBy: string | null;
  readonly approvedOn: PlainDate | null;
}

const columns = `scorecard_id AS "scorecardId", kind, version, effective_from AS "effectiveFrom", card, drafted_by AS "draftedBy", approved_by AS "approvedBy", approved_on AS "approvedOn"`;

/** What a trial was made of: another wording needs another trial. */
export function cardDigest(card: Scorecard): string {
  return createHash('sha256').update(canonicalText(card)).digest('hex');
}

/** 评分卡 versions. */
export class ScorecardStore {
  constructor(private readonly tx: Tx) {}

  async insert(row: Omit<StoredScorecard, 'approvedBy' | 'approvedOn'>): Promise<void> {
    const inserted = await this.tx.manager.query<unknown[]>(
      `INSERT INTO scorecard (scorecard_id, kind, version, effective_from, card, drafted_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (kind, version) DO NOTHING RETURNING 1`,
      [row.scorecardId, row.kind, row.version, row.effectiveFrom, JSON.stringify(row.card), row.draftedBy],
    );
    if (inserted.length === 0) throw new Problem('scorecard.known', { kind: row.kind, version: row.version });
  }

  async lock(scorecardId: string): Promise<StoredScorecard> {
    const [row] = await this.tx.manager.query<StoredScorecard[]>(`SELECT ${columns} FROM scorecard WHERE scorecard_id = $1 FOR UPDATE`, [scorecardId]);
    if (!row) throw new Problem('not-found', { scorecardId });
    return row;
  }

  /** A draft's next wording; what was approved is never touched. */
  async redraft(scorecardId: string, card: Scorecard): Promise<void> {
    await this.tx.manager.query('UPDATE scorecard SET card = $2, version = $3, effective_from = $4 WHERE scorecard_id = $1 AND approved_on IS NULL', [
      scorecardId,
      JSON.stringify(card),
      card.version,
      card.effectiveFrom,
    ]);
  }

  async approve(scorecardId: string, approvedBy: string): Promise<void> {
    await this.tx.manager.query('UPDATE scorecard SET approved_by = $2, approved_on = $3 WHERE scorecard_id = $1', [scorecardId, approvedBy, this.tx.today]);
  }

  async nextVersion(kind: ScorecardKind): Promise<number> {
    const [row] = await this.tx.manager.query<[{ next: number }]>('SELECT coalesce(max(version), 0) + 1 AS next FROM scorecard WHERE kind = $1', [kind]);
    return row.next;
  }

  list(): Promise<StoredScorecard[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM scorecard ORDER BY kind, version`);
  }

  async byId(scorecardId: string): Promise<StoredScorecard | undefined> {
    const [row] = await this.tx.manager.query<StoredScorecard[]>(`SELECT ${columns} FROM scorecard WHERE scorecard_id = $1`, [scorecardId]);
    return row;
  }

  async byIds(scorecardIds: readonly string[]): Promise<ReadonlyMap<string, StoredScorecard>> {
    const rows = await this.tx.manager.query<StoredScorecard[]>(`SELECT ${columns} FROM scorecard WHERE scorecard_id = ANY($1)`, [[...new Set(scorecardIds)]]);
    return new Map(rows.map((row) => [row.scorecardId, row]));
  }

  /** The approved version in force on a day, by kind. */
  async inForce(on: PlainDate): Promise<ReadonlyMap<ScorecardKind, StoredScorecard>> {
    const rows = await this.tx.manager.query<StoredScorecard[]>(
      `SELECT DISTINCT ON (kind) ${columns} FROM scorecard WHERE approved_on IS NOT NULL AND effective_from <= $1 ORDER BY kind, effective_from DESC, version DESC`,
      [on],
    );
    return new Map(rows.map((row) => [row.kind, row]));
  }
}
