import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type Verdict = 'flagged' | 'cleared';

/** 初核反馈 — the document's number is sealed under the household's key. */
export interface PrecheckEntry {
  readonly id: string;
  readonly roundId: string;
  readonly householdId: string;
  /** The code of the list's item it concerns. */
  readonly category: string;
  readonly document: Buffer;
  readonly effectiveOn: PlainDate;
  readonly verdict: Verdict | null;
  readonly decidedOn: PlainDate | null;
}

const columns = `id, round_id AS "roundId", household_id AS "householdId", category, document, effective_on AS "effectiveOn", verdict, decided_on AS "decidedOn"`;

/** All SQL of the pre-check. */
export class PrecheckStore {
  constructor(private readonly tx: Tx) {}

  async insert(roundId: string, entries: readonly Pick<PrecheckEntry, 'id' | 'householdId' | 'category' | 'document' | 'effectiveOn'>[]): Promise<void> {
    const rows = entries.map((entry) => ({ ...entry, document: `\\x${entry.document.toString('hex')}` }));
    await this.tx.manager.query(
      `INSERT INTO precheck_entry (id, round_id, household_id, category, document, effective_on, imported_by)
       SELECT id, $1, "householdId", category, document, "effectiveOn", $2
       FROM jsonb_to_recordset($3::jsonb) AS r(id uuid, "householdId" uuid, category text, document bytea, "effectiveOn" date)`,
      [roundId, this.tx.actor.principal, JSON.stringify(rows)],
    );
  }

  async lock(id: string): Promise<PrecheckEntry> {
    const [row] = await this.tx.manager.query<PrecheckEntry[]>(`SELECT ${columns} FROM precheck_entry WHERE id = $1 FOR UPDATE`, [id]);
    if (!row) throw new Problem('not-found', { entryId: id });
    return row;
  }

  async decide(id: string, verdict: Verdict): Promise<void> {
    await this.tx.manager.query('UPDATE precheck_entry SET verdict = $2, decided_by = $3, decided_on = $4 WHERE id = $1', [id, verdict, this.tx.actor.principal, this.tx.today]);
  }

  list(roundId: string): Promise<PrecheckEntry[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM precheck_entry WHERE round_id = $1 ORDER BY id`, [roundId]);
  }

  async flagged(roundId: string): Promise<PrecheckEntry[]> {
    return (await this.list(roundId)).filter(({ verdict }) => verdict === 'flagged');
  }

  async undecided(roundId: string): Promise<number> {
    return (await this.list(roundId)).filter(({ verdict }) => verdict === null).length;
  }

  /** Whether the account sits in a body of the round for a bank. */
  async isBankMember(roundId: string, accountId: string | null): Promise<boolean> {
    const [row] = await this.tx.manager.query<[{ found: boolean }]>(
      `SELECT EXISTS (SELECT 1 FROM member m JOIN body_member bm ON bm.member_id = m.id
         WHERE m.round_id = $1 AND m.account_id = $2 AND bm.capacity = 'bank-adviser') AS found`,
      [roundId, accountId],
    );
    return row.found;
  }
}
