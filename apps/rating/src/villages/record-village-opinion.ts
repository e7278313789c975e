import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { VillageDesk } from './village-desk';
import { reasonsText, sha256 } from './village-form';
import { VillageOpinionStore } from './village-opinion.store';
import { villageRulesOn } from './village-rules';

const recording = z
  .object({
    applicationId: z.uuid(),
    department: z.string(),
    agrees: z.boolean(),
    reasons: reasonsText.nullish().transform((text) => text ?? null),
    givenOn: z.iso.date().transform(plainDate),
    scanSha256: sha256,
  })
  .refine(({ agrees, reasons }) => agrees || reasons !== null, { path: ['reasons'], message: '部门不同意的，请写明其理由' });

export type RecordVillageOpinionInput = z.input<typeof recording> & { readonly requestId: string };
export type VillageOpinionRecorded = Readonly<{ applicationId: string; department: string; outstanding: number }>;

/** 部门意见 — the county office writes down what each department answered to the form, once, with the scan of its letter. 三(六) 信用村3 */
@Injectable()
export class RecordVillageOpinion {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: VillageDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordVillageOpinionInput): Promise<VillageOpinionRecorded> {
    return this.work.once({ actor, operation: 'village.record-opinion', requestId, body: { ...body, reasons: this.desk.digest(body.reasons) } }, async (tx) => {
      const input = recording.parse(body);
      const application = await new VillageApplicationStore(tx).lock(input.applicationId);
      const { applicationId } = application;
      actor.require('village.county-review', application.villageCode);
      if (application.state !== 'town-reviewed') throw new Problem('state.illegal-move', { state: application.state });
      const { departments } = villageRulesOn(tx.today);
      if (!Object.hasOwn(departments, input.department)) {
        throw new Problem('input.invalid', {}, [{ path: 'department', message: `复审部门须为 ${Object.entries(departments).map(([code, zh]) => `${zh}（${code}）`).join('、')} 之一` }]);
      }
      if (input.givenOn > tx.today || input.givenOn < (application.townSignedOn ?? input.givenOn)) {
        throw new Problem('input.invalid', {}, [{ path: 'givenOn', message: `意见日期须在镇初审的 ${application.townSignedOn} 与今日 ${tx.today} 之间` }]);
      }
      const opinions = new VillageOpinionStore(tx);
      const reasons = input.reasons === null ? null : await this.desk.seal(tx, applicationId, input.reasons, ['village_opinion', `${applicationId}:${input.department}`, 'reasons']);
      await opinions.insert({ applicationId, department: input.department, agrees: input.agrees, reasons, scanSha256: input.scanSha256, givenOn: input.givenOn });
      const given = new Set((await opinions.of(applicationId)).map(({ department }) => department));
      await tx.audit.record('village.opinion-recorded', applicationId, { department: input.department, agrees: input.agrees, givenOn: input.givenOn });
      return { applicationId, department: input.department, outstanding: Object.keys(departments).filter((code) => !given.has(code)).length };
    });
  }
}
