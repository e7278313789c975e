import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type StepState = 'open' | 'done' | 'dropped';

/** 工作方案的一步 of a village's round. */
export interface RoundStep {
  readonly id: string;
  readonly roundId: string;
  readonly villageCode: string;
  readonly title: string;
  /** The role that answers for it. */
  readonly ownerRole: string;
  readonly dueOn: PlainDate;
  readonly plannedOn: PlainDate;
  readonly doneOn: PlainDate | null;
  readonly doneBy: string | null;
  readonly evidenceSha256: string | null;
  readonly finishedOn: PlainDate | null;
  readonly dropReason: Buffer | null;
  readonly droppedOn: PlainDate | null;
  readonly state: StepState;
  readonly overdue: boolean;
}

const state = `CASE WHEN s.dropped_on IS NOT NULL THEN 'dropped' WHEN s.done_on IS NOT NULL THEN 'done' ELSE 'open' END`;
const steps = `SELECT s.id, s.round_id AS "roundId", r.village_code AS "villageCode", s.title, s.owner_role AS "ownerRole", s.due_on AS "dueOn", s.planned_on AS "plannedOn", s.done_on AS "doneOn",
    s.done_by AS "doneBy", s.evidence_sha256 AS "evidenceSha256", s.finished_on AS "finishedOn", s.drop_reason AS "dropReason", s.dropped_on AS "droppedOn", ${state} AS state,
    (${state} = 'open' AND s.due_on < $1::date) AS overdue
  FROM round_step s JOIN round r ON r.id = s.round_id`;

/** All SQL of the steps of rounds. */
export class RoundStepStore {
  constructor(private readonly tx: Tx) {}

  async insert(step: Pick<RoundStep, 'id' | 'roundId' | 'title' | 'ownerRole' | 'dueOn'>): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('INSERT INTO round_step (id, round_id, title, owner_role, due_on, planned_by, planned_on) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      step.id,
      step.roundId,
      step.title,
      step.ownerRole,
      step.dueOn,
      actor.principal,
      today,
    ]);
  }

  /** Problem `round-step.closed` when it is done or dropped. */
  async lockOpen(id: string): Promise<RoundStep> {
    await this.tx.manager.query('SELECT FROM round_step WHERE id = $1 FOR UPDATE', [id]);
    const [row] = await this.tx.manager.query<RoundStep[]>(`${steps} WHERE s.id = $2`, [this.tx.today, id]);
    if (!row) throw new Problem('not-found', { stepId: id });
    if (row.state !== 'open') throw new Problem('round-step.closed', { stepId: id, state: row.state });
    return row;
  }

  async finish(id: string, doneOn: PlainDate, evidenceSha256: string | null): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('UPDATE round_step SET done_on = $2, done_by = $3, evidence_sha256 = $4, finished_on = $5 WHERE id = $1', [id, doneOn, actor.accountId, evidenceSha256, today]);
  }

  async drop(id: string, reason: Buffer): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('UPDATE round_step SET drop_reason = $2, dropped_by = $3, dropped_on = $4 WHERE id = $1', [id, reason, actor.principal, today]);
  }

  /** What is open comes first, the longest due before all; then what is done, and what was dropped. */
  ofRound(roundId: string): Promise<RoundStep[]> {
    return this.tx.manager.query(`${steps} WHERE s.round_id = $2 ORDER BY array_position(ARRAY['open', 'done', 'dropped'], ${state}), s.due_on, s.id`, [this.tx.today, roundId]);
  }
}
