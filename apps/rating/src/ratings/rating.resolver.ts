import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Explanations } from '../runs/explanations';
import { ResultStore } from '../runs/result.store';
import { type Rating, RatingStore } from './rating.store';
import { RatedHousehold, type RatingType } from './rating.types';
import { seesRating } from './sees-rating';

@Resolver(() => RatedHousehold)
export class RatingResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly explanations: Explanations,
  ) {}

  /** Staff see the households of their division, a villager the own one; the explanation needs a right of its own. */
  @Query(() => [RatedHousehold], { nullable: 'items', description: '农户的信用评定（总图按编号拼接）' })
  @Allow('rating.view-grade')
  householdsByIds(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<(RatedHousehold | null)[]> {
    return this.work.read(actor, async (tx) => {
      const ratings = await new RatingStore(tx).historyOf(ids);
      const results = await new ResultStore(tx).newestOf(ids);
      const explained = await this.explanations.of(
        tx,
        results.filter((result) => seesRating(actor, 'rating.view', result)),
      );
      return ids.map((id) => ({
        id,
        ratings: ratings.filter((rating) => rating.subjectId === id && seesRating(actor, 'rating.view-grade', rating)).map((rating) => ratingType(rating, tx.today)),
        latestResult: explained.find((result) => result.subjectId === id) ?? null,
      }));
    });
  }

  @Query(() => [RatedHousehold], { description: '本户的评级结果与说明' })
  @Allow('rating.view')
  async myRating(@CurrentActor() actor: Actor): Promise<RatedHousehold[]> {
    const own = actor.villager?.householdId;
    return own ? (await this.householdsByIds(actor, [own])).filter((row) => row !== null) : [];
  }
}

/** 已到期 is computed from the last day. */
export function ratingType(rating: Rating, today: string): RatingType {
  const state = rating.state === 'certified' ? (rating.lastDay !== null && today > rating.lastDay ? 'expired' : 'valid') : rating.state;
  return { ...rating, id: rating.ratingId, state };
}
