import { civilityReads, type InputFault, Problem } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, type Tx } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Deliberation } from './deliberation';
import { recusedMembers, requireComposition, requireQuorum } from './panel';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';

/** What the panel decided, as the one who leads it hands it in. */
export interface Verdict {
  readonly outcome: 'score-kept' | 'score-changed';
  readonly changedHundredths?: number | null | undefined;
  readonly vetoLifted?: boolean | null | undefined;
  readonly mode?: 'consensus' | 'vote' | null | undefined;
  readonly votesFor?: number | null | undefined;
  readonly votesAgainst?: number | null | undefined;
  readonly presentMemberIds?: readonly string[] | null | undefined;
}

/** The decision as it is stored: the score and its version read at this moment, the change, and how it was reached. */
export type Decided = Readonly<Pick<ReconsiderationRow, 'beforeHundredths' | 'changedHundredths' | 'vetoLifted' | 'scoreVersion' | 'decidedBy'>>;

/** 评议得分的复议决定 — a panel that met, was a quorum after withdrawals and voted for it; the score read at this moment. 三(三)3 */
@Injectable()
export class ScoreDecision {
  constructor(
    private readonly peers: InternalClient,
    private readonly deliberation: Deliberation,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async decide(tx: Tx, actor: Actor, reconsideration: ReconsiderationRow, verdict: Verdict): Promise<Decided> {
    if (reconsideration.state !== 'panel-convened') throw new Problem('panel.not-convened', { reconsiderationId: reconsideration.id });
    if (reconsideration.meetingOn !== null && tx.today < reconsideration.meetingOn) throw new Problem('panel.not-convened', { meetingOn: reconsideration.meetingOn });
    const score = await this.peers.one(civilityReads.householdScore, { roundId: reconsideration.ownerKey, householdId: reconsideration.subjectId });
    if (!score) throw new Problem('answer.not-possible', {}, [{ path: 'objectionId', message: '评议中没有这一户的得分，请先与评议经办人核对' }]);
    const present = score.vetoed ? 0 : score.setHundredths;
    const faults = faultsOf(verdict, present, score.vetoed);
    if (faults.length > 0) throw new Problem('answer.not-possible', {}, faults);
    await this.requirePanel(tx, actor, reconsideration, verdict);
    return { beforeHundredths: present, changedHundredths: verdict.changedHundredths ?? null, vetoLifted: verdict.vetoLifted === true, scoreVersion: score.version, decidedBy: modeOf(verdict) };
  }

  /** Who withdraws is asked again: a tie may have become known since the panel was called. */
  private async requirePanel(tx: Tx, actor: Actor, reconsideration: ReconsiderationRow, verdict: Verdict): Promise<void> {
    const concerned = await this.deliberation.concerned(tx, reconsideration);
    this.deliberation.requireNotRecused(actor, concerned);
    const recused = recusedMembers(concerned);
    const cases = new ReconsiderationStore(tx);
    const panel = await cases.panel(reconsideration.id);
    for (const member of panel) {
      const reason = member.memberId === null ? undefined : recused.get(member.memberId);
      if (reason !== undefined) Object.assign(member, { part: 'withdrawn', withdrawal: reason });
    }
    const presentIds = verdict.presentMemberIds ?? panel.map((member) => member.id);
    const unknown = presentIds.filter((id) => !panel.some((member) => member.id === id));
    if (unknown.length > 0) throw new Problem('input.invalid', {}, [{ path: 'presentMemberIds', message: `名单中有未被召集的人员：${unknown.join('、')}` }]);
    const deciding = requireQuorum(this.rules.bodies, panel, presentIds);
    requireComposition(this.rules.bodies, deciding);
    requireVotes(verdict, deciding.length);
    await cases.saveAttendance(panel, presentIds);
  }
}

/** 决定方式 — without votes the panel agreed. */
function modeOf({ mode, votesFor, votesAgainst }: Verdict): 'consensus' | 'vote' {
  return mode ?? (votesFor == null && votesAgainst == null ? 'consensus' : 'vote');
}

/** 协商一致 has no votes; with votes more than half of those deciding were for it. */
function requireVotes(verdict: Verdict, deciding: number): void {
  const { votesFor, votesAgainst } = verdict;
  if (modeOf(verdict) === 'consensus') {
    if (votesFor != null || votesAgainst != null) throw new Problem('input.invalid', {}, [{ path: 'mode', message: '协商一致的不填票数；表决的，决定方式请填 vote' }]);
    return;
  }
  if (votesFor == null || votesAgainst == null) throw new Problem('input.invalid', {}, [{ path: 'votesFor', message: '表决决定的，请填赞成票数和反对票数' }]);
  if (votesFor + votesAgainst > deciding) throw new Problem('input.invalid', { deciding }, [{ path: 'votesFor', message: `表决票数不得多于到会且未回避的 ${deciding} 人` }]);
  if (votesFor * 2 <= deciding) throw new Problem('answer.not-possible', { deciding }, [{ path: 'votesFor', message: `赞成票须超过到会且未回避的 ${deciding} 人的半数` }]);
}

/** What is changed must really change, and only a vetoed score has a veto to lift. */
function faultsOf({ outcome, changedHundredths, vetoLifted }: Verdict, present: number, vetoed: boolean): InputFault[] {
  const faults: InputFault[] = [];
  if (vetoLifted && !vetoed) faults.push({ path: 'vetoLifted', message: '原评分没有一票否决，无需撤销' });
  if (outcome === 'score-kept') {
    if (changedHundredths != null || vetoLifted) faults.push({ path: 'outcome', message: '维持原评分时不填更正后的分数，也不撤销一票否决' });
    return faults;
  }
  if (changedHundredths == null) faults.push({ path: 'changedHundredths', message: '更正评分时须填写更正后的分数' });
  else if (changedHundredths === present) faults.push({ path: 'changedHundredths', message: '更正后的分数与原分数相同，请改填或选择维持原评分' });
  if (vetoed && (changedHundredths ?? 0) > 0 && !vetoLifted) faults.push({ path: 'vetoLifted', message: '原评分因一票否决为零，更正为有分须同时撤销一票否决' });
  return faults;
}
