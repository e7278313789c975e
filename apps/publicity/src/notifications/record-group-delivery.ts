import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, UnitOfWork } from '@credit/platform';
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
    publicationId: z.uuid().nullish(),
    template: z.string().max(64).nullish(),
    groupCode: z.string().regex(/^\d{12}(\d{2})?$/, '请填写 14 位村民组代码或 12 位村代码'),
    channel: z.string().max(40),
    happenedOn: z.string().transform(plainDate).nullish(),
    exceptSubjectIds: z.array(z.uuid()).max(1000).nullish(),
    exceptReason: z.string().max(40).nullish(),
    signedSheetSha256: sheetSha256,
  })
  .refine(({ publicationId, template }) => (publicationId == null) !== (template == null), { path: ['publicationId'], message: '请填写公示编号或告知用语其中之一' });

type Recording = z.output<typeof recording>;
export type GroupDeliveryInput = z.input<typeof recording> & { readonly requestId: string };
export type GroupDeliveryReceipt = Readonly<{ groupCode: string; told: number; failed: number }>;

/** 按组登记告知 — one sign-off sheet per group: everybody not settled yet was told, except those named. 三(三)3 [D] */
@Injectable()
export class RecordGroupDelivery {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly rules: NoticeRules,
    private readonly settling: SettleNotifications,
  ) {}

  execute(actor: Actor, request: GroupDeliveryInput): Promise<GroupDeliveryReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notification.record-group', requestId, body }, async (tx) => {
      const input = recording.parse(body);
      const { groupCode, channel } = input;
      actor.require('notification.record', groupCode);
      requireChannel(this.rules, channel, 'staff');
      const reason = input.exceptReason ?? 'other';
      requireReason(this.rules, reason);
      const notifications = new NotificationStore(tx);
      const open = await this.inGroup(await notifications.lockOpen(keyOf(input), groupCode.slice(0, 12)), groupCode);
      const happenedOn = input.happenedOn ?? tx.today;
      for (const { createdOn } of open) requireTryDay(happenedOn, createdOn, tx.today);

      const { reached, missed } = divide(open, new Set(input.exceptSubjectIds ?? []));
      const tried = { channel, happenedOn, recordedBy: actor.principal };
      await notifications.recordAll([
        ...reached.map(({ id }) => ({ ...tried, id: newId(), notificationId: id, outcome: 'told' as const, reason: null, proofSha256: input.signedSheetSha256 ?? null })),
        ...missed.map(({ id }) => ({ ...tried, id: newId(), notificationId: id, outcome: 'failed' as const, reason })),
      ]);
      await tx.audit.record('notification.group-tried', groupCode, { ...keyOf(input), channel, happenedOn, reached: reached.length, missed: missed.length, signedSheetSha256: input.signedSheetSha256 ?? null });
      return { groupCode, told: await this.settling.told(tx, reached), failed: missed.length };
    });
  }

  /** Those told by publication carry their group; for the others the archives say where they live. */
  private async inGroup(open: readonly NotificationRow[], groupCode: string): Promise<NotificationRow[]> {
    const unplaced = open.flatMap((one) => (one.groupCode === null && one.subjectId !== null ? [one.subjectId] : []));
    const labels = groupCode.length > 12 && unplaced.length > 0 ? await this.peers.all(archivesReads.labels, { subjectIds: unplaced }) : [];
    const divisions = new Map(labels.map(({ subjectId, divisionCode }) => [subjectId, divisionCode]));
    return open.filter((one) => (one.groupCode ?? divisions.get(one.subjectId ?? '') ?? one.divisionCode).startsWith(groupCode));
  }
}

function keyOf({ publicationId, template }: Recording): { publicationId?: string; template?: string } {
  return { ...(publicationId == null ? {} : { publicationId }), ...(template == null ? {} : { template }) };
}

function divide(open: readonly NotificationRow[], except: ReadonlySet<string>): { reached: NotificationRow[]; missed: NotificationRow[] } {
  const missed = open.filter(({ subjectId }) => subjectId !== null && except.has(subjectId));
  if (missed.length < except.size) throw new Problem('input.invalid', {}, [{ path: 'exceptSubjectIds', message: '所列对象不在本组待告知的名单中，请核对' }]);
  return { reached: open.filter((one) => !missed.includes(one)), missed };
}
