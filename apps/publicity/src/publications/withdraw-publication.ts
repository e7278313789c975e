import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DeadlineStore } from '../deadlines/deadline.store';
import { NotificationStore } from '../notifications/notification.store';
import { DraftPublication } from './draft-publication';
import { InterruptionStore } from './interruption.store';
import { PublicationStore } from './publication.store';
import { stateOn, told } from './standing';

export const withdrawalReasons = ['wrong-content', 'empty-party-board', 'basis-changed'] as const;
const withdrawal = z.object({ publicationId: z.uuid(), reason: z.enum(withdrawalReasons, `撤回原因可选：${withdrawalReasons.join('、')}`) });

export type WithdrawalInput = z.input<typeof withdrawal> & { readonly requestId: string };
export type WithdrawalReceipt = Readonly<{ publicationId: string; openedAgainAs: string; version: number }>;

/**
 * 撤回公示 — wrong content or an empty party board: withdrawn, and a new draft with the content pulled afresh starts again
 * from day one. Nothing is withdrawn when the owner cannot be read. 三(三)3 [D]
 */
@Injectable()
export class WithdrawPublication {
  constructor(
    private readonly work: UnitOfWork,
    private readonly drafts: DraftPublication,
  ) {}

  execute(actor: Actor, request: WithdrawalInput): Promise<WithdrawalReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'publication.withdraw', requestId, body }, async (tx) => {
      const { publicationId, reason } = withdrawal.parse(body);
      const publications = new PublicationStore(tx);
      const publication = await publications.lock(publicationId);
      actor.require('publication.withdraw', publication.divisionCode);
      const before = stateOn(publication, tx.today);
      if (before === 'closed') throw new Problem('publication.over', { publicationId, lastDay: publication.lastDay });
      const state = publicationMachine.next(before, 'withdraw');
      const withdrawn = { ...publication, version: publication.version + 1 };
      await publications.update(publicationId, { state, withdrawal: reason, version: withdrawn.version });
      await publications.takeDown([publicationId]);
      await new InterruptionStore(tx).endSuspension(publicationId);
      await new DeadlineStore(tx).clear('publicity', 'publication', publicationId);
      await new NotificationStore(tx).endOf(publicationId);

      const { owner, kind, key, divisionCode } = publication;
      const openedAgainAs = await this.drafts.inside(tx, { owner, kind, key, divisionCode }, publicationId);
      await publications.update(publicationId, { openedAgainAs });
      await tx.outbox.append('publication.withdrawn', { ...told(withdrawn), replacedById: openedAgainAs });
      await tx.audit.record('publication.withdrawn', publicationId, { reason, openedAgainAs, version: withdrawn.version });
      return { publicationId, openedAgainAs, version: withdrawn.version };
    });
  }
}
