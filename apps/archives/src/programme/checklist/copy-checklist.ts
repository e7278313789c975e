import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import { addDays, divisionLevel, divisionPrefix, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../../divisions/division.store';
import { programmeRules } from '../programme-rules';
import { type ListedWork, WorkItemStore } from './work-item.store';
import { WorkOwners } from './work-owners';

const copying = z.object({
  townCode: z.string(),
  /** 清单下发之日, from which the days of each item count. */
  startOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  /** Answers for the town's items, and for those of the villages that name nobody. */
  ownerId: z.uuid('请填写承办人的账号编号'),
  villageOwners: z.array(z.object({ villageCode: z.string(), ownerId: z.uuid('请填写承办人的账号编号') })).max(100),
});

export type CopyChecklistInput = z.input<typeof copying> & { readonly requestId: string };

/** 下发默认清单 — the township's checklist of the rules, once for the town and once per village where it says so; what is listed already stays as it is. 三(二)、四(一) */
@Injectable()
export class CopyChecklist {
  constructor(
    private readonly work: UnitOfWork,
    private readonly owners: WorkOwners,
  ) {}

  execute(actor: Actor, { requestId, ...body }: CopyChecklistInput): Promise<Readonly<{ townCode: string; listed: number; present: number }>> {
    return this.work.once({ actor, operation: 'work-item.copy-checklist', requestId, body }, async (tx) => {
      const { townCode, startOn, ownerId, villageOwners } = copying.parse(body);
      actor.require('work-item.list', townCode);
      const villages = (await new DivisionStore(tx).under(divisionPrefix(townCode))).filter(({ level }) => level === 'village').map(({ code }) => code);
      const faults: InputFault[] = [];
      if (divisionLevel(townCode) !== 'town' || villages.length === 0) faults.push({ path: 'townCode', message: '请填写乡镇的代码' });
      if (startOn > tx.today) faults.push({ path: 'startOn', message: '下发日期不能晚于今天' });
      villageOwners.forEach(({ villageCode }, index) => {
        if (!villages.includes(villageCode)) faults.push({ path: `villageOwners.${index}.villageCode`, message: '不是本乡镇的村，请核对代码' });
      });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      await this.owners.require(tx, [{ ownerId, divisionCode: townCode, path: 'ownerId' }, ...villageOwners.map((one, index) => ({ ownerId: one.ownerId, divisionCode: one.villageCode, path: `villageOwners.${index}.ownerId` }))]);

      const ownerOf = new Map(villageOwners.map((one) => [one.villageCode, one.ownerId]));
      const items = programmeRules(startOn).checklist.flatMap(({ code, zh, perVillage, dueInDays }): ListedWork[] =>
        (perVillage ? villages : [townCode]).map((divisionCode) => ({ itemId: newId(), divisionCode, title: zh, templateCode: code, ownerId: ownerOf.get(divisionCode) ?? ownerId, dueOn: addDays(startOn, dueInDays) })),
      );
      const listed = await new WorkItemStore(tx).list(items);
      await tx.audit.record('work-item.checklist-copied', townCode, { startOn, listed, ownerId });
      return { townCode, listed, present: items.length - listed };
    });
  }
}
