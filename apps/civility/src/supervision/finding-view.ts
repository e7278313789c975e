import { type Actor, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import type { Signal } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { shownSignal } from '../signals/shown-signal';
import { type Answer, AnswerStore } from './answer.store';
import type { Finding } from './finding.store';
import type { FindingAnswerType, FindingType } from './finding.types';
import { raisedSignal } from './raised-signal';

/**
 * 监督发现 as its reader may see it: words and answers to all who watch the process; the figures of a signal only to those who may see
 * scores, and none that single out households of a group in which the reader must withdraw from one. 三(三)2 [D]
 */
@Injectable()
export class FindingView {
  constructor(private readonly vault: Vault) {}

  async of(tx: Tx, actor: Actor, findings: readonly Finding[]): Promise<FindingType[]> {
    const ids = findings.map(({ id }) => id);
    const [answers, seals] = [await new AnswerStore(tx).of(ids), await this.vault.existing(tx, ids)];
    const hidden = new Set(await new TieStore(tx).hiddenFrom(actor.accountId));
    const hiddenGroups = await new RoundStore(tx).groupsOf([...hidden]);
    const maySee = ({ groupCode, householdIds }: Signal): boolean => householdIds.length === 0 || (!hiddenGroups.has(groupCode) && !householdIds.some((id) => hidden.has(id)));
    return findings.map(({ note, signal, settlement, answered, ...finding }) => {
      const seal = seals.get(finding.id);
      const raised = actor.may('signal.read', finding.villageCode) || actor.may('score.list', finding.villageCode) ? raisedSignal({ id: finding.id, signal }, seal) : null;
      return {
        ...finding,
        state: finding.settledOn !== null ? 'settled' : answered ? 'answered' : 'unanswered',
        note: seal ? seal.open(note, ['finding', finding.id, 'note']) : null,
        signal: raised && maySee(raised) ? shownSignal(raised) : null,
        overdue: finding.settledOn === null && !answered && finding.answerDueOn !== null && tx.today > finding.answerDueOn,
        answers: answers.filter(({ findingId }) => findingId === finding.id).map((answer) => shownAnswer(answer, seal)),
        settlement: seal && settlement ? seal.open(settlement, ['finding', finding.id, 'settlement']) : null,
      };
    });
  }
}

function shownAnswer({ id, answer, answeredOn, returnReason, returnedOn }: Answer, seal: PersonalSeal | undefined): FindingAnswerType {
  return {
    answer: seal ? seal.open(answer, ['finding_answer', id, 'answer']) : null,
    answeredOn,
    returnReason: seal && returnReason ? seal.open(returnReason, ['finding_answer', id, 'return_reason']) : null,
    returnedOn,
  };
}
