import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 监督发现 about the process of a group, or of the whole round. */
export interface Finding {
  readonly id: string;
  readonly roundId: string;
  readonly groupCode: string | null;
  readonly kind: string;
  readonly note: Buffer;
  readonly recordedOn: PlainDate;
  readonly settlement: Buffer | null;
  readonly settledOn: PlainDate | null;
}

const columns = `id, round_id AS "roundId", group_code AS "groupCode", kind, note, recorded_on AS "recordedOn", settlement, settled_on AS "settledOn"`;

/** All SQL of findings. */
export class FindingStore {
  constructor(private readonly tx: Tx) {}

  async insert(finding: Pick<Finding, 'id' | 'roundId' | 'groupCode' | 'kind' | 'note'>): Promise<void> {
    await this.tx.manager.query('INSERT INTO finding (id, round_id, group_code, kind, note, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      finding.id,
      finding.roundId,
      finding.groupCode,
      finding.kind,
      finding.note,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  async lock(id: string): Promise<Finding> {
    const [row] = await this.tx.manager.query<Finding[]>(`SELECT ${columns} FROM finding WHERE id = $1 FOR UPDATE`, [id]);
    if (!row) throw new Problem('not-found', { findingId: id });
    return row;
  }

  async settle(id: string, settlement: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE finding SET settlement = $2, settled_by = $3, settled_on = $4 WHERE id = $1', [id, settlement, this.tx.actor.principal, this.tx.today]);
  }

  list(roundId: string): Promise<Finding[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM finding WHERE round_id = $1 ORDER BY id`, [roundId]);
  }
}
