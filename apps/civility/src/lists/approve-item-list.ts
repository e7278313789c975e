import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ItemListStore } from './item-list.store';

export interface ApproveItemListInput {
  readonly requestId: string;
  readonly listVersionId: string;
}

export type ApprovalReceipt = Readonly<{ listVersionId: string; approvedOn: string }>;

/**
 * 批准评议清单 — by another person than the one who drafted it; an approved version is never changed. Per county and day one
 * version is in force, and none but the first reaches back into days already lived by another. 三(三)1
 */
@Injectable()
export class ApproveItemList {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: ApproveItemListInput): Promise<ApprovalReceipt> {
    return this.work.once({ actor, operation: 'list.approve', requestId, body }, async (tx) => {
      const lists = new ItemListStore(tx);
      const version = await lists.get(body.listVersionId);
      actor.require('list.approve', version.countyCode);
      if (version.draftedBy === actor.principal) throw new Problem('item-list.same-person', { listVersionId: version.id });
      if (version.approvedOn !== null) throw new Problem('item-list.approved', { listVersionId: version.id });
      if (version.effectiveFrom < tx.today && (await lists.anyApproved(version.countyCode))) throw new Problem('item-list.retroactive', { effectiveFrom: version.effectiveFrom });
      if (!(await lists.approve(version))) throw new Problem('item-list.day-taken', { effectiveFrom: version.effectiveFrom });
      await tx.audit.record('item-list.approved', version.id, { effectiveFrom: version.effectiveFrom });
      return { listVersionId: version.id, approvedOn: tx.today };
    });
  }
}
