import { Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { appealMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ObjectionRow } from '../objections/objection.row';
import { ObjectionStore } from '../objections/objection.store';
import { CaseDesk } from './case-desk';
import { openStates } from './open-states';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';
import { type Decided, ScoreDecision } from './score-decision';

const answering = z.object({
  objectionId: z.uuid(),
  outcome: z.enum(['score-kept', 'score-changed']),
  changedHundredths: z.int().min(0, '评议得分须在 0 至 100 分之间').max(10_000, '评议得分须在 0 至 100 分之间').nullish(),
  vetoLifted: z.boolean().nullish(),
  reasons: z.string().trim().min(4, '请写明答复理由').max(4000, '答复理由请控制在 4000 字以内'),
  votesFor: z.int().nonnegative().nullish(),
  votesAgainst: z.int().nonnegative().nullish(),
  presentMemberIds: z.array(z.uuid()).max(200).nullish(),
});

type Answering = z.output<typeof answering>;
export type AnsweringInput = z.input<typeof answering> & { readonly requestId: string };

export type AnswerReceipt = Readonly<{ objectionId: string; outcome: string; answeredOn: string; answerDueOn: string; overdue: boolean }>;

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
      const { falls, ...decided } = objection.owner === 'civility' ? await this.scoreDecision.decide(tx, actor, reconsideration, input) : decideList(input);
      await requireHeard(tx, reconsideration, falls || standing.some((one) => one.applicantId !== one.subjectId));

      const first = standing[0] ?? objection;
      const seal = await this.vault.sealFor(tx, reconsideration.subjectId);
      await new ReconsiderationStore(tx).update(reconsideration.id, {
        ...decided,
        state: appealMachine.next(reconsideration.state, 'answer'),
        outcome: input.outcome,
        reasons: seal.seal(input.reasons, ['reconsideration', reconsideration.id, 'reasons']),
        votesFor: input.votesFor ?? null,
        votesAgainst: input.votesAgainst ?? null,
        answeredBy: actor.principal,
        answeredAt: tx.now,
        answeredOn: tx.today,
        answerObjectionId: first.id,
      });
      const { answerDueOn } = reconsideration;
      const overdue = tx.today > answerDueOn;
      await this.tell(tx, reconsideration, first, standing, input.outcome);
      await tx.audit.record('reconsideration.answered', reconsideration.id, {
        objectionIds: standing.map((one) => one.id),
        outcome: input.outcome,
        scoreVersion: decided.scoreVersion,
        answerDueOn,
        overdue,
      });
      return { objectionId: first.id, outcome: input.outcome, answeredOn: tx.today, answerDueOn, overdue };
    });
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

/** A list names no score: corrected, the subject is rated again. */
function decideList(input: Answering): Decided {
  if (input.changedHundredths != null || input.vetoLifted) {
    throw new Problem('answer.not-possible', {}, [{ path: 'changedHundredths', message: '评定名单的异议不直接填分数；答复更正后由系统重新评定' }]);
  }
  return { changedHundredths: null, vetoLifted: false, scoreVersion: null, falls: false };
}

/** A household whose score may fall is heard first: the change lowers it, or somebody else objected to it. 三(三)3 [D] */
async function requireHeard(tx: Tx, reconsideration: ReconsiderationRow, mayFall: boolean): Promise<void> {
  if (!mayFall) return;
  const hearings = await new ReconsiderationStore(tx).hearings(reconsideration.id);
  if (!hearings.some((hearing) => hearing.householdId === reconsideration.subjectId)) throw new Problem('panel.not-heard', { reconsiderationId: reconsideration.id });
}
