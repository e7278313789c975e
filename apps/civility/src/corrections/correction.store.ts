import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 更正 of a filed score: what it would become, why, and what the town party committee said. */
export interface Correction {
  readonly id: string;
  readonly roundId: string;
  readonly householdId: string;
  /** The version of the score it was asked for. */
  readonly baseVersion: number;
  readonly hundredths: number;
  readonly vetoed: boolean;
  readonly sheetId: string | null;
  readonly reason: Buffer;
  readonly scanSha256: string;
  readonly requestedBy: string;
  readonly requestedOn: PlainDate;
  readonly approved: boolean | null;
  readonly note: Buffer | null;
  readonly decidedOn: PlainDate | null;
}

const columns = `id, round_id AS "roundId", household_id AS "householdId", base_version AS "baseVersion", hundredths, vetoed, sheet_id AS "sheetId", reason,
  scan_sha256 AS "scanSha256", requested_by AS "requestedBy", requested_on AS "requestedOn", approved, note, decided_on AS "decidedOn"`;

/** All SQL of corrections. */
export class CorrectionStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `correction.open` while another one of the household is undecided. */
  async insert(correction: Omit<Correction, 'requestedBy' | 'requestedOn' | 'approved' | 'note' | 'decidedOn'>): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO correction (id, round_id, household_id, base_version, hundredths, vetoed, sheet_id, reason, scan_sha256, requested_by, requested_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING 1`,
      [
        correction.id,
        correction.roundId,
        correction.householdId,
        correction.baseVersion,
        correction.hundredths,
        correction.vetoed,
        correction.sheetId,
        correction.reason,
        correction.scanSha256,
        this.tx.actor.principal,
        this.tx.today,
      ],
    );
    if (added.length === 0) throw new Problem('correction.open', { householdId: correction.householdId });
  }

  async get(id: string): Promise<Correction> {
    const [row] = await this.tx.manager.query<Correction[]>(`SELECT ${columns} FROM correction WHERE id = $1`, [id]);
    if (!row) throw new Problem('not-found', { correctionId: id });
    return row;
  }

  async decide(id: string, approved: boolean, note: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE correction SET approved = $2, note = $3, decided_by = $4, decided_on = $5 WHERE id = $1', [id, approved, note, this.tx.actor.principal, this.tx.today]);
  }

  ofRound(roundId: string, hidden: readonly string[]): Promise<Correction[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM correction WHERE round_id = $1 AND NOT household_id = ANY($2) ORDER BY id`, [roundId, hidden]);
  }
}
