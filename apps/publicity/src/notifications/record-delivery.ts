import { Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NoticeRules } from '../rules/notice-rules';
import { requireChannel, requireReason, requireTryDay, sheetSha256 } from './delivery-checks';
import type { NotificationRow } from './notification.row';
import { NotificationStore } from './notification.store';
import { SettleNotifications } from './settle-notifications';

const recording = z
  .object({
    notificationId: z.uuid(),
    channel: z.string().max(40),
    outcome: z.enum(['told', 'failed']),
    happenedOn: z.string().transform(plainDate).nullish(),
    reason: z.string().max(40).nullish(),
    signedSheetSha256: sheetSha256,
    note: z.string().trim().max(500, '说明请控制在 500 字以内').nullish(),
  })
  .refine(({ outcome, reason }) => outcome === 'told' || reason != null, { path: ['reason'], message: '未告知成功的，请选择原因' });

export type DeliveryInput = z.input<typeof recording> & { readonly requestId: string };
export type DeliveryReceipt = Readonly<{ notificationId: string; state: string }>;

/** 登记告知结果 — one try over one channel. 三(三)3 */
@Injectable()
export class RecordDelivery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly rules: NoticeRules,
    private readonly settling: SettleNotifications,
  ) {}

  execute(actor: Actor, request: DeliveryInput): Promise<DeliveryReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notification.record', requestId, body }, async (tx) => {
      const input = recording.parse(body);
      requireChannel(this.rules, input.channel, 'staff');
      if (input.reason != null) requireReason(this.rules, input.reason);
      const notification = await new NotificationStore(tx).lock(input.notificationId);
      actor.require('notification.record', notification.divisionCode);
      return this.record(tx, notification, input);
    });
  }

  /** 确认知晓 — by the household itself, or by somebody who holds the post that was told. */
  acknowledge(actor: Actor, request: { readonly requestId: string; readonly notificationId: string }): Promise<DeliveryReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notification.acknowledge', requestId, body }, async (tx) => {
      const { notificationId } = z.object({ notificationId: z.uuid() }).parse(body);
      const notification = await new NotificationStore(tx).lock(notificationId);
      if (!isToldOf(actor, notification)) throw new Problem('not-found', { notificationId });
      return this.record(tx, notification, { notificationId, channel: 'local', outcome: 'told' });
    });
  }

  private async record(tx: Tx, notification: NotificationRow, input: z.output<typeof recording>): Promise<DeliveryReceipt> {
    if (notification.state !== 'open') throw new Problem('notification.settled', { notificationId: notification.id, state: notification.state });
    const happenedOn = input.happenedOn ?? tx.today;
    requireTryDay(happenedOn, notification.createdOn, tx.today);
    const id = newId();
    const note = input.note ? (await this.vault.sealFor(tx, notification.subjectId ?? notification.id)).seal(input.note, ['delivery', id, 'note']) : null;
    await new NotificationStore(tx).record({
      id,
      notificationId: notification.id,
      channel: input.channel,
      outcome: input.outcome,
      happenedOn,
      reason: input.reason ?? null,
      note,
      witnessName: null,
      proofSha256: input.signedSheetSha256 ?? null,
      recordedBy: tx.actor.principal,
    });
    await tx.audit.record('notification.tried', notification.id, { channel: input.channel, outcome: input.outcome, happenedOn });
    const told = await this.settling.told(tx, [notification]);
    return { notificationId: notification.id, state: told > 0 ? 'told' : 'open' };
  }
}

function isToldOf(actor: Actor, notification: NotificationRow): boolean {
  if (actor.villager) return notification.subjectId === actor.villager.householdId;
  return notification.role !== null && actor.holds(notification.role, notification.divisionCode);
}
