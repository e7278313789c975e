import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, type Tx, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { choices } from '../programme/programme-rules';
import { SubjectStore } from '../subjects/subject.store';
import { type Control, ControlStore } from './control.store';
import { householdRules } from './household-rules';
import { MembershipStore } from './membership.store';
import { eventFields } from './record-event';

const { evidenceSha256, effectiveOn: plainDay } = eventFields;
const whole = 10_000;
const recording = z.object({
  entityId: z.uuid(),
  householdNo: z.string().trim().toUpperCase(),
  role: z.string(),
  shareHundredths: z.int().min(1, '份额须大于 0').max(whole, '份额不能超过 100%').nullish().transform((share) => share ?? null),
  fromOn: plainDay,
  evidenceSha256,
});
const ending = z.object({ controlId: z.uuid(), toOn: plainDay, evidenceSha256 });

export type RecordControlInput = z.input<typeof recording> & { readonly requestId: string };
export type EndControlInput = z.input<typeof ending> & { readonly requestId: string };

/** The largest sum of shares on any day, and whether somebody has the entity alone. */
function held(controls: readonly Control[], from: PlainDate): { most: number; alone: boolean } {
  const days = [from, ...controls.map(({ fromOn }) => fromOn).filter((day) => day > from)];
  const onDay = (day: PlainDate): number => controls.filter(({ fromOn, toOn }) => fromOn <= day && (toOn === null || toOn > day)).reduce((sum, { shareHundredths }) => sum + (shareHundredths ?? 0), 0);
  return { most: Math.max(...days.map(onDay)), alone: controls.some(({ shareHundredths }) => shareHundredths === null) };
}

/** 登记经营主体由哪一户控制 — dated, with its evidence: one household at a time, or several with shares of at most the whole. 三(六)1 */
@Injectable()
export class RecordControl {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: RecordControlInput): Promise<Receipt & { controlId: string }> {
    return this.work.once({ actor, operation: 'entity-control.record', requestId, body }, async (tx) => {
      const { householdNo, ...input } = recording.parse(body);
      const controls = new ControlStore(tx);
      actor.require('entity-control.record', (await controls.lockEntity(input.entityId)).groupCode);
      const household = (await new SubjectStore(tx).byNumbers([householdNo])).get(householdNo);
      const faults: InputFault[] = [];
      const roles = householdRules(tx.today).controlRoles;
      if (household?.kind !== 'household') faults.push({ path: 'householdNo', message: '没有这个户编号，或该户已销户，请核对' });
      if (!Object.hasOwn(roles, input.role)) faults.push({ path: 'role', message: `身份请填：${choices(roles)}` });
      if (input.fromOn > tx.today) faults.push({ path: 'fromOn', message: '起始日不能晚于今天' });
      if (!household || faults.length > 0) throw new Problem('input.invalid', {}, faults);
      await new MembershipStore(tx).lockHouseholds([household.subjectId]);
      await this.requireRoom(tx, { ...input, householdId: household.subjectId });
      const controlId = newId();
      await controls.insert({ ...input, controlId, householdId: household.subjectId });
      await tx.audit.record('entity-control.recorded', controlId, { entityId: input.entityId, householdId: household.subjectId, role: input.role, fromOn: input.fromOn });
      return { controlId };
    });
  }

  end(actor: Actor, { requestId, ...body }: EndControlInput): Promise<Receipt & { controlId: string; toOn: string }> {
    return this.work.once({ actor, operation: 'entity-control.end', requestId, body }, async (tx) => {
      const { controlId, toOn, evidenceSha256: evidence } = ending.parse(body);
      const control = await new ControlStore(tx).lock(controlId);
      actor.require('entity-control.record', control.groupCode);
      if (control.toOn !== null) throw new Problem('entity-control.ended', { controlId, toOn: control.toOn });
      if (toOn > tx.today || toOn < control.fromOn) throw new Problem('input.invalid', {}, [{ path: 'toOn', message: `终止日须在起始日 ${control.fromOn} 至今天之间` }]);
      await new ControlStore(tx).end(controlId, toOn, evidence);
      await tx.audit.record('entity-control.ended', controlId, { toOn });
      return { controlId, toOn };
    });
  }

  private async requireRoom(tx: Tx, { entityId, householdId, shareHundredths, fromOn }: Pick<Control, 'entityId' | 'householdId' | 'shareHundredths' | 'fromOn'>): Promise<void> {
    const others = await new ControlStore(tx).since(entityId, fromOn);
    if (others.some((other) => other.householdId === householdId)) throw new Problem('entity-control.present');
    const { most, alone } = held(others, fromOn);
    if (alone || (shareHundredths === null && others.length > 0)) throw new Problem('entity-control.one-household');
    if (shareHundredths !== null && most + shareHundredths > whole) throw new Problem('entity-control.over-whole', { leftHundredths: whole - most });
  }
}
