import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DeadlineStore } from '../deadlines/deadline.store';
import { ExtendPublication, type ExtensionReceipt } from './extend-publication';
import { InterruptionStore } from './interruption.store';
import { PublicationStore } from './publication.store';
import { requireHung } from './standing';

export const suspensionReasons = ['content-in-doubt', 'procedure-in-doubt', 'complaint', 'other'] as const;
const suspension = z
  .object({
    publicationId: z.uuid(),
    reason: z.enum(suspensionReasons, `暂停原因可选：${suspensionReasons.join('、')}`),
    note: z.string().trim().max(500, '说明请控制在 500 字以内').nullish(),
  })
  .refine(({ reason, note }) => reason !== 'other' || (note ?? '') !== '', { path: ['note'], message: '原因为“其他”的，请写明说明' });
const resumption = z.object({ publicationId: z.uuid() });

export type SuspensionInput = z.input<typeof suspension> & { readonly requestId: string };
export type ResumptionInput = z.input<typeof resumption> & { readonly requestId: string };
export type SuspensionReceipt = Readonly<{ publicationId: string; state: string; suspendedOn: string; version: number }>;

/** 暂停与恢复公示 — by the town supervision group alone; the days of the suspension are added. 三(三)2 [D] */
@Injectable()
export class SuspendPublication {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly extension: ExtendPublication,
  ) {}

  execute(actor: Actor, request: SuspensionInput): Promise<SuspensionReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'publication.suspend', requestId, body }, async (tx) => {
      const { publicationId, reason, note } = suspension.parse(body);
      const publications = new PublicationStore(tx);
      const publication = await publications.lock(publicationId);
      actor.require('publication.suspend', publication.divisionCode);
      const hung = requireHung(publication, tx.today);
      const state = publicationMachine.next(hung.state, 'suspend');
      const version = hung.version + 1;
      await publications.update(hung.id, { state, suspendedOn: tx.today, version });
      const id = newId();
      const sealed = note ? (await this.vault.sealFor(tx, hung.id)).seal(note, ['publication_interruption', id, 'note']) : null;
      await new InterruptionStore(tx).record({ id, publicationId: hung.id, kind: 'suspended', placeId: null, reason, note: sealed, fromOn: tx.today, untilOn: null });
      await new DeadlineStore(tx).clear('publicity', 'publication', hung.id);
      await tx.audit.record('publication.suspended', hung.id, { reason, suspendedOn: tx.today, version });
      return { publicationId: hung.id, state, suspendedOn: tx.today, version };
    });
  }

  resume(actor: Actor, request: ResumptionInput): Promise<ExtensionReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'publication.resume', requestId, body }, async (tx) => {
      const { publicationId } = resumption.parse(body);
      const publication = await new PublicationStore(tx).lock(publicationId);
      actor.require('publication.suspend', publication.divisionCode);
      const hung = requireHung(publication, tx.today);
      publicationMachine.next(hung.state, 'repost');
      await new InterruptionStore(tx).endSuspension(publicationId);
      await tx.audit.record('publication.resumed', hung.id, { suspendedOn: hung.suspendedOn });
      return this.extension.byMissedDays(tx, hung, hung.suspendedOn ?? tx.today, tx.today);
    });
  }
}
