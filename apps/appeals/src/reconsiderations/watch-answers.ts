import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type DueCase, ReconsiderationStore } from './reconsideration.store';

const pageSize = 1000;

/**
 * 答复期限提醒 — after day 3 whoever must answer is reminded; on day 6 the town supervision group is told, and again on each day
 * until it is answered: the alarm is set anew for the day that has begun. Works through the due rows themselves, so that a lost,
 * early or repeated ring changes nothing, and several missed days ring once with their count. 三(三)3 [D]
 */
@Injectable()
export class WatchAnswers {
  async remind(tx: Tx): Promise<void> {
    await inPages(
      () => new ReconsiderationStore(tx).remind(pageSize),
      (due) => notify(tx, due.map((one) => ({ ...one, template: 'answer-reminder', key: one.id, role: one.owner === 'civility' ? 'village-secretary' : 'county-officer' }))),
    );
  }

  async escalate(tx: Tx): Promise<void> {
    await inPages(
      () => new ReconsiderationStore(tx).escalate(pageSize),
      async (due) => {
        await notify(tx, due.map((one) => ({ ...one, template: 'answer-overdue', key: `${one.id}:${one.daysOverdue}`, role: 'town-supervisor' })));
        await tx.outbox.appendAll('deadline.set', due.map(({ id, deadlineVersion }) => ({ owner: 'appeals', kind: 'answer', key: id, version: deadlineVersion, lastDay: tx.today })));
        for (const { id, divisionCode, daysOverdue } of due) await tx.audit.record('reconsideration.escalated', id, { divisionCode, daysOverdue });
      },
    );
  }
}

async function inPages<T>(take: () => Promise<T[]>, tell: (due: readonly T[]) => Promise<void>): Promise<void> {
  for (let due = await take(); ; due = await take()) {
    await tell(due);
    if (due.length < pageSize) return;
  }
}

type Notice = DueCase & { readonly template: string; readonly key: string; readonly role: string };

function notify(tx: Tx, notices: readonly Notice[]): Promise<void> {
  return tx.outbox.appendAll(
    'notification.requested',
    notices.map(({ template, key, divisionCode, role }) => ({ owner: 'appeals', template, key, divisionCode, subjectId: null, role, publicationId: null })),
  );
}
