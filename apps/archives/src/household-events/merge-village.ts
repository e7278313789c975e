import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { checkDivision, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../divisions/division.store';
import type { VillageChange } from './household-change';
import { HouseholdEventStore } from './household-event.store';
import { MembershipStore } from './membership.store';
import { MergerStore } from './merger.store';
import { eventFields, RecordEvent } from './record-event';

const { effectiveOn, evidenceSha256, reason } = eventFields;
const merger = z.object({
  villageCode: z.string(),
  successorCode: z.string(),
  groups: z.array(z.object({ groupCode: z.string(), newGroupCode: z.string() })).min(1, '请逐组填写新的组代码').max(200),
  effectiveOn,
  evidenceSha256,
  reason,
});

export type MergeVillageInput = z.input<typeof merger> & { readonly requestId: string };

/** 并村 — from a day on another village continues this one: reported by the village with each group's new code, in effect when the town confirms. 三(六)1 */
@Injectable()
export class MergeVillage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: MergeVillageInput): Promise<Readonly<{ eventId: string; state: 'waiting' }>> {
    return this.work.once({ actor, operation: 'household-event.village-merger', requestId, body: this.record.digest(body) }, async (tx) => {
      const { reason: why, ...input } = merger.parse(body);
      actor.require('household-event.record', input.villageCode);
      if (input.effectiveOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'effectiveOn', message: '生效日不能晚于今天' }]);
      const change = await this.changeOf(tx, input);
      const eventId = newId();
      const sealed = (await this.vault.sealFor(tx, eventId)).seal(why, ['household_event', eventId, 'reason']);
      const { villageCode, successorCode: toVillageCode, effectiveOn: on, evidenceSha256: evidence } = input;
      await new HouseholdEventStore(tx).insert(
        { eventId, kind: 'village-merger', villageCode, toVillageCode, needsConfirmation: true, effectiveOn: on, change, address: null, reason: sealed, sealedUnder: eventId, evidenceSha256: evidence, correctsId: null },
        [],
      );
      await tx.audit.record('household-event.proposed', eventId, { kind: 'village-merger', villageCode, successorCode: toVillageCode, effectiveOn: on });
      return { eventId, state: 'waiting' };
    });
  }

  /** In effect: divisions continue each other, households are renumbered, open work goes along. Problem `household-event.outdated`. */
  async inside(tx: Tx, eventId: string, change: VillageChange, on: PlainDate): Promise<number> {
    const mergers = new MergerStore(tx);
    const faults = await this.faultsOf(tx, change);
    if (faults.length > 0) throw new Problem('household-event.outdated', {}, faults);
    const { villageCode, successorCode, groups } = change;
    await new DivisionStore(tx).upsertAll(groups.map(({ newGroupCode, name }) => ({ code: newGroupCode, name, level: 'group', community: false, parentCode: successorCode })));
    await mergers.insertSuccessors(eventId, [{ code: villageCode, successorCode }, ...groups.map(({ groupCode, newGroupCode }) => ({ code: groupCode, successorCode: newGroupCode }))], on);
    const households = await mergers.rehomeAll(change, on);
    await mergers.insertParties(eventId, households);
    await new MembershipStore(tx).indexAgain(households);
    return households.length;
  }

  private async changeOf(tx: Tx, { villageCode, successorCode, groups }: { villageCode: string; successorCode: string; groups: readonly { groupCode: string; newGroupCode: string }[] }): Promise<VillageChange> {
    const divisions = new DivisionStore(tx);
    const names = new Map((await divisions.under(villageCode)).map(({ code, name }) => [code, name]));
    const kept = new Map((await divisions.under(successorCode)).map(({ code, name }) => [code, name]));
    const change = { villageCode, successorCode, groups: groups.map((group) => ({ ...group, name: kept.get(group.newGroupCode) ?? names.get(group.groupCode) ?? '' })) };
    const faults = await this.faultsOf(tx, change);
    if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
    return change;
  }

  private async faultsOf(tx: Tx, { villageCode, successorCode, groups }: VillageChange): Promise<InputFault[]> {
    const [divisions, mergers] = [new DivisionStore(tx), new MergerStore(tx)];
    const [old, successor] = [await divisions.byCode(villageCode), await divisions.byCode(successorCode)];
    if (old?.level !== 'village' || successor?.level !== 'village' || villageCode === successorCode) return [{ path: 'successorCode', message: '请填写两个不同的行政村的 12 位代码' }];
    if ((await mergers.succeeded([villageCode, successorCode])).size > 0) return [{ path: 'villageCode', message: '其中一村此前已经并入他村，请核对区划沿革' }];
    const own = new Set((await divisions.under(villageCode)).filter(({ level }) => level === 'group').map(({ code }) => code));
    const given = new Set(groups.map(({ groupCode }) => groupCode));
    const missing = (await mergers.groupsOf(villageCode)).filter((code) => !given.has(code));
    const faults: InputFault[] = missing.length === 0 ? [] : [{ path: 'groups', message: `还有村民小组没有填写新代码：${missing.join('、')}` }];
    if (given.size !== groups.length) faults.push({ path: 'groups', message: '同一村民小组填写了两次，请删去重复的' });
    for (const [index, { groupCode, newGroupCode }] of groups.entries()) {
      if (!own.has(groupCode)) faults.push({ path: `groups.${index}.groupCode`, message: '不是本村的村民小组，请核对' });
      if (!checkDivision(newGroupCode).valid || newGroupCode.length !== 14 || !newGroupCode.startsWith(successorCode)) faults.push({ path: `groups.${index}.newGroupCode`, message: `新的组代码须以 ${successorCode} 开头，共 14 位` });
    }
    return faults;
  }
}
