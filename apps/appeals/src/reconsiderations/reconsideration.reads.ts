import { type AskedOf, Problem, type RowOf, sharedReads } from '@credit/contracts';
import { Answers, scoreText, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { ReconsiderationRow } from './reconsideration.row';
import { ReconsiderationStore } from './reconsideration.store';

const pageSize = 1000;

/** 公示的结论 — a list shows neither score nor grade, so its outcome shows none either. */
function resultOf(reconsideration: ReconsiderationRow): string {
  if (reconsideration.owner === 'rating') return reconsideration.outcome === 'score-kept' ? '维持原公示结果' : '更正原公示结果，重新评定';
  return reconsideration.outcome === 'score-kept' ? '维持原评分' : `更正为${scoreText(reconsideration.changedHundredths ?? 0)}分`;
}

/** What other services read of reconsiderations: the content of the outcome's publication, and the deadlines held here. */
@Injectable()
export class ReconsiderationReads {
  constructor(private readonly work: UnitOfWork) {}

  @Answers(sharedReads.publicationContent)
  publicationContent(ask: AskedOf<typeof sharedReads.publicationContent>): Promise<RowOf<typeof sharedReads.publicationContent>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const row = await new ReconsiderationStore(tx).byAnswer(ask.key);
      if (!row || row.answeredOn === null) throw new Problem('not-found', { key: ask.key });
      return [
        { heading: { year: row.answeredOn.slice(0, 4), receivedOn: row.receivedOn, answeredOn: row.answeredOn, subjects: '1' } },
        { subjectId: row.subjectId, groupCode: row.groupCode, result: resultOf(row) },
      ];
    });
  }

  @Answers(sharedReads.deadlines)
  async *deadlines(ask: AskedOf<typeof sharedReads.deadlines>): AsyncGenerator<RowOf<typeof sharedReads.deadlines>> {
    let after = ask.after;
    for (;;) {
      const page = await this.work.read(systemActor(), (tx) => new ReconsiderationStore(tx).openDeadlines(after, pageSize));
      for (const row of page) {
        yield { kind: 'answer', key: row.id, version: row.deadlineVersion, lastDay: row.alarmOn };
        yield { kind: 'answer-reminder', key: row.id, version: row.deadlineVersion, lastDay: row.reminderOn };
      }
      if (page.length < pageSize) return;
      after = page.at(-1)?.id;
    }
  }
}
