import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type DueCase, ReconsiderationStore } from './reconsideration.store';

const pageSize = 1000;

/**
 * 答复期限提醒 — after day 3 whoever must answer is reminded; on day 6 the town supervision group is told, once per case.
 * Works through the due rows themselves, so that a lost, early or repeated ring changes nothing. 三(三)3 [D]
 */
@Injectable()
export class WatchAnswers {
  async remind(tx: Tx): Promise<void> {
    await inPages(
      () => new ReconsiderationStore(tx).remind(pageSize),
      (due) => notify(tx, due, 'answer-reminder', (one) => (one.owner === 'civility' ? 'village-secretary' : 'county-officer')),
    );
  }

  async escalate(tx: Tx): Promise<void> {
    await inPages(
      () => new ReconsiderationStore(tx).escalate(pageSize),
      async (due) => {
        await notify(tx, due, 'answer-overdue', () => 'town-supervisor');
        for (const one of due) await tx.audit.record('reconsideration.escalated', one.id, { divisionCode: one.divisionCode });
      },
    );
  }
}

async function inPages(mark: () => Promise<DueCase[]>, tell: (due: readonly DueCase[]) => Promise<void>): Promise<void> {
  for (let due = await mark(); ; due = await mark()) {
    await tell(due);
    if (due.length < pageSize) return;
  }
}

function notify(tx: Tx, due: readonly DueCase[], template: string, roleOf: (one: DueCase) => string): Promise<void> {
  return tx.outbox.appendAll(
    'notification.requested',
    due.map((one) => ({ owner: 'appeals' as const, template, key: one.id, divisionCode: one.divisionCode, subjectId: null, role: roleOf(one), publicationId: null })),
  );
}
