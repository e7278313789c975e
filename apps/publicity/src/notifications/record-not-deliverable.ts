import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NoticeRules } from '../rules/notice-rules';
import { requireReason } from './delivery-checks';
import type { DeliveryReceipt } from './record-delivery';
import { NotificationStore } from './notification.store';
import { SettleNotifications } from './settle-notifications';

const recording = z.object({
  notificationId: z.uuid(),
  reason: z.string().max(40),
  witnessName: z.string().trim().min(1, '请填写见证人姓名').max(40, '见证人姓名请控制在 40 字以内'),
  note: z.string().trim().max(500, '说明请控制在 500 字以内').nullish(),
});

export type NotDeliverableInput = z.input<typeof recording> & { readonly requestId: string };

/** 无法告知 — only after enough tries over enough channels, with reason and witness. 三(三)3 [D] */
@Injectable()
export class RecordNotDeliverable {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly rules: NoticeRules,
    private readonly settling: SettleNotifications,
  ) {}

  execute(actor: Actor, request: NotDeliverableInput): Promise<DeliveryReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notification.record-not-deliverable', requestId, body }, async (tx) => {
      const input = recording.parse(body);
      requireReason(this.rules, input.reason);
      const notifications = new NotificationStore(tx);
      const notification = await notifications.lock(input.notificationId);
      actor.require('notification.record', notification.divisionCode);
      if (notification.state !== 'open') throw new Problem('notification.settled', { notificationId: notification.id, state: notification.state });

      const { channels, triesPerChannel } = this.rules.tellingOn(tx.today).notDeliverable;
      const tries = (await notifications.tries(notification.id)).filter(({ outcome }) => outcome === 'failed');
      const exhausted = tries.filter(({ count }) => count >= triesPerChannel).map(({ channel }) => channel);
      if (exhausted.length < channels) {
        throw new Problem('notification.tried-too-little', { channels, triesPerChannel, tries: Object.fromEntries(tries.map(({ channel, count }) => [channel, count])) }, [
          { path: 'notificationId', message: `须至少 ${channels} 种渠道各尝试 ${triesPerChannel} 次仍未告知，方可记为无法告知` },
        ]);
      }
      const id = newId();
      const noteSeal = input.note ? await this.vault.sealFor(tx, notification.subjectId ?? notification.id) : null;
      await notifications.record({
        id,
        notificationId: notification.id,
        channel: exhausted.join('+'),
        outcome: 'not-deliverable',
        happenedOn: tx.today,
        reason: input.reason,
        note: noteSeal && input.note ? noteSeal.seal(input.note, ['delivery', id, 'note']) : null,
        witnessName: (await this.vault.sealFor(tx, id)).seal(input.witnessName, ['delivery', id, 'witness_name']),
        proofSha256: null,
        recordedBy: actor.principal,
      });
      await this.settling.settle(tx, [notification], 'not-deliverable');
      await tx.audit.record('notification.not-deliverable', notification.id, { reason: input.reason, channels: exhausted });
      return { notificationId: notification.id, state: 'not-deliverable' };
    });
  }
}
