import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import { grades, NaturalDayWindow } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { VillageChangeStore } from './village-change.store';
import { VillageDesk } from './village-desk';
import { reasonsText, sha256 } from './village-form';
import { villageRulesOn } from './village-rules';
import { standingOf } from './village-standing';

const proposing = z
  .object({ applicationId: z.uuid(), kind: z.enum(['downgrade', 'revoke']), toGrade: z.enum(['AA', 'A']).nullish().transform((grade) => grade ?? null), reasons: reasonsText, evidenceSha256: sha256 })
  .refine(({ kind, toGrade }) => (kind === 'downgrade') === (toGrade !== null), { path: ['toGrade'], message: '降级须写明降为哪一级，撤销的不填' });

export type ProposeVillageChangeInput = z.input<typeof proposing> & { readonly requestId: string };
export type VillageChangeProposed = Readonly<{ changeId: string; answerLastDay: string }>;

/** 拟降级、拟撤销 — by the county office with cause and evidence; the village is told and has its days to object before anything changes. 三(八)3 */
@Injectable()
export class ProposeVillageChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: VillageDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ProposeVillageChangeInput): Promise<VillageChangeProposed> {
    return this.work.once({ actor, operation: 'village.propose-change', requestId, body: { ...body, reasons: this.desk.digest(body.reasons) } }, async (tx) => {
      const input = proposing.parse(body);
      const application = await new VillageApplicationStore(tx).lock(input.applicationId);
      const { applicationId, grade } = application;
      actor.require('village.change', application.villageCode);
      if (grade === null || standingOf(application, tx.today) !== 'valid') throw new Problem('village.not-recognised', { applicationId });
      if (input.toGrade !== null && grades.indexOf(input.toGrade) <= grades.indexOf(grade)) throw new Problem('input.invalid', {}, [{ path: 'toGrade', message: `现为 ${grade} 级，只能降为更低的等级` }]);
      const changeId = newId();
      const { lastDay: answerLastDay } = NaturalDayWindow.of(villageRulesOn(tx.today).changeAnswerDays, tx.today);
      const reasons = await this.desk.seal(tx, applicationId, input.reasons, ['village_change', changeId, 'reasons']);
      await new VillageChangeStore(tx).insert({ changeId, applicationId, kind: input.kind, fromGrade: grade, toGrade: input.toGrade, reasons, evidenceSha256: input.evidenceSha256, answerLastDay });
      await this.desk.tell(tx, application, 'village-change');
      await tx.audit.record('village.change-proposed', changeId, { applicationId, kind: input.kind, fromGrade: grade, toGrade: input.toGrade, answerLastDay });
      return { changeId, answerLastDay };
    });
  }
}
