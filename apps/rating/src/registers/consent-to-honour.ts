import { type Actor, newId, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { optionalSha256 } from '../changes/regrade-form';
import { HonourStore } from './honour.store';
import { ownVillage } from './own-subject';

const consenting = z.object({ subjectId: z.uuid(), scanSha256: optionalSha256 });

export type HonourInput = z.input<typeof consenting> & { readonly requestId: string };
export type HonourReceipt = Readonly<{ consentId: string; on: string }>;

/** 同意列入红榜、撤回同意 — the household's own will; without it nobody is honoured, and withdrawn it takes the name off at once. 三(八)2 [D] */
@Injectable()
export class ConsentToHonour {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, step: 'give' | 'withdraw', { requestId, ...body }: HonourInput): Promise<HonourReceipt> {
    return this.work.once({ actor, operation: `honour.${step}`, requestId, body }, async (tx) => {
      const { subjectId, scanSha256 } = consenting.parse(body);
      const villageCode = await ownVillage(tx, actor, 'honour.consent', subjectId, scanSha256);
      const honours = new HonourStore(tx);
      const given = newId();
      if (step === 'give') await honours.give(given, subjectId, villageCode, scanSha256);
      const consentId = step === 'give' ? given : await honours.withdraw(subjectId);
      await tx.audit.record(`honour.${step}`, consentId, { subjectId, scanSha256 });
      return { consentId, on: tx.today };
    });
  }
}
