import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { addDays, divisionPrefix, termOn } from '@credit/policy';
import { Inject } from '@nestjs/common';
import { Args, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ratingType } from '../ratings/rating.resolver';
import { RatingStore } from '../ratings/rating.store';
import { RatingType } from '../ratings/rating.types';

@ObjectType({ description: '待续评的清单' })
class RenewalPage {
  @Field(() => [RatingType]) rows!: RatingType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@ObjectType({ description: '现行有效等级的分布' })
class ValidGradeCount {
  @Field(() => String) villageCode!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => String) grade!: string;
  @Field(() => Int) count!: number;
}

@Resolver()
export class RenewalResolver {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => RenewalPage, { description: '待续评：有效期将满、尚无新的评级的，先到期的在前（按今日计算）' })
  @Allow('rating.statistics')
  renewalsDue(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<RenewalPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const by = addDays(tx.today, termOn(this.rules.terms, 'renewal-notice', tx.today).days ?? 0);
      const rows = await new RatingStore(tx).endingBy(actor.scopesFor('rating.statistics'), by, readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => ratingType(row, tx.today)), nextCursor: last ? cursorOf(`${last.lastDay}${last.ratingId}`) : null };
    });
  }

  @Query(() => [ValidGradeCount], { description: '今日有效等级的分布：按村、主体类别、等级' })
  @Allow('rating.statistics')
  ratingStatistics(@CurrentActor() actor: Actor, @Args('under', { type: () => String, description: '行政区划代码' }) under: string): Promise<ValidGradeCount[]> {
    return this.work.read(actor, (tx) => new RatingStore(tx).statistics(actor.scopesFor('rating.statistics'), divisionPrefix(under)));
  }
}
