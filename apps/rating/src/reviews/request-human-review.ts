import { Problem } from '@credit/contracts';
import { type Actor, newId, RULES, type Rules, UnitOfWork, Vault } from '@credit/platform';
import { windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RatingStore } from '../ratings/rating.store';
import { HumanReviewStore } from './human-review.store';

const requesting = z.object({
  ratingId: z.uuid(),
  statement: z.string().trim().min(4, '请写明不同意的理由').max(2000),
  scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制').nullish().transform((text) => text ?? null),
});

export type RequestHumanReviewInput = z.input<typeof requesting> & { readonly requestId: string };
export type HumanReviewReceipt = Readonly<{ reviewId: string; dueOn: string }>;

/**
 * 申请人工复核 — whoever was rated by the system alone may refuse that decision and have a person look at it: the household
 * itself, or the clerk with its signed paper. 个人信息保护法 24
 */
@Injectable()
export class RequestHumanReview {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RequestHumanReviewInput): Promise<HumanReviewReceipt> {
    return this.work.once({ actor, operation: 'review.request', requestId, body: { ...body, statement: this.vault.hash(body.statement, 'request') } }, async (tx) => {
      const input = requesting.parse(body);
      const rating = await new RatingStore(tx).byId(input.ratingId);
      if (actor.villager && actor.villager.householdId !== rating?.subjectId) throw new Problem('not-found', { ratingId: input.ratingId });
      if (!rating) throw new Problem('not-found', { ratingId: input.ratingId });
      if (!actor.villager) {
        actor.require('review.request', rating.villageCode);
        if (input.scanSha256 === null) throw new Problem('input.invalid', {}, [{ path: 'scanSha256', message: '代为申请须附本人签字材料扫描件的摘要' }]);
      }
      if (rating.state === 'superseded') throw new Problem('review.past', { ratingId: rating.ratingId });
      const reviewId = newId();
      const { lastDay: dueOn } = windowOf(this.rules.terms, 'human-review', tx.today, { calendar: this.rules.calendar });
      const statement = (await this.vault.sealFor(tx, rating.subjectId)).seal(input.statement, ['human_review', reviewId, 'statement']);
      await new HumanReviewStore(tx).insert({ reviewId, ratingId: rating.ratingId, subjectId: rating.subjectId, villageCode: rating.villageCode, statement, dueOn }, input.scanSha256);
      await tx.outbox.append('deadline.set', { owner: 'rating', kind: 'human-review', key: reviewId, version: 1, lastDay: dueOn });
      await tx.audit.record('review.requested', reviewId, { ratingId: rating.ratingId, dueOn });
      return { reviewId, dueOn };
    });
  }
}
