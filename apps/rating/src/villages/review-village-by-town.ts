import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { villageApplicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { VillageDesk } from './village-desk';
import { reasonsText, sha256 } from './village-form';
import { VillagePollStore } from './village-poll.store';

const reviewing = z
  .object({ applicationId: z.uuid(), agrees: z.boolean(), reasons: reasonsText.nullish().transform((text) => text ?? null), scanSha256: sha256 })
  .refine(({ agrees, reasons }) => agrees || reasons !== null, { path: ['reasons'], message: '不同意的，请写明理由' });

export type ReviewVillageByTownInput = z.input<typeof reviewing> & { readonly requestId: string };
export type VillageReviewed = Readonly<{ applicationId: string; state: string; reviewedOn: string }>;

/** 乡镇初审 — the town party committee signs the form after the poll was counted, or sends it back with its reasons. 三(六) 信用村2 */
@Injectable()
export class ReviewVillageByTown {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: VillageDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ReviewVillageByTownInput): Promise<VillageReviewed> {
    return this.work.once({ actor, operation: 'village.town-review', requestId, body: { ...body, reasons: this.desk.digest(body.reasons) } }, async (tx) => {
      const input = reviewing.parse(body);
      const applications = new VillageApplicationStore(tx);
      const application = await applications.lock(input.applicationId);
      actor.require('village.town-review', application.villageCode);
      if (application.receivedOn === null) throw new Problem('state.illegal-move', { state: application.state, receivedOn: null });
      const state = villageApplicationMachine.next(application.state, 'town-review');
      const signed = { townSignedBy: actor.principal, townSignedOn: tx.today, townScanSha256: input.scanSha256 };
      if (!input.agrees) {
        await applications.update(application.applicationId, signed);
        await this.desk.refuse(tx, application, 'town-review', [input.reasons ?? '']);
        return { applicationId: application.applicationId, state: 'refused', reviewedOn: tx.today };
      }
      const poll = await new VillagePollStore(tx).find(application.applicationId);
      if (poll?.closedOn === undefined || poll.closedOn === null) throw new Problem('village.poll-not-closed', { applicationId: application.applicationId });
      await applications.update(application.applicationId, { state, ...signed });
      await tx.audit.record('village.town-reviewed', application.applicationId, { scanSha256: input.scanSha256 });
      return { applicationId: application.applicationId, state, reviewedOn: tx.today };
    });
  }
}
