import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RatingStore } from '../ratings/rating.store';
import { RateAgain } from '../runs/rate-again';
import { RunStore } from '../runs/run.store';
import { HumanReviewStore } from './human-review.store';

const deciding = z.object({
  reviewId: z.uuid(),
  outcome: z.enum(['kept', 'computed-again', 'file-to-correct']),
  reasons: z.string().trim().min(10, '请写明复核了什么、结论和理由').max(4000),
});

export type DecideHumanReviewInput = z.input<typeof deciding> & { readonly requestId: string };
export type HumanReviewDecision = Readonly<{ reviewId: string; outcome: string; decidedOn: string; overdue: boolean }>;

/**
 * 作出人工复核结论 — by a county officer who did not confirm the run: kept with reasons, computed again on the facts of today,
 * or the file is to be corrected first. The household is told; a late one stays possible and shows as late. 个人信息保护法 24
 */
@Injectable()
export class DecideHumanReview {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly rateAgain: RateAgain,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideHumanReviewInput): Promise<HumanReviewDecision> {
    return this.work.once({ actor, operation: 'review.decide', requestId, body: { ...body, reasons: this.vault.hash(body.reasons, 'request') } }, async (tx) => {
      const input = deciding.parse(body);
      const reviews = new HumanReviewStore(tx);
      const review = await reviews.lock(input.reviewId);
      actor.require('review.decide', review.villageCode);
      if (review.outcome !== null) throw new Problem('review.decided', { reviewId: review.reviewId });
      const rating = await new RatingStore(tx).byId(review.ratingId);
      if (!rating) throw new Problem('not-found', { ratingId: review.ratingId });
      if ((await new RunStore(tx).byId(rating.runId)).confirmedBy === actor.principal) throw new Problem('review.same-person', { reviewId: review.reviewId });
      const resultId = input.outcome === 'computed-again' ? await this.rateAgain.inside(tx, rating.runId, review.subjectId, review.reviewId) : null;
      if (input.outcome === 'computed-again' && resultId === null) throw new Problem('review.certified', { ratingId: rating.ratingId });
      const reasons = (await this.vault.sealFor(tx, review.subjectId)).seal(input.reasons, ['human_review', review.reviewId, 'reasons']);
      await reviews.decide(review.reviewId, input.outcome, reasons, resultId);
      await tx.outbox.append('deadline.cleared', { owner: 'rating', kind: 'human-review', key: review.reviewId });
      await tx.outbox.append('notification.requested', { owner: 'rating', template: 'human-review-decided', key: review.reviewId, divisionCode: review.villageCode, subjectId: review.subjectId, role: null, publicationId: null });
      const overdue = tx.today > review.dueOn;
      await tx.audit.record('review.decided', review.reviewId, { ratingId: rating.ratingId, outcome: input.outcome, resultId, overdue });
      return { reviewId: review.reviewId, outcome: input.outcome, decidedOn: tx.today, overdue };
    });
  }
}
