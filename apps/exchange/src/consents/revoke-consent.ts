import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ConsentStore } from './consent.store';

const revoking = z.object({ consentId: z.uuid() });

export type RevokingInput = z.input<typeof revoking> & { readonly requestId: string };

export type RevocationReceipt = Readonly<{ consentId: string; revokedOn: string }>;

/** 撤回授权 — at any time and without giving a reason; look-ups that come after it are refused. 三(七)1 */
@Injectable()
export class RevokeConsent {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, request: RevokingInput): Promise<RevocationReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'consent.revoke', requestId, body }, async (tx) => {
      const { consentId } = revoking.parse(body);
      const consents = new ConsentStore(tx);
      const consent = await consents.lock(consentId);
      if (actor.villager === null) actor.require('consent.revoke', consent.divisionCode);
      else if (actor.villager.householdId !== consent.subjectId) throw new Problem('not-found', { consentId });
      else if (actor.villager.memberId !== consent.memberId) throw new Problem('consent.not-own', { consentId });
      if (consent.revokedAt !== null) throw new Problem('consent.already-revoked', { consentId });
      await consents.revoke(consent, actor.principal);
      await tx.audit.record('consent.revoked', consentId, { subjectId: consent.subjectId, clientId: consent.clientId, purpose: consent.purpose });
      return { consentId, revokedOn: tx.today };
    });
  }
}
