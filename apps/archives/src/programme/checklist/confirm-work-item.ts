import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { WorkItemMoved } from './report-work-item';
import { WorkItemStore } from './work-item.store';

export interface ConfirmWorkItemInput {
  readonly requestId: string;
  readonly itemId: string;
}

/** 销号 — whoever neither owns nor reported it has seen the evidence and closes it; the database refuses the owner too. 四(一) 闭环式 */
@Injectable()
export class ConfirmWorkItem {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, itemId }: ConfirmWorkItemInput): Promise<WorkItemMoved> {
    return this.work.once({ actor, operation: 'work-item.confirm', requestId, body: { itemId } }, async (tx) => {
      const items = new WorkItemStore(tx);
      const item = await items.lock(itemId);
      actor.require('work-item.confirm', item.divisionCode);
      if (item.state !== 'reported') throw new Problem('state.illegal-move', { state: item.state });
      if (actor.accountId === null || actor.accountId === item.ownerId || actor.accountId === item.reportedBy) throw new Problem('work-item.own-work', { itemId });
      await items.move({ ...item, state: 'closed', confirmedBy: actor.accountId, confirmedOn: tx.today }, 'confirmed');
      await tx.audit.record('work-item.confirmed', itemId, { dueOn: item.dueOn, doneOn: item.doneOn });
      return { itemId, state: 'closed' };
    });
  }
}
