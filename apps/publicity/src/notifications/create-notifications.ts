import { newId, type Tx } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings';
import { WebhookStore } from '../webhook/webhook.store';
import type { NotificationRow } from './notification.row';
import { NotificationStore } from './notification.store';

export type NewNotification = Omit<NotificationRow, 'id' | 'state' | 'createdOn' | 'settledOn'>;

/**
 * 发出告知 — keeps what is sent in the system's own channel, which is always there, and hands it to the operator's webhook
 * when there is one. Sent is not told: a household counts as told when that has been confirmed. 三(三)3
 */
@Injectable()
export class CreateNotifications {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  async execute(tx: Tx, wanted: readonly NewNotification[]): Promise<void> {
    if (wanted.length === 0) return;
    const rows = wanted.map((one): NotificationRow => ({ ...one, id: newId(), state: 'open', createdOn: tx.today, settledOn: null }));
    const notifications = new NotificationStore(tx);
    await notifications.insertAll(rows);
    await notifications.recordAll(
      rows.map(({ id }) => ({ id: newId(), notificationId: id, channel: 'local', outcome: 'sent', happenedOn: tx.today, reason: null, recordedBy: 'system' })),
    );
    if (this.settings.notificationWebhook) await new WebhookStore(tx).enqueue(rows.map(({ id }) => id));
  }
}
