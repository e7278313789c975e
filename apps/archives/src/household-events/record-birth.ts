import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { addMonths, checkMobile, checkResidentId } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { archivesRules } from '../archives-rules';
import { ErasedGate } from '../rights/erased-gate';
import { SubjectStore } from '../subjects/subject.store';
import { nothing } from './household-change';
import { householdRules } from './household-rules';
import { MembershipStore } from './membership.store';
import { eventFields, type EventReceipt, RecordEvent, relation } from './record-event';

const birth = z.object({
  householdId: z.uuid(),
  name: z.string().trim().min(1, '请填写姓名').max(50),
  residentId: z.string(),
  phone: z.string().trim().nullish(),
  relation,
  ...eventFields,
});

export type RecordBirthInput = z.input<typeof birth> & { readonly requestId: string };

/** 登记出生或入户 — a person who was in no household becomes a member; one who is in another has to leave it first. 三(六)1 */
@Injectable()
export class RecordBirth {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordEvent,
    private readonly erasedGate: ErasedGate,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordBirthInput): Promise<EventReceipt & { memberId: string }> {
    return this.work.once({ actor, operation: 'household-event.birth', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, ...input } = birth.parse(body);
      await this.record.open(tx, actor, [householdId]);
      const memberId = newId();
      const receipt = await this.record.inside(tx, actor, { kind: 'birth', fields: input, change: nothing, from: householdId });
      await this.add(tx, memberId, householdId, input);
      return { ...receipt, memberId };
    });
  }

  private async add(tx: Tx, memberId: string, householdId: string, { name, residentId, phone, relation: role, effectiveOn }: Omit<z.output<typeof birth>, 'householdId'>): Promise<void> {
    const person = checkResidentId(residentId, { sandbox: this.config.SANDBOX });
    const mobile = phone ? checkMobile(phone) : null;
    const faults: InputFault[] = [];
    if (!person.valid) faults.push({ path: 'residentId', message: person.message });
    if (mobile?.valid === false) faults.push({ path: 'phone', message: mobile.message });
    if (role === householdRules(tx.today).head) faults.push({ path: 'relation', message: '本户已有户主，请填写与户主的关系' });
    if (!person.valid || faults.length > 0) throw new Problem('input.invalid', {}, faults);
    if (effectiveOn < person.birthDate) throw new Problem('input.invalid', {}, [{ path: 'effectiveOn', message: '生效日不能早于出生日期' }]);
    const residentHash = this.vault.hash(person.normalised, 'resident-id');
    if ((await new SubjectStore(tx).membersByHash([residentHash])).size > 0) throw new Problem('household-event.two-households');
    await this.erasedGate.requirePerson(tx, person.normalised);
    const seal = await this.vault.sealFor(tx, memberId);
    const member = {
      memberId,
      householdId,
      name: seal.seal(name, ['member', memberId, 'name']),
      residentId: seal.seal(person.normalised, ['member', memberId, 'resident_id']),
      residentHash,
      tailHash: this.vault.hash(`${householdId}${person.normalised.slice(-4)}`, 'resident-tail'),
      phone: mobile?.valid ? seal.seal(mobile.normalised, ['member', memberId, 'phone']) : null,
      relation: role,
      head: false,
      adultFrom: addMonths(person.birthDate, archivesRules(tx.today).adultAge * 12),
    };
    await new MembershipStore(tx).insertMember(member, effectiveOn);
  }
}
