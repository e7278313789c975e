import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PublicationListStore } from '../publications/publication-list.store';
import { NoticeRules } from '../rules/notice-rules';
import { requireChannel, requireReason, requireTryDay } from './delivery-checks';
import { NotificationStore } from './notification.store';
import { SettleNotifications } from './settle-notifications';

const recording = z.object({
  publicationId: z.uuid(),
  groupCode: z.string().regex(/^\d{12}(\d{2})?$/, '请填写村民组代码'),
  channel: z.string().max(40),
  happenedOn: z.string().transform(plainDate).nullish(),
  exceptSubjectIds: z.array(z.uuid()).max(1000).nullish(),
  exceptReason: z.string().max(40).nullish(),
  signedSheetSha256: z.string().regex(/^[0-9a-f]{64}$/, '签收单扫描件摘要须为 64 位十六进制').nullish(),
});

export type GroupDeliveryInput = z.input<typeof recording> & { readonly requestId: string };
export type GroupDeliveryReceipt = Readonly<{ publicationId: string; groupCode: string; told: number; failed: number }>;

/** 按组登记告知 — one sign-off sheet per group: everybody not settled yet was told, except those named. 三(三)3 [D] */
@Injectable()
export class RecordGroupDelivery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NoticeRules,
    private readonly settling: SettleNotifications,
  ) {}

  execute(actor: Actor, request: GroupDeliveryInput): Promise<GroupDeliveryReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notification.record-group', requestId, body }, async (tx) => {
      const { publicationId, groupCode, channel, ...input } = recording.parse(body);
      requireChannel(this.rules, channel, 'staff');
      const reason = input.exceptReason ?? 'other';
      requireReason(this.rules, reason);
      const publication = await new PublicationListStore(tx).find(publicationId);
      if (!publication) throw new Problem('not-found', { publicationId });
      actor.require('notification.record', publication.divisionCode);
      if (publication.postedOn === null) throw new Problem('publication.not-posted', { publicationId });
      const happenedOn = input.happenedOn ?? tx.today;
      requireTryDay(happenedOn, publication.postedOn, tx.today);

      const notifications = new NotificationStore(tx);
      const open = await notifications.lockOpenOfGroup(publicationId, groupCode);
      const except = new Set(input.exceptSubjectIds ?? []);
      const unknown = [...except].filter((subjectId) => !open.some((one) => one.subjectId === subjectId));
      if (unknown.length > 0) throw new Problem('input.invalid', { unknown }, [{ path: 'exceptSubjectIds', message: '所列对象不在本组待告知的名单中，请核对' }]);
      const missed = open.filter(({ subjectId }) => subjectId !== null && except.has(subjectId));
      const reached = open.filter((one) => !missed.includes(one));
      const tried = { channel, happenedOn, recordedBy: actor.principal };
      await notifications.recordAll([
        ...reached.map(({ id }) => ({ ...tried, id: newId(), notificationId: id, outcome: 'told' as const, reason: null })),
        ...missed.map(({ id }) => ({ ...tried, id: newId(), notificationId: id, outcome: 'failed' as const, reason })),
      ]);
      await tx.audit.record('notification.group-tried', publicationId, { groupCode, channel, happenedOn, reached: reached.length, missed: missed.length, signedSheetSha256: input.signedSheetSha256 ?? null });
      return { publicationId, groupCode, told: await this.settling.told(tx, reached), failed: missed.length };
    });
  }
}
