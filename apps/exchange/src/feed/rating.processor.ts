import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RatingChangeStore } from './rating-change.store';

/** Keeps ids and days of new ratings for the change feed; grades stay with rating. */
@Injectable()
export class RatingProcessor {
  @Hears('rating.certified')
  certified(data: EventData<'rating.certified'>, tx: Tx): Promise<void> {
    return new RatingChangeStore(tx).append(data);
  }
}
