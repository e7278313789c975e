import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseDesk } from '../reconsiderations/case-desk';
import { ObjectionStore } from './objection.store';

const admitting = z.object({
  objectionId: z.uuid(),
  cause: z.string().trim().min(4, '请写明未能按期提出的正当理由').max(2000, '理由请控制在 2000 字以内'),
});

export type LateInput = z.input<typeof admitting> & { readonly requestId: string };

export type AdmissionReceipt = Readonly<{ objectionId: string; state: 'admitted' | 'refused'; admittedOn: string | null; answerDueOn: string | null }>;

/** 因故受理 — never told, or force majeure: the town may admit a late objection; the answer is due from this day. 三(三)3 [D] */
@Injectable()
export class AdmitLate {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: CaseDesk,
  ) {}

  execute(actor: Actor, request: LateInput): Promise<AdmissionReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'objection.admit-late', requestId, body }, async (tx) => {
      const input = admitting.parse(body);
      const objections = new ObjectionStore(tx);
      const { objection } = await objections.lock(input.objectionId);
      actor.require('objection.admit-late', objection.divisionCode);
      if (objection.refusal !== 'late') throw new Problem('objection.not-late', { objectionId: objection.id });
      if (await objections.hasAnother(objection)) throw new Problem('objection.duplicate', { objectionId: objection.id });
      const seal = await this.vault.sealFor(tx, objection.subjectId);
      const reconsideration = await this.desk.admit(tx, objection, tx.today);
      await objections.update(objection.id, {
        state: 'admitted',
        refusal: null,
        reconsiderationId: reconsideration.id,
        admittedOn: tx.today,
        lateCause: seal.seal(input.cause, ['objection', objection.id, 'late_cause']),
      });
      const { id: objectionId, subjectId, groupCode, ground, correctionRequestedOn } = objection;
      if (correctionRequestedOn !== null) {
        await tx.outbox.append('correction.ended', { objectionId, subjectId, divisionCode: groupCode, ground, requestedOn: correctionRequestedOn, endedOn: tx.today });
      }
      await tx.audit.record('objection.admitted-late', objection.id, { receivedOn: objection.receivedOn, windowLastDay: objection.windowLastDay });
      return { objectionId: objection.id, state: 'admitted', admittedOn: tx.today, answerDueOn: reconsideration.answerDueOn };
    });
  }
}
