import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { WorkItemMoved } from './report-work-item';
import { WorkItemStore } from './work-item.store';
import { WorkOwners } from './work-owners';

const reopening = z.object({
  itemId: z.uuid(),
  reason: z.string().trim().min(4, '请写明理由').max(500, '理由请控制在 500 字以内'),
  /** Another owner, another day; those of before when left out. */
  ownerId: z.uuid().nullish(),
  dueOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate).nullish(),
});

export type ReopenWorkItemInput = z.input<typeof reopening> & { readonly requestId: string };

/** 退回重办或移交 — an item reported or closed is opened again, an open one goes to somebody else or gets another day; always with a reason, and what was stays on record. 四(一) */
@Injectable()
export class ReopenWorkItem {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly owners: WorkOwners,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ReopenWorkItemInput): Promise<WorkItemMoved> {
    return this.work.once({ actor, operation: 'work-item.reopen', requestId, body: { ...body, reason: this.vault.hash(body.reason, 'request') } }, async (tx) => {
      const { itemId, reason, ownerId, dueOn } = reopening.parse(body);
      const items = new WorkItemStore(tx);
      const item = await items.lock(itemId);
      actor.require('work-item.list', item.divisionCode);
      const next = { ...item, ownerId: ownerId ?? item.ownerId, dueOn: dueOn ?? item.dueOn };
      const faults: InputFault[] = [];
      if (dueOn && dueOn < tx.today) faults.push({ path: 'dueOn', message: '完成期限不能早于今天' });
      if (item.state === 'open' && next.ownerId === item.ownerId && next.dueOn === item.dueOn) faults.push({ path: 'ownerId', message: '这一项还没有办结；移交请填写新的承办人，延期请填写新的期限' });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      if (next.ownerId !== item.ownerId) await this.owners.require(tx, [{ ownerId: next.ownerId, divisionCode: item.divisionCode, path: 'ownerId' }]);

      const act = item.state === 'open' ? 'handed-over' : 'reopened';
      const step = (await items.stepsOf(itemId)).length + 1;
      const sealed = (await this.vault.sealFor(tx, itemId)).seal(reason, ['work_item_step', `${itemId}/${step}`, 'reason']);
      await items.move({ ...next, state: 'open', doneOn: null, reportedBy: null, evidenceSha256: null, confirmedBy: null, confirmedOn: null }, act, sealed);
      await tx.audit.record(`work-item.${act}`, itemId, { from: item.state, ownerId: next.ownerId, dueOn: next.dueOn });
      return { itemId, state: 'open' };
    });
  }
}
