import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { Grade, PlainDate } from '@credit/policy';

/** 拟降级或撤销 */
export interface VillageChange {
  readonly changeId: string;
  readonly applicationId: string;
  readonly kind: 'downgrade' | 'revoke';
  readonly fromGrade: Grade;
  readonly toGrade: Grade | null;
  readonly reasons: Buffer;
  readonly evidenceSha256: string;
  readonly proposedBy: string;
  readonly proposedOn: PlainDate;
  /** The last day on which the village may object. */
  readonly answerLastDay: PlainDate;
  readonly objection: Buffer | null;
  readonly objectionSha256: string | null;
  readonly objectedOn: PlainDate | null;
  readonly outcome: 'effective' | 'dropped' | null;
  readonly answer: Buffer | null;
  readonly decidedOn: PlainDate | null;
}

const columns = `change_id AS "changeId", application_id AS "applicationId", kind, from_grade AS "fromGrade", to_grade AS "toGrade", reasons, evidence_sha256 AS "evidenceSha256",
  proposed_by AS "proposedBy", proposed_on AS "proposedOn", answer_last_day AS "answerLastDay", objection, objection_sha256 AS "objectionSha256", objected_on AS "objectedOn",
  outcome, answer, decided_on AS "decidedOn"`;

/** All SQL of downgrades and revocations. */
export class VillageChangeStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `village.change-open` while another one of the recognition is undecided. */
  async insert(one: Pick<VillageChange, 'changeId' | 'applicationId' | 'kind' | 'fromGrade' | 'toGrade' | 'reasons' | 'evidenceSha256' | 'answerLastDay'>): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO village_change (change_id, application_id, kind, from_grade, to_grade, reasons, evidence_sha256, answer_last_day, proposed_by, proposed_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING 1`,
      [one.changeId, one.applicationId, one.kind, one.fromGrade, one.toGrade, one.reasons, one.evidenceSha256, one.answerLastDay, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('village.change-open', { applicationId: one.applicationId });
  }

  async lock(changeId: string): Promise<VillageChange> {
    const [row] = await this.tx.manager.query<VillageChange[]>(`SELECT ${columns} FROM village_change WHERE change_id = $1 FOR UPDATE`, [changeId]);
    if (!row) throw new Problem('not-found', { changeId });
    return row;
  }

  of(applicationId: string): Promise<VillageChange[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM village_change WHERE application_id = $1 ORDER BY change_id`, [applicationId]);
  }

  async object(changeId: string, objection: Buffer, scanSha256: string): Promise<void> {
    await this.tx.manager.query('UPDATE village_change SET objection = $2, objection_sha256 = $3, objected_by = $4, objected_on = $5 WHERE change_id = $1', [
      changeId,
      objection,
      scanSha256,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  async decide(changeId: string, outcome: 'effective' | 'dropped', answer: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE village_change SET outcome = $2, answer = $3, decided_by = $4, decided_on = $5 WHERE change_id = $1', [changeId, outcome, answer, this.tx.actor.principal, this.tx.today]);
  }
}
