import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../../divisions/division.store';
import { WorkItemStore } from './work-item.store';
import { WorkOwners } from './work-owners';

const listing = z.object({
  divisionCode: z.string(),
  title: z.string().trim().min(2, '请写明要办的事').max(100, '请控制在 100 字以内'),
  ownerId: z.uuid('请填写承办人的账号编号'),
  dueOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
});

export type ListWorkItemInput = z.input<typeof listing> & { readonly requestId: string };

/** 列入清单 — one thing to do, who answers for it and until when. 四(一) 清单化 */
@Injectable()
export class ListWorkItem {
  constructor(
    private readonly work: UnitOfWork,
    private readonly owners: WorkOwners,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ListWorkItemInput): Promise<Readonly<{ itemId: string; dueOn: string }>> {
    return this.work.once({ actor, operation: 'work-item.list', requestId, body }, async (tx) => {
      const input = listing.parse(body);
      actor.require('work-item.list', input.divisionCode);
      const faults: InputFault[] = [];
      if (input.dueOn < tx.today) faults.push({ path: 'dueOn', message: '完成期限不能早于今天' });
      if (!(await new DivisionStore(tx).byCode(input.divisionCode))) faults.push({ path: 'divisionCode', message: '没有这个区划，请核对代码' });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      await this.owners.require(tx, [{ ...input, path: 'ownerId' }]);

      const itemId = newId();
      await new WorkItemStore(tx).list([{ ...input, itemId, templateCode: null }]);
      await tx.audit.record('work-item.listed', itemId, { divisionCode: input.divisionCode, ownerId: input.ownerId, dueOn: input.dueOn });
      return { itemId, dueOn: input.dueOn };
    });
  }
}
