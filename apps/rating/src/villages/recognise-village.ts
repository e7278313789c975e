import { type Actor, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { addDays, daysBeforeTerm, villageApplicationMachine, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { VillageDesk } from './village-desk';
import { sha256 } from './village-form';
import { VillagePublications } from './village-publications';

const recognising = z.object({ applicationId: z.uuid(), documentNo: z.string().trim().min(4, '请填写认定文件的文号').max(60), documentSha256: sha256 });

export type RecogniseVillageInput = z.input<typeof recognising> & { readonly requestId: string };
export type VillageRecognised = Readonly<{ applicationId: string; grade: string; recognisedOn: string; lastDay: string }>;

/**
 * 发文认定 — by document of the county joint conference, after the last day of the publication without an open or upheld objection; for one
 * year, in place of what was recognised before. 三(六) 信用村5
 */
@Injectable()
export class RecogniseVillage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly publications: VillagePublications,
    private readonly desk: VillageDesk,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecogniseVillageInput): Promise<VillageRecognised> {
    return this.work.once({ actor, operation: 'village.recognise', requestId, body }, async (tx) => {
      const input = recognising.parse(body);
      const applications = new VillageApplicationStore(tx);
      const application = await applications.lock(input.applicationId);
      const { applicationId } = application;
      actor.require('village.recognise', application.villageCode);
      const state = villageApplicationMachine.next(application.state, 'recognise');
      await this.publications.requireOver(tx, application);
      const before = await applications.lockCurrent(application.villageCode);
      if (before) {
        const over = before.lastDay !== null && tx.today > before.lastDay;
        await applications.update(before.applicationId, { state: villageApplicationMachine.next(before.state, 'lapse'), endedOn: over ? before.lastDay : tx.today, endCause: over ? 'expired' : 'renewed' });
        await tx.outbox.append('deadline.cleared', { owner: 'rating', kind: 'village-validity', key: before.applicationId });
        await tx.outbox.append('deadline.cleared', { owner: 'rating', kind: 'village-renewal', key: before.applicationId });
      }
      const { lastDay } = windowOf(this.rules.terms, 'validity', tx.today);
      await applications.update(applicationId, { state, documentNo: input.documentNo, documentSha256: input.documentSha256, recognisedBy: actor.principal, recognisedOn: tx.today, lastDay });
      await tx.outbox.append('deadline.set', { owner: 'rating', kind: 'village-validity', key: applicationId, version: 1, lastDay });
      await tx.outbox.append('deadline.set', { owner: 'rating', kind: 'village-renewal', key: applicationId, version: 1, lastDay: addDays(daysBeforeTerm(this.rules.terms, 'renewal-notice', lastDay), -1) });
      await this.desk.tell(tx, application, 'village-application');
      await tx.audit.record('village.recognised', applicationId, { documentNo: input.documentNo, grade: application.grade, lastDay, replaces: before?.applicationId ?? null });
      return { applicationId, grade: application.grade ?? '', recognisedOn: tx.today, lastDay };
    });
  }
}
