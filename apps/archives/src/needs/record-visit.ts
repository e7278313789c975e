import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { archivesRules } from '../archives-rules';
import { SubjectStore } from '../subjects/subject.store';
import { NeedStore } from './need.store';

const recording = z.object({
  householdId: z.uuid(),
  visitedOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  purpose: z.string(),
  met: z.boolean(),
  note: z.string().trim().max(1000).nullish().transform((text) => (text ? text : null)),
});

export type RecordVisitInput = z.input<typeof recording> & { readonly requestId: string };
export type VisitReceipt = Readonly<{ visitId: string }>;

/** 登记走访 — who was visited when and what for; whether somebody was at home. 三(二) 村干部入户走访 */
@Injectable()
export class RecordVisit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordVisitInput): Promise<VisitReceipt> {
    return this.work.once({ actor, operation: 'visit.record', requestId, body: { ...body, note: body.note ? this.vault.hash(body.note, 'request') : null } }, async (tx) => {
      const input = recording.parse(body);
      const household = await new SubjectStore(tx).byId(input.householdId);
      actor.require('visit.record', household.groupCode);
      const purposes = archivesRules(tx.today).visitPurposes;
      if (!Object.hasOwn(purposes, input.purpose)) throw new Problem('input.invalid', {}, [{ path: 'purpose', message: `事由请填：${Object.entries(purposes).map(([code, zh]) => `${code}（${zh}）`).join('、')}` }]);
      if (input.visitedOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'visitedOn', message: '走访日期不能晚于今天' }]);
      const visitId = newId();
      const note = input.note === null ? null : (await this.vault.sealFor(tx, household.subjectId)).seal(input.note, ['visit', visitId, 'note']);
      await new NeedStore(tx).insertVisit({ visitId, householdId: household.subjectId, villageCode: household.villageCode, visitedOn: input.visitedOn, purpose: input.purpose, met: input.met, note });
      await tx.audit.record('visit.recorded', visitId, { householdId: household.subjectId, purpose: input.purpose, met: input.met });
      return { visitId };
    });
  }
}
