import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RateNow } from './rate-now';
import { RecheckStore } from './recheck.store';
import { RegradedRatingStore } from './regraded-rating.store';

const settling = z.object({ ratingId: z.uuid() });

export type SettleRechecksInput = z.input<typeof settling> & { readonly requestId: string };
export type RechecksSettled = Readonly<{ ratingId: string; settled: number }>;

/** 复核无变化 — takes a subject off the worklist, but only when today's facts give the grade it has: a change needs a proposal. 三(八)3 */
@Injectable()
export class SettleRechecks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rateNow: RateNow,
  ) {}

  execute(actor: Actor, { requestId, ...body }: SettleRechecksInput): Promise<RechecksSettled> {
    return this.work.once({ actor, operation: 'regrade.settle-rechecks', requestId, body }, async (tx) => {
      const { ratingId } = settling.parse(body);
      const rating = await new RegradedRatingStore(tx).lockValid(ratingId);
      actor.require('regrade.propose', rating.villageCode);
      const today = await this.rateNow.of(tx, rating, ratingId);
      if (today?.grade !== rating.grade) throw new Problem('regrade.changed', { ratingId });
      const settled = await new RecheckStore(tx).settle(rating.subjectId);
      await tx.audit.record('regrade.rechecked', ratingId, { settled });
      return { ratingId, settled };
    });
  }
}
