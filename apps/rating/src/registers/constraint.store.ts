import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 约束名单 row: a number, never a name. */
export interface CreditConstraint {
  readonly constraintId: string;
  readonly subjectId: string;
  readonly subjectNo: string;
  readonly villageCode: string;
  readonly legalBasis: string;
  readonly documentSha256: string;
  readonly enteredOn: PlainDate;
  readonly lastDay: PlainDate;
  readonly removedOn: PlainDate | null;
}

const columns = `constraint_id AS "constraintId", subject_id AS "subjectId", subject_no AS "subjectNo", village_code AS "villageCode", legal_basis AS "legalBasis",
  document_sha256 AS "documentSha256", entered_on AS "enteredOn", last_day AS "lastDay", removed_on AS "removedOn"`;

/** All SQL of the register nobody sees in public. */
export class ConstraintStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `constraint.entered` while one of the same basis is in force; one past its last day is closed by the way. */
  async enter(one: Omit<CreditConstraint, 'enteredOn' | 'removedOn'>): Promise<void> {
    const { principal } = this.tx.actor;
    await this.tx.manager.query('UPDATE credit_constraint SET removed_by = $3, removed_on = last_day WHERE subject_id = $1 AND legal_basis = $2 AND removed_on IS NULL AND last_day < $4', [one.subjectId, one.legalBasis, principal, this.tx.today]);
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO credit_constraint (constraint_id, subject_id, subject_no, village_code, legal_basis, document_sha256, last_day, entered_by, entered_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1`,
      [one.constraintId, one.subjectId, one.subjectNo, one.villageCode, one.legalBasis, one.documentSha256, one.lastDay, principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('constraint.entered', { legalBasis: one.legalBasis });
  }

  async lock(constraintId: string): Promise<CreditConstraint> {
    const [row] = await this.tx.manager.query<CreditConstraint[]>(`SELECT ${columns} FROM credit_constraint WHERE constraint_id = $1 FOR UPDATE`, [constraintId]);
    if (!row) throw new Problem('not-found', { constraintId });
    return row;
  }

  async remove(constraintId: string): Promise<void> {
    await this.tx.manager.query('UPDATE credit_constraint SET removed_by = $2, removed_on = $3 WHERE constraint_id = $1', [constraintId, this.tx.actor.principal, this.tx.today]);
  }

  /** In force today: neither removed nor past the last day. */
  page(scopes: readonly string[], after: string | null, limit: number): Promise<CreditConstraint[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM credit_constraint WHERE removed_on IS NULL AND last_day >= $2 AND village_code LIKE ANY($1) AND ($3::uuid IS NULL OR constraint_id < $3::uuid)
       ORDER BY constraint_id DESC LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, after, limit],
    );
  }
}
