import { RULES, type Rules, type Tx } from '@credit/platform';
import { addDays, termOn } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { RatingStore } from '../ratings/rating.store';

/** 续评提醒 — every certificate that ends within the term of notice is reminded of once, whenever the ring came. 三(六)4 [D] */
@Injectable()
export class RemindOfRenewal {
  constructor(@Inject(RULES) private readonly rules: Rules) {}

  async execute(tx: Tx): Promise<void> {
    const due = await new RatingStore(tx).noteRenewals(addDays(tx.today, termOn(this.rules.terms, 'renewal-notice', tx.today).days ?? 0));
    await tx.outbox.appendAll(
      'notification.requested',
      due.map(({ ratingId, villageCode, subjectId }) => ({ owner: 'rating' as const, template: 'rating-expiring', key: ratingId, divisionCode: villageCode, subjectId, role: null, publicationId: null })),
    );
    if (due.length > 0) await tx.audit.record('ratings.renewal-noticed', tx.today, { ratings: due.length });
  }
}
