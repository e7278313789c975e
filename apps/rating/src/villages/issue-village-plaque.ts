import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { villageApplicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { sha256 } from './village-form';
import { VillagePlaqueStore } from './village-plaque.store';
import { villageRulesOn } from './village-rules';
import { standingOf } from './village-standing';

const issuing = z.object({ applicationId: z.uuid(), photoSha256: sha256 });
const serialDigits = 4;

export type IssueVillagePlaqueInput = z.input<typeof issuing> & { readonly requestId: string };
export type VillagePlaqueIssued = Readonly<{ applicationId: string; serial: string; issuedOn: string }>;

/** 颁发牌匾 — by the county office, to one standard, with a serial number; again only for another grade or after a recall. 三(六) 信用村6 */
@Injectable()
export class IssueVillagePlaque {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: IssueVillagePlaqueInput): Promise<VillagePlaqueIssued> {
    return this.work.once({ actor, operation: 'village.issue-plaque', requestId, body }, async (tx) => {
      const input = issuing.parse(body);
      const applications = new VillageApplicationStore(tx);
      const application = await applications.lock(input.applicationId);
      const { applicationId, grade } = application;
      actor.require('village.plaque', application.villageCode);
      if (grade === null || standingOf(application, tx.today) !== 'valid') throw new Problem('village.not-recognised', { applicationId });
      if (application.state !== 'plaque-issued') await applications.update(applicationId, { state: villageApplicationMachine.next(application.state, 'issue-plaque') });
      const plaques = new VillagePlaqueStore(tx);
      const year = tx.today.slice(0, 4);
      const serial = `XYC${year}${String(await plaques.nextNumber(Number(year))).padStart(serialDigits, '0')}`;
      const { text, issuer } = villageRulesOn(tx.today).plaque;
      await plaques.insert({ serial, applicationId, grade, text: text.replace('{grade}', grade), issuer, photoSha256: input.photoSha256 });
      await tx.audit.record('village.plaque-issued', applicationId, { serial, grade });
      return { applicationId, serial, issuedOn: tx.today };
    });
  }
}
