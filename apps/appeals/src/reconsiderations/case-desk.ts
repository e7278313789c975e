import { type Rules, RULES, type Tx } from '@credit/platform';
import { appealMachine, type PlainDate, type TermKind, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { ContestingRow } from '../objections/objection.row';
import { ObjectionStore } from '../objections/objection.store';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';

type Filed = Pick<ContestingRow, 'id' | 'publicationId' | 'publicationKind' | 'owner' | 'ownerKey' | 'divisionCode' | 'groupCode' | 'subjectId'>;

/** 立案 — where an admitted objection meets its reconsideration: it opens one, joins the open one, or leaves it again. */
@Injectable()
export class CaseDesk {
  constructor(@Inject(RULES) private readonly rules: Rules) {}

  /** The answer is due in 5 days from the day after this day; joined objections are due from the earliest. 三(三)3 */
  async admit(tx: Tx, objection: Filed, countedFrom: PlainDate): Promise<ReconsiderationRow> {
    const { terms, calendar } = this.rules;
    const cases = new ReconsiderationStore(tx);
    const lastDayOf = (kind: TermKind): string => windowOf(terms, kind, countedFrom, { calendar }).lastDay;
    const days = { receivedOn: countedFrom, answerDueOn: lastDayOf(objection.owner === 'civility' ? 'answer' : 'list-answer'), reminderOn: lastDayOf('answer-reminder') };
    const { publicationId, publicationKind, owner, ownerKey, divisionCode, groupCode, subjectId } = objection;
    const { row, isNew } = await cases.openOrJoin({ publicationId, publicationKind, owner, ownerKey, divisionCode, groupCode, subjectId, ...days });
    const isEarlier = !isNew && days.answerDueOn < row.answerDueOn;
    if (isEarlier) {
      const alarmOn = row.escalatedAt === null ? days.answerDueOn : row.alarmOn;
      await cases.update(row.id, Object.assign(row, days, { alarmOn, deadlineVersion: row.deadlineVersion + 1 }));
    }
    await tx.outbox.append('objection.received', { owner, objectionId: objection.id, publicationId, subjectId, receivedOn: countedFrom, answerDueOn: row.answerDueOn });
    if (isNew || isEarlier) {
      await tx.outbox.appendAll('deadline.set', [
        { owner: 'appeals', kind: 'answer', key: row.id, version: row.deadlineVersion, lastDay: row.alarmOn },
        { owner: 'appeals', kind: 'answer-reminder', key: row.id, version: row.deadlineVersion, lastDay: row.reminderOn },
      ]);
    }
    return row;
  }

  /** 异议终止 — refused or taken back; a reconsideration that nobody asks for any more ends with it. */
  async leave(tx: Tx, objection: ContestingRow, reconsideration: ReconsiderationRow, command: 'refuse' | 'withdraw'): Promise<void> {
    const state = appealMachine.next(reconsideration.state, command);
    await tx.outbox.append('objection.ended', { owner: objection.owner, objectionId: objection.id, subjectId: objection.subjectId });
    const standing = await new ObjectionStore(tx).standing(reconsideration.id);
    if (standing.length > 0) return;
    await new ReconsiderationStore(tx).update(reconsideration.id, { state });
    await this.clearDeadlines(tx, reconsideration.id);
  }

  clearDeadlines(tx: Tx, reconsiderationId: string): Promise<void> {
    return tx.outbox.appendAll('deadline.cleared', [
      { owner: 'appeals', kind: 'answer', key: reconsiderationId },
      { owner: 'appeals', kind: 'answer-reminder', key: reconsiderationId },
    ]);
  }
}
