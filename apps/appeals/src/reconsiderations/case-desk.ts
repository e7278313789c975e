import { type Rules, RULES, type Tx } from '@credit/platform';
import { appealMachine, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { ObjectionRow } from '../objections/objection.row';
import { ObjectionStore } from '../objections/objection.store';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';

type Filed = Pick<ObjectionRow, 'id' | 'publicationId' | 'publicationKind' | 'owner' | 'ownerKey' | 'divisionCode' | 'groupCode' | 'subjectId'>;

/** 立案 — where an admitted objection meets its reconsideration: it opens one, joins the open one, or leaves it again. */
@Injectable()
export class CaseDesk {
  constructor(@Inject(RULES) private readonly rules: Rules) {}

  /** The answer is due in 5 days from the day after receipt; joined objections are due from the earliest. 三(三)3 */
  async admit(tx: Tx, objection: Filed): Promise<ReconsiderationRow> {
    const { terms, calendar } = this.rules;
    const cases = new ReconsiderationStore(tx);
    const answerKind = objection.owner === 'civility' ? 'answer' : 'list-answer';
    const { row, isNew } = await cases.openOrJoin({
      publicationId: objection.publicationId,
      publicationKind: objection.publicationKind,
      owner: objection.owner,
      ownerKey: objection.ownerKey,
      divisionCode: objection.divisionCode,
      groupCode: objection.groupCode,
      subjectId: objection.subjectId,
      receivedOn: tx.today,
      answerDueOn: windowOf(terms, answerKind, tx.today, { calendar }).lastDay,
      reminderOn: windowOf(terms, 'answer-reminder', tx.today, { calendar }).lastDay,
    });
    await tx.outbox.append('objection.received', {
      owner: row.owner,
      objectionId: objection.id,
      publicationId: row.publicationId,
      subjectId: row.subjectId,
      receivedOn: tx.today,
      answerDueOn: row.answerDueOn,
    });
    if (isNew) {
      await tx.outbox.appendAll('deadline.set', [
        { owner: 'appeals', kind: 'answer', key: row.id, version: 1, lastDay: row.answerDueOn },
        { owner: 'appeals', kind: 'answer-reminder', key: row.id, version: 1, lastDay: row.reminderOn },
      ]);
    }
    return row;
  }

  /** 异议终止 — refused or taken back; a reconsideration that nobody asks for any more ends with it. */
  async leave(tx: Tx, objection: ObjectionRow, reconsideration: ReconsiderationRow): Promise<void> {
    await tx.outbox.append('objection.ended', { owner: objection.owner, objectionId: objection.id, subjectId: objection.subjectId });
    const standing = await new ObjectionStore(tx).standing(reconsideration.id);
    if (standing.length > 0) return;
    await new ReconsiderationStore(tx).update(reconsideration.id, { state: appealMachine.next(reconsideration.state, 'withdraw') });
    await this.clearDeadlines(tx, reconsideration.id);
  }

  clearDeadlines(tx: Tx, reconsiderationId: string): Promise<void> {
    return tx.outbox.appendAll('deadline.cleared', [
      { owner: 'appeals', kind: 'answer', key: reconsiderationId },
      { owner: 'appeals', kind: 'answer-reminder', key: reconsiderationId },
    ]);
  }
}
