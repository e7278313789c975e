import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { SubjectStore } from '../subjects/subject.store';
import { nothing } from './household-change';
import { MembershipStore } from './membership.store';
import { eventFields, type EventReceipt, RecordEvent, relation, roles } from './record-event';

const split = z.object({
  householdId: z.uuid(),
  members: z.array(z.object({ memberId: z.uuid(), relation })).min(1, '请选择分出的成员').max(100),
  roles,
  address: z.string().trim().min(4, '请填写新户住址').max(200),
  ...eventFields,
});

export type SplitHouseholdInput = z.input<typeof split> & { readonly requestId: string };

/** 分户 — the head keeps the old household with its file, score and grade; who leaves begins a new one with none. 三(六)1 */
@Injectable()
export class SplitHousehold {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: SplitHouseholdInput): Promise<EventReceipt & { householdNo: string }> {
    return this.work.once({ actor, operation: 'household-event.split', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, members, roles: given, address, ...fields } = split.parse(body);
      const old = (await this.record.open(tx, actor, [householdId])).get(householdId);
      if (!old) throw new Problem('not-found', { householdId });
      const present = await new MembershipStore(tx).lockMembers([householdId]);
      if (members.some(({ memberId }) => present.find((member) => member.memberId === memberId)?.head)) {
        throw new Problem('input.invalid', {}, [{ path: 'members', message: '户主留在原户，请改选由其他成员分出；确需户主分出的，先更换户主' }]);
      }
      const subjectId = newId();
      const subjectNo = await new MembershipStore(tx).nextNumber(old.groupCode);
      const seal = await this.vault.sealFor(tx, subjectId);
      const { villageCode, groupCode } = old;
      await new SubjectStore(tx).insertAll([{ subjectId, kind: 'household', subjectNo, villageCode, groupCode, registeredName: null, address: seal.seal(address, ['subject', subjectId, 'address']) }]);
      const change = { ...nothing, joins: members.map((member) => ({ ...member, householdId: subjectId })), roles: given };
      const receipt = await this.record.inside(tx, actor, { kind: 'split', fields, change, from: householdId, to: subjectId });
      return { ...receipt, householdNo: subjectNo };
    });
  }
}
