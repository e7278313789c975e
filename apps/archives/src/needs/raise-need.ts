import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { addDays } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { archivesRules } from '../archives-rules';
import { SubjectStore } from '../subjects/subject.store';
import { NeedStore } from './need.store';

const raising = z.object({ householdId: z.uuid(), category: z.string(), told: z.string().trim().min(2, '请写明诉求').max(2000) });

export type RaiseNeedInput = z.input<typeof raising> & { readonly requestId: string };
export type NeedReceipt = Readonly<{ needId: string; dueOn: string }>;

/** 登记诉求 — what a household is in need of, told at the door or by itself; it has a day to be answered by and no way into any score. 三(四) */
@Injectable()
export class RaiseNeed {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RaiseNeedInput): Promise<NeedReceipt> {
    return this.work.once({ actor, operation: 'need.raise', requestId, body: { ...body, told: this.vault.hash(body.told, 'request') } }, async (tx) => {
      const input = raising.parse(body);
      const household = await new SubjectStore(tx).byId(input.householdId);
      const own = actor.villager?.householdId === household.subjectId;
      if (household.kind !== 'household' || (actor.villager && !own)) throw new Problem('not-found', { householdId: input.householdId });
      if (!actor.villager) actor.require('need.raise', household.groupCode);
      const rules = archivesRules(tx.today);
      if (!Object.hasOwn(rules.needCategories, input.category)) throw new Problem('input.invalid', {}, [{ path: 'category', message: `类别请填：${Object.entries(rules.needCategories).map(([code, zh]) => `${code}（${zh}）`).join('、')}` }]);
      const needId = newId();
      const dueOn = addDays(tx.today, rules.needDays);
      const told = (await this.vault.sealFor(tx, household.subjectId)).seal(input.told, ['need', needId, 'told']);
      await new NeedStore(tx).insert({ needId, householdId: household.subjectId, villageCode: household.villageCode, category: input.category, told, dueOn });
      await tx.audit.record('need.raised', needId, { householdId: household.subjectId, category: input.category, dueOn });
      return { needId, dueOn };
    });
  }
}
