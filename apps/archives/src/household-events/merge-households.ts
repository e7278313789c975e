import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { nothing } from './household-change';
import { MembershipStore } from './membership.store';
import { eventFields, type EventReceipt, RecordEvent, relation } from './record-event';

const merge = z.object({
  householdId: z.uuid(),
  intoHouseholdId: z.uuid(),
  members: z.array(z.object({ memberId: z.uuid(), relation })).min(1, '请填写并入的成员').max(100),
  ...eventFields,
});

export type MergeHouseholdsInput = z.input<typeof merge> & { readonly requestId: string };

/** 并户 — all members move into the other household and their own is closed; what it had stays readable. 三(六)1 */
@Injectable()
export class MergeHouseholds {
  constructor(
    private readonly work: UnitOfWork,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: MergeHouseholdsInput): Promise<EventReceipt> {
    return this.work.once({ actor, operation: 'household-event.merge', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, intoHouseholdId, members, ...fields } = merge.parse(body);
      if (householdId === intoHouseholdId) throw new Problem('input.invalid', {}, [{ path: 'intoHouseholdId', message: '请选择另一户' }]);
      await this.record.open(tx, actor, [householdId, intoHouseholdId]);
      const named = new Set(members.map(({ memberId }) => memberId));
      const present = await new MembershipStore(tx).lockMembers([householdId]);
      if (present.some(({ memberId }) => !named.has(memberId))) throw new Problem('input.invalid', {}, [{ path: 'members', message: '并户须写明本户每一名现有成员并入后的与户主关系；只有部分成员迁出的，请按婚嫁或分户办理' }]);
      const change = { ...nothing, joins: members.map((member) => ({ ...member, householdId: intoHouseholdId })) };
      return this.record.inside(tx, actor, { kind: 'merge', fields, change, from: householdId, to: intoHouseholdId });
    });
  }
}
