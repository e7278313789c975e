import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseDesk } from '../reconsiderations/case-desk';
import type { AdmissionReceipt } from './admit-late';
import { ObjectionStore } from './objection.store';

const reviewing = z.object({ objectionId: z.uuid(), upheld: z.boolean() });

export type ReviewInput = z.input<typeof reviewing> & { readonly requestId: string };

/** 复核不予受理 — once, one level above who refused: upheld, or admitted with the answer due from this day. 三(三)3 [D] */
@Injectable()
export class ReviewRefusal {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CaseDesk,
  ) {}

  execute(actor: Actor, request: ReviewInput): Promise<AdmissionReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'objection.review-refusal', requestId, body }, async (tx): Promise<AdmissionReceipt> => {
      const input = reviewing.parse(body);
      const objections = new ObjectionStore(tx);
      const { objection } = await objections.lock(input.objectionId);
      actor.require(`objection.review-refusal-${objection.owner}`, objection.divisionCode);
      if (objection.refusalReviewedOn !== null) throw new Problem('objection.already-reviewed', { objectionId: objection.id });
      if (objection.refusal !== 'inadmissible') throw new Problem('objection.ended', { objectionId: objection.id });
      await tx.audit.record('objection.refusal-reviewed', objection.id, { upheld: input.upheld });
      if (input.upheld) {
        await objections.update(objection.id, { refusalReviewedOn: tx.today });
        return { objectionId: objection.id, state: 'refused', admittedOn: null, answerDueOn: null };
      }
      const reconsideration = await this.desk.admit(tx, objection, tx.today);
      await objections.update(objection.id, { state: 'admitted', refusal: null, refusalReviewedOn: tx.today, reconsiderationId: reconsideration.id, admittedOn: tx.today });
      return { objectionId: objection.id, state: 'admitted', admittedOn: tx.today, answerDueOn: reconsideration.answerDueOn };
    });
  }
}
