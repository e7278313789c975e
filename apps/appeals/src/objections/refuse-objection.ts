import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseDesk } from '../reconsiderations/case-desk';
import { ObjectionStore } from './objection.store';

const refusing = z.object({
  objectionId: z.uuid(),
  reason: z.string().trim().min(4, '请写明不予受理的理由').max(2000, '理由请控制在 2000 字以内'),
});

export type RefusalInput = z.input<typeof refusing> & { readonly requestId: string };

export type RefusalReceipt = Readonly<{ objectionId: string; state: 'refused'; refusedOn: string }>;

/** 不予受理 — only before a panel was called, with a reason; the decision can be reviewed one level up. 三(三)3 [D] */
@Injectable()
export class RefuseObjection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: CaseDesk,
  ) {}

  execute(actor: Actor, request: RefusalInput): Promise<RefusalReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'objection.refuse', requestId, body }, async (tx) => {
      const input = refusing.parse(body);
      const objections = new ObjectionStore(tx);
      const { objection, reconsideration } = await objections.lock(input.objectionId);
      actor.require(`objection.decide-${objection.owner}`, objection.divisionCode);
      if (!reconsideration || objection.state !== 'admitted') throw new Problem('objection.ended', { objectionId: objection.id });
      const seal = await this.vault.sealFor(tx, objection.subjectId);
      const change = {
        state: 'refused',
        refusal: 'inadmissible',
        refusalReason: seal.seal(input.reason, ['objection', objection.id, 'refusal_reason']),
        refusedOn: tx.today,
      } as const;
      await objections.update(objection.id, change);
      await this.desk.leave(tx, objection, reconsideration, 'refuse');
      await tx.outbox.append('notification.requested', {
        owner: 'appeals',
        template: 'objection-refused',
        key: objection.id,
        divisionCode: objection.divisionCode,
        subjectId: objection.applicantId,
        role: null,
        publicationId: null,
      });
      await tx.audit.record('objection.refused', objection.id, { refusal: 'inadmissible' });
      return { objectionId: objection.id, state: 'refused', refusedOn: tx.today };
    });
  }
}
