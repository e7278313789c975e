import { Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { SubjectStore } from '../subjects/subject.store';
import { type ConsentKind, ConsentStore } from './consent.store';

export interface ConsentInput {
  readonly requestId: string;
  readonly householdId: string;
  readonly memberId: string;
  readonly kind: ConsentKind;
  /** true 授权, false 撤回 */
  readonly given: boolean;
  readonly scanSha256?: string;
}

const kinds: readonly string[] = ['economics', 'credit', 'publish-name'];

/** 登记授权与撤回 — each adult's own written consent; taking it back works from the same moment. 三(五); 个人信息保护法 14、15 */
@Injectable()
export class RecordConsent {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ConsentInput): Promise<Receipt & { memberId: string; given: boolean }> {
    return this.work.once({ actor, operation: 'archives.consent', requestId: input.requestId, body: input }, async (tx) => {
      if (!kinds.includes(input.kind)) throw new Problem('input.invalid', {}, [{ path: 'kind', message: `授权类别须为：${kinds.join('、')}` }]);
      const subjects = new SubjectStore(tx);
      const household = await subjects.byId(input.householdId);
      if (actor.villager) {
        if (actor.villager.memberId !== input.memberId) throw new Problem('access.denied');
      } else actor.require('archives.consent', household.villageCode);
      const member = (await subjects.membersOf([input.householdId])).find((one) => one.memberId === input.memberId);
      if (!member) throw new Problem('consent.not-a-member', { memberId: input.memberId });
      const consents = new ConsentStore(tx);
      if (input.given) await consents.giveAll([{ consentId: newId(), householdId: input.householdId, memberId: input.memberId, kind: input.kind }], input.scanSha256 ?? null);
      else await consents.revoke(input.memberId, input.kind);
      await tx.audit.record(input.given ? 'consent.given' : 'consent.revoked', input.memberId, { kind: input.kind });
      return { memberId: input.memberId, given: input.given };
    });
  }
}
