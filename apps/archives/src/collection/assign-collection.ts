import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { MembershipStore } from '../household-events/membership.store';
import { TaskStore } from './task.store';

const assigning = z.object({
  householdIds: z.array(z.uuid()).min(1).max(500, '一次最多分派 500 户'),
  collectorId: z.uuid(),
  dueOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
});

export type AssignCollectionInput = z.input<typeof assigning> & { readonly requestId: string };

/** 分派采集 — which collector calls on which households by when; a household has one open task. 三(四) 网格化 */
@Injectable()
export class AssignCollection {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: AssignCollectionInput): Promise<Receipt & { assigned: number }> {
    return this.work.once({ actor, operation: 'collection.assign', requestId, body }, async (tx) => {
      const input = assigning.parse(body);
      for (const { groupCode } of await new MembershipStore(tx).lockHouseholds(input.householdIds)) actor.require('collection.assign', groupCode);
      if (input.dueOn < tx.today) throw new Problem('input.invalid', {}, [{ path: 'dueOn', message: '完成日期已过，请改为今天或以后' }]);
      const assigned = await new TaskStore(tx).assign(input.householdIds, input.collectorId, input.dueOn);
      await tx.audit.record('collection.assigned', input.collectorId, { assigned, dueOn: input.dueOn });
      return { assigned };
    });
  }
}
