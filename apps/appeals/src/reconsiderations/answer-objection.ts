import { Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { appealMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import type { ObjectionRow } from '../objections/objection.row';
import { ObjectionStore } from '../objections/objection.store';
import { type Answering, answering, type AnsweringInput, requireItemsAgree, requireListAnswer } from './answer-input';
import { CaseDesk } from './case-desk';
import { requireHeard } from './hearings';
import { openStates } from './open-states';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';
import { type Decided, ScoreDecision } from './score-decision';

export type AnswerReceipt = Readonly<{ objectionId: string; answerNo: string; outcome: string; answeredOn: string; answerDueOn: string; overdue: boolean }>;

const listDecision: Decided = { beforeHundredths: null, changedHundredths: null, vetoLifted: false, scoreVersion: null, decidedBy: null };

/**
 * 复议答复 — the score is kept or changed, with reasons, for every objection joined in the case. A late answer stays
 * possible and is recorded as late. Civility: by the panel; rating lists: by the county office. 三(三)3；三(六)
 */
@Injectable()
export class AnswerObjection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly scoreDecision: ScoreDecision,
    private readonly desk: CaseDesk,
  ) {}

  execute(actor: Actor, request: AnsweringInput): Promise<AnswerReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'reconsideration.answer', requestId, body }, async (tx) => {
      const input = answering.parse(body);
      const objections = new ObjectionStore(tx);
      const { objection, reconsideration } = await objections.lock(input.objectionId);
      actor.require(`objection.decide-${objection.owner}`, objection.divisionCode);
      if (!reconsideration || objection.state !== 'admitted' || !openStates.includes(reconsideration.state)) {
        throw new Problem('objection.ended', { objectionId: objection.id });
      }
      const standing = await objections.standing(reconsideration.id);
      const decided = await this.decide(tx, actor, reconsideration, input);
      requireHeard(reconsideration, standing, await new ReconsiderationStore(tx).hearings(reconsideration.id));

      const first = standing[0] ?? objection;
      const answerNo = await objections.nextNumber('FY', reconsideration.divisionCode);
      await this.store(tx, reconsideration, input, { ...decided, answerNo, answerObjectionId: first.id });
      await this.tell(tx, reconsideration, first, standing, input.outcome);
      const { answerDueOn } = reconsideration;
      const overdue = tx.today > answerDueOn;
      await tx.audit.record('reconsideration.answered', reconsideration.id, {
        objectionIds: standing.map((one) => one.id),
        answerNo,
        outcome: input.outcome,
        decidedBy: decided.decidedBy,
        scoreVersion: decided.scoreVersion,
        answerDueOn,
        overdue,
      });
      return { objectionId: first.id, answerNo, outcome: input.outcome, answeredOn: tx.today, answerDueOn, overdue };
    });
  }

  private async decide(tx: Tx, actor: Actor, reconsideration: ReconsiderationRow, input: Answering): Promise<Decided> {
    if (reconsideration.owner === 'civility') {
      requireItemsAgree(input);
      return this.scoreDecision.decide(tx, actor, reconsideration, input);
    }
    requireListAnswer(input);
    return listDecision;
  }

  private async store(tx: Tx, { id, state, subjectId }: ReconsiderationRow, input: Answering, decided: Partial<ReconsiderationRow>): Promise<void> {
    const cases = new ReconsiderationStore(tx);
    const seal = await this.vault.sealFor(tx, subjectId);
    await cases.update(id, {
      ...decided,
      state: appealMachine.next(state, 'answer'),
      outcome: input.outcome,
      reasons: seal.seal(input.reasons, ['reconsideration', id, 'reasons']),
      votesFor: input.votesFor ?? null,
      votesAgainst: input.votesAgainst ?? null,
      answeredBy: tx.actor.principal,
      answeredAt: tx.now,
      answeredOn: tx.today,
    });
    await cases.insertItems(id, input.items.map((item) => ({ ...item, reason: seal.seal(item.reason, ['answer_item', `${id}:${item.itemCode}`, 'reason']) })));
  }

  /** One answer for the case: the earliest objection carries it, those joined to it end with it. */
  private async tell(tx: Tx, reconsideration: ReconsiderationRow, first: ObjectionRow, standing: readonly ObjectionRow[], outcome: Answering['outcome']): Promise<void> {
    const { owner, subjectId, divisionCode } = reconsideration;
    await tx.outbox.append('reconsideration.answered', { owner, objectionId: first.id, subjectId, outcome });
    await tx.outbox.appendAll(
      'objection.ended',
      standing.filter((one) => one.id !== first.id).map((one) => ({ owner, objectionId: one.id, subjectId })),
    );
    await tx.outbox.append('publication.requested', { kind: 'publication.reconsideration', owner: 'appeals', key: first.id, divisionCode });
    const households = new Set([subjectId, ...standing.map((one) => one.applicantId)]);
    await tx.outbox.appendAll(
      'notification.requested',
      [...households].map((householdId) => ({
        owner: 'appeals' as const,
        template: 'reconsideration-answered',
        key: first.id,
        divisionCode,
        subjectId: householdId,
        role: null,
        publicationId: null,
      })),
    );
    await this.desk.clearDeadlines(tx, reconsideration.id);
  }
}
