import { LOGGER, type Logger, newId, systemActor, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { NotificationStore } from '../notifications/notification.store';
import { SETTINGS, type Settings, type WebhookSettings } from '../settings';
import { ReceiptStore } from './receipt.store';
import { signature } from './signature';
import { type WaitingNotification, WebhookStore } from './webhook.store';

const batchSize = 50;
const leaseMarginSeconds = 30;

/**
 * 对外转发 — hands notifications to the operator's address, signed. At least once: the receiver tells repeats by id and attempt.
 * What the address never takes counts as a failed try of this channel.
 */
@Injectable()
export class SendWebhook {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Sends what is due; returns how many notifications were handed over or given up. */
  async execute(): Promise<number> {
    const webhook = this.settings.notificationWebhook;
    if (!webhook) return 0;
    await this.work.run(systemActor(), (tx) => new WebhookStore(tx).dropSettled());
    let ended = 0;
    for (;;) {
      const batch = await this.work.run(systemActor(), (tx) => new WebhookStore(tx).lease(batchSize, webhook.timeoutSeconds + leaseMarginSeconds));
      if (batch.length === 0) return ended;
      const accepted = await this.post(webhook, batch);
      ended += accepted ? await this.end(batch, 'sent') : await this.failed(webhook, batch);
    }
  }

  private async post(webhook: WebhookSettings, batch: readonly WaitingNotification[]): Promise<boolean> {
    const body = JSON.stringify({ notifications: batch.map(({ tries: _tries, ...shown }) => shown) });
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-credit-signature': signature(webhook.secret, Math.floor(Date.now() / 1000), body) },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(webhook.timeoutSeconds * 1000),
      });
      await response.body?.cancel();
      if (!response.ok) this.log.warn({ status: response.status, notifications: batch.length }, 'webhook refused');
      return response.ok;
    } catch (error) {
      this.log.warn({ reason: error instanceof Error ? error.name : 'unknown', notifications: batch.length }, 'webhook not reached');
      return false;
    }
  }

  private async failed(webhook: WebhookSettings, batch: readonly WaitingNotification[]): Promise<number> {
    const again = batch.filter(({ tries }) => tries < webhook.tries).map(({ id, attempt, tries }) => ({ id, attempt, seconds: webhook.retrySeconds * 2 ** (tries - 1) }));
    await this.work.run(systemActor(), (tx) => new WebhookStore(tx).tryAgain(again));
    return this.end(batch.filter(({ tries }) => tries >= webhook.tries), 'failed');
  }

  private async end(batch: readonly WaitingNotification[], outcome: 'sent' | 'failed'): Promise<number> {
    if (batch.length === 0) return 0;
    await this.work.run(systemActor(), async (tx) => {
      await new WebhookStore(tx).end(batch);
      if (outcome === 'failed') await new ReceiptStore(tx).noteGivenUp(batch);
      await new NotificationStore(tx).recordAll(
        batch.map(({ id }) => ({ id: newId(), notificationId: id, channel: 'webhook', outcome, happenedOn: tx.today, reason: outcome === 'failed' ? 'unreachable' : null, recordedBy: 'system' })),
      );
    });
    return batch.length;
  }
}
