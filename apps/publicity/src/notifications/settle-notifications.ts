import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { NoticeRules } from '../rules/notice-rules';
import type { NotificationRow } from './notification.row';
import { NotificationStore } from './notification.store';

/** 办结告知 — told once the rule's number of confirmations is there; owners hear of it, because finality waits for it. 三(三)3 */
@Injectable()
export class SettleNotifications {
  constructor(private readonly rules: NoticeRules) {}

  /** Returns how many of these are told now. */
  async told(tx: Tx, rows: readonly NotificationRow[]): Promise<number> {
    const { confirmations } = this.rules.tellingOn(tx.today);
    const enough = await new NotificationStore(tx).toldTimes(rows.map(({ id }) => id), confirmations);
    const told = rows.filter(({ id }) => enough.has(id));
    await this.settle(tx, told, 'told');
    return told.length;
  }

  async settle(tx: Tx, rows: readonly NotificationRow[], outcome: 'told' | 'not-deliverable'): Promise<void> {
    if (rows.length === 0) return;
    await new NotificationStore(tx).settle(rows.map(({ id }) => id), outcome, tx.today);
    await tx.outbox.appendAll(
      'notification.settled',
      rows.flatMap(({ id, owner, publicationId, subjectId, template, key }) => (subjectId === null ? [] : [{ owner, notificationId: id, publicationId, subjectId, outcome, settledOn: tx.today, template, key }])),
    );
  }
}
