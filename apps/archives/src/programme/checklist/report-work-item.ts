import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { WorkItemStore } from './work-item.store';

const reporting = z.object({
  itemId: z.uuid(),
  doneOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/, '佐证材料摘要须为 64 位十六进制'),
});

export type ReportWorkItemInput = z.input<typeof reporting> & { readonly requestId: string };
export type WorkItemMoved = Readonly<{ itemId: string; state: string }>;

/** 报结 — its owner says it is done, since when, and what shows it; somebody else closes it. 四(一) 闭环式 */
@Injectable()
export class ReportWorkItem {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: ReportWorkItemInput): Promise<WorkItemMoved> {
    return this.work.once({ actor, operation: 'work-item.report', requestId, body }, async (tx) => {
      const { itemId, doneOn, evidenceSha256 } = reporting.parse(body);
      const items = new WorkItemStore(tx);
      const item = await items.lock(itemId);
      actor.require('work-item.report', item.divisionCode);
      if (item.ownerId !== actor.accountId) throw new Problem('work-item.not-owner', { itemId });
      if (item.state !== 'open') throw new Problem('state.illegal-move', { state: item.state });
      if (doneOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'doneOn', message: '完成日期不能晚于今天' }]);
      await items.move({ ...item, state: 'reported', doneOn, evidenceSha256, reportedBy: item.ownerId }, 'reported');
      await tx.audit.record('work-item.reported', itemId, { doneOn, dueOn: item.dueOn, evidenceSha256 });
      return { itemId, state: 'reported' };
    });
  }
}
