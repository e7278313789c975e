import { civilityReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { appeal } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ObjectionRow } from '../objections/objection.row';
import { ObjectionStore } from '../objections/objection.store';
import { CaseDesk } from './case-desk';
import { requireQuorum } from './convene-panel';
import { Deliberation } from './deliberation';
import { openStates } from './open-states';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';

const answering = z.object({
  objectionId: z.uuid(),
  outcome: z.enum(['score-kept', 'score-changed']),
  changedHundredths: z.int().min(0).max(10_000, '评议得分须在 0 至 100 分之间').nullish(),
  vetoLifted: z.boolean().nullish(),
  reasons: z.string().trim().min(4, '请写明答复理由').max(4000, '答复理由请控制在 4000 字以内'),
  votesFor: z.int().nonnegative().nullish(),
  votesAgainst: z.int().nonnegative().nullish(),
  presentMemberIds: z.array(z.uuid()).max(60).nullish(),
});

type Answering = z.output<typeof answering>;
export type AnsweringInput = z.input<typeof answering> & { readonly requestId: string };

export type AnswerReceipt = Readonly<{ objectionId: string; outcome: string; answeredOn: string; answerDueOn: string; overdue: boolean }>;

/**
 * 复议答复 — the score is kept or changed, with reasons, for every objection joined in the case. Late answers stay possible
 * and are recorded as late. A civility score is read again at this moment and its version kept. 三(三)3；三(六)
 */
@Injectable()
export class AnswerObjection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly vault: Vault,
    private readonly deliberation: Deliberation,
    private readonly desk: CaseDesk,
    @Inject(RULES) private readonly rules: Rules,
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
      const state = appeal.next(reconsideration.state, objection.owner === 'civility' ? 'answer' : 'answer-list');
      const standing = await objections.standing(reconsideration.id);
      const decision = objection.owner === 'civility' ? await this.decideScore(tx, actor, reconsideration, standing, input) : await this.decideList(tx, reconsideration, standing, input);

      const first = standing[0] ?? objection;
      const seal = await this.vault.sealFor(tx, reconsideration.subjectId);
      await new ReconsiderationStore(tx).update(reconsideration.id, {
        ...decision,
        state,
        outcome: input.outcome,
        reasons: seal.seal(input.reasons, ['reconsideration', reconsideration.id, 'reasons']),
        votesFor: input.votesFor ?? null,
        votesAgainst: input.votesAgainst ?? null,
        answeredBy: actor.principal,
        answeredAt: tx.now,
        answeredOn: tx.today,
        answerObjectionId: first.id,
      });
      const overdue = tx.today > reconsideration.answerDueOn;
      await this.tell(tx, reconsideration, first, standing, input.outcome);
      await tx.audit.record('reconsideration.answered', reconsideration.id, {
        objectionIds: standing.map((one) => one.id),
        outcome: input.outcome,
        scoreVersion: decision.scoreVersion,
        answerDueOn: reconsideration.answerDueOn,
        overdue,
      });
      return { objectionId: first.id, outcome: input.outcome, answeredOn: tx.today, answerDueOn: reconsideration.answerDueOn, overdue };
    });
  }

  private async decideScore(tx: Tx, actor: Actor, reconsideration: ReconsiderationRow, standing: readonly ObjectionRow[], input: Answering) {
    const concerned = await this.deliberation.concerned(tx, reconsideration);
    this.deliberation.requireNotRecused(actor, concerned);
    const score = await this.peers.one(civilityReads.householdScore, { roundId: reconsideration.ownerKey, householdId: reconsideration.subjectId });
    if (!score) throw new Problem('answer.not-possible', { reconsiderationId: reconsideration.id }, [{ path: 'objectionId', message: '评议中没有这一户的得分，请先与评议经办人核对' }]);
    const present = score.vetoed ? 0 : score.setHundredths;
    const changed = input.outcome === 'score-changed' ? (input.changedHundredths ?? null) : null;
    requireConsistent(input, present, score.vetoed);
    await this.requireHeard(tx, reconsideration, standing, changed !== null && changed < present);
    await this.requirePanel(tx, concerned, reconsideration, input);
    return { changedHundredths: changed, vetoLifted: input.vetoLifted === true, scoreVersion: score.version };
  }

  private async decideList(tx: Tx, reconsideration: ReconsiderationRow, standing: readonly ObjectionRow[], input: Answering) {
    if (input.changedHundredths != null || input.vetoLifted) {
      throw new Problem('answer.not-possible', { reconsiderationId: reconsideration.id }, [{ path: 'changedHundredths', message: '评定名单的异议不直接填分数；答复更正后由系统重新评定' }]);
    }
    await this.requireHeard(tx, reconsideration, standing, false);
    return { changedHundredths: null, vetoLifted: false, scoreVersion: null };
  }

  /** A household whose score may fall is heard first: the change lowers it, or somebody else objected to it. 三(三)3 [D] */
  private async requireHeard(tx: Tx, reconsideration: ReconsiderationRow, standing: readonly ObjectionRow[], falls: boolean): Promise<void> {
    if (!falls && !standing.some((objection) => objection.applicantId !== objection.subjectId)) return;
    const hearings = await new ReconsiderationStore(tx).hearings(reconsideration.id);
    if (!hearings.some((hearing) => hearing.householdId === reconsideration.subjectId)) throw new Problem('panel.not-heard', { reconsiderationId: reconsideration.id });
  }

  /** Those really present at the decision are a quorum, and the votes are theirs. Without a list everybody called was there. */
  private async requirePanel(tx: Tx, concerned: Parameters<typeof requireQuorum>[1], reconsideration: ReconsiderationRow, input: Answering): Promise<void> {
    if (reconsideration.meetingOn !== null && tx.today < reconsideration.meetingOn) {
      throw new Problem('answer.not-possible', { meetingOn: reconsideration.meetingOn }, [{ path: 'objectionId', message: `复议会议定于 ${reconsideration.meetingOn}，会后方可答复` }]);
    }
    const cases = new ReconsiderationStore(tx);
    const panel = await cases.panel(reconsideration.id);
    const mustWithdraw = new Set(concerned.deliberators.filter((row) => row.mustWithdraw).map((row) => row.memberId));
    const able = panel.filter((member) => member.part === 'decides' && !(member.memberId && mustWithdraw.has(member.memberId)));
    const presentIds = input.presentMemberIds ?? able.map((member) => member.id);
    const unknown = presentIds.filter((id) => !panel.some((member) => member.id === id));
    if (unknown.length > 0) throw new Problem('input.invalid', {}, [{ path: 'presentMemberIds', message: `名单中有未被召集的人员：${unknown.join('、')}` }]);
    const deciding = able.filter((member) => presentIds.includes(member.id));
    requireQuorum(this.rules, concerned, deciding);
    if (input.votesFor != null || input.votesAgainst != null) {
      const votesFor = input.votesFor ?? 0;
      const votesAgainst = input.votesAgainst ?? 0;
      if (votesFor + votesAgainst > deciding.length) throw new Problem('input.invalid', {}, [{ path: 'votesFor', message: `表决票数不得多于到会且未回避的 ${deciding.length} 人` }]);
      if (votesFor <= votesAgainst) throw new Problem('answer.not-possible', { votesFor, votesAgainst }, [{ path: 'votesFor', message: '赞成票未过半数，不能作出这一答复' }]);
    }
    await cases.markPresent(reconsideration.id, presentIds);
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

/** What is changed must really change, and only a vetoed score has a veto to lift. */
function requireConsistent(input: Answering, present: number, vetoed: boolean): void {
  const faults = [];
  if (input.outcome === 'score-kept' && (input.changedHundredths != null || input.vetoLifted)) {
    faults.push({ path: 'outcome', message: '维持原评分时不填更正后的分数，也不撤销一票否决' });
  }
  if (input.outcome === 'score-changed') {
    if (input.changedHundredths == null) faults.push({ path: 'changedHundredths', message: '更正评分时须填写更正后的分数' });
    else if (input.changedHundredths === present) faults.push({ path: 'changedHundredths', message: '更正后的分数与原分数相同，请改填或选择维持原评分' });
    if (vetoed && (input.changedHundredths ?? 0) > 0 && !input.vetoLifted) faults.push({ path: 'vetoLifted', message: '原评分因一票否决为零，更正为有分须同时撤销一票否决' });
  }
  if (input.vetoLifted && !vetoed) faults.push({ path: 'vetoLifted', message: '原评分没有一票否决，无需撤销' });
  if (faults.length > 0) throw new Problem('answer.not-possible', {}, faults);
}
