import { appealsReads, type AskedOf, type RowOf } from '@credit/contracts';
import { Answers, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ReconsiderationStore } from '../reconsiderations/reconsideration.store';
import { ObjectionListStore } from './objection-list.store';

/** What civility, rating and exchange read of objections at the moment they decide. */
@Injectable()
export class ObjectionReads {
  constructor(private readonly work: UnitOfWork) {}

  @Answers(appealsReads.openObjections)
  openObjections(ask: AskedOf<typeof appealsReads.openObjections>): Promise<RowOf<typeof appealsReads.openObjections>[]> {
    return this.work.read(systemActor(), (tx) => new ObjectionListStore(tx).openOf(ask.owner, ask.subjectIds));
  }

  @Answers(appealsReads.changedAnswers)
  changedAnswers({ owner, subjectIds }: AskedOf<typeof appealsReads.changedAnswers>): Promise<RowOf<typeof appealsReads.changedAnswers>[]> {
    return this.work.read(systemActor(), (tx) => new ReconsiderationStore(tx).changed(owner, subjectIds));
  }

  @Answers(appealsReads.answer)
  answer(ask: AskedOf<typeof appealsReads.answer>): Promise<RowOf<typeof appealsReads.answer>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const row = await new ReconsiderationStore(tx).byAnswer(ask.objectionId);
      if (!row?.outcome || row.answeredOn === null) return [];
      return [
        {
          objectionId: ask.objectionId,
          subjectId: row.subjectId,
          publicationId: row.publicationId,
          key: row.ownerKey,
          outcome: row.outcome,
          changedHundredths: row.changedHundredths,
          vetoLifted: row.vetoLifted,
          answeredOn: row.answeredOn,
        },
      ];
    });
  }
}
