import { Problem } from '@credit/contracts';
import { newId, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { requireReason } from '../notifications/delivery-checks';
import { NotificationStore } from '../notifications/notification.store';
import { NoticeRules } from '../rules/notice-rules';
import { SETTINGS, type Settings } from '../settings';
import { type Receipt, ReceiptStore } from './receipt.store';
import { isSigned } from './signature';
import { WebhookStore } from './webhook.store';

const defaultReason = 'unreachable';
const body = z.object({
  receipts: z
    .array(z.object({ notificationId: z.uuid(), attempt: z.int().positive(), outcome: z.enum(['delivered', 'failed']), reason: z.string().max(40).nullish() }))
    .min(1, '请至少填写一条回执')
    .max(500, '一次最多 500 条回执'),
});

export interface ReceiptsTaken {
  /** Receipts that were news. */
  readonly taken: number;
  /** Repeats, and receipts for what was never sent. */
  readonly ignored: number;
}

/**
 * 运营方回执 — what became of each message handed over: signed by the operator, taken once per notification and attempt.
 * Delivered to a telephone is not told; failed counts as a try of this channel and is tried again as often as the rule asks. 三(三)3 [D]
 */
@Injectable()
export class ReceiveReceipts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NoticeRules,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Problem `receipt.unsigned` for a body that the operator did not sign just now. */
  execute(rawBody: string, signature: string | undefined): Promise<ReceiptsTaken> {
    const webhook = this.settings.notificationWebhook;
    if (!webhook || !isSigned(webhook.secret, signature, rawBody, Math.floor(Date.now() / 1000))) throw new Problem('receipt.unsigned');
    const { receipts } = body.parse(JSON.parse(rawBody));
    for (const { reason } of receipts) if (reason != null) requireReason(this.rules, reason);
    return this.work.run(systemActor(), async (tx) => {
      const news = await new ReceiptStore(tx).note(receipts.map((one) => ({ ...one, reason: one.outcome === 'failed' ? (one.reason ?? defaultReason) : null })));
      await this.record(tx, news);
      await this.sendAgain(tx, news, webhook.retrySeconds);
      return { taken: news.length, ignored: receipts.length - news.length };
    });
  }

  private async record(tx: Tx, receipts: readonly Receipt[]): Promise<void> {
    if (receipts.length === 0) return;
    await new NotificationStore(tx).recordAll(
      receipts.map(({ notificationId, outcome, reason }) => ({ id: newId(), notificationId, channel: 'webhook', outcome, happenedOn: tx.today, reason, recordedBy: 'operator' })),
    );
    const failed = receipts.filter(({ outcome }) => outcome === 'failed').length;
    await tx.audit.record('notification.receipts', 'webhook', { delivered: receipts.length - failed, failed });
  }

  private async sendAgain(tx: Tx, receipts: readonly Receipt[], waitSeconds: number): Promise<void> {
    const { triesPerChannel } = this.rules.tellingOn(tx.today).notDeliverable;
    const again = receipts.filter(({ outcome, attempt }) => outcome === 'failed' && attempt < triesPerChannel);
    await new WebhookStore(tx).attemptAgain(again.map(({ notificationId, attempt }) => ({ id: notificationId, attempt })), waitSeconds);
  }
}
