import { Problem } from '@credit/contracts';
import { type Actor, Allow, anonymous, CurrentActor, Day, Public, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { appealsRules } from '../appeals-rules';
import { publicFigures } from './public-figures';
import { StatisticsStore } from './statistics.store';
import { ObjectionStatistics, PublicObjectionStatistics } from './statistics.types';

const dayArg = (description: string) => ({ type: () => Day, nullable: true, description });

@Resolver()
export class StatisticsResolver {
  constructor(private readonly work: UnitOfWork) {}

  @Query(() => [ObjectionStatistics], { description: '各村异议统计：件数、事项、结果、答复天数' })
  @Allow('objection.statistics')
  objectionStatistics(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String, description: '行政区划代码' }) under: string,
    @Args('fromOn', dayArg('收到日不早于')) fromOn?: string,
    @Args('toOn', dayArg('收到日不晚于')) toOn?: string,
  ): Promise<ObjectionStatistics[]> {
    const period = { fromOn: fromOn ?? null, toOn: toOn ?? null };
    return this.work.read(actor, (tx) => new StatisticsStore(tx).figures(actor.scopesFor('objection.statistics'), divisionPrefix(under), period));
  }

  /** By whole years only: two periods that differ by a day would tell one objection from the others. */
  @Query(() => [PublicObjectionStatistics], { description: '公开的各村年度异议统计' })
  @Public('counts of a whole year, small ones suppressed; names nobody')
  publicObjectionStatistics(
    @Args('under', { type: () => String, description: '行政区划代码，12 位' }) under: string,
    @Args('year', { type: () => Int, description: '年度，按收到日' }) year: number,
  ): Promise<PublicObjectionStatistics[]> {
    if (!/^\d{12}$/.test(under)) throw new Problem('input.invalid', {}, [{ path: 'under', message: '行政区划代码须为 12 位数字' }]);
    if (year < 1000 || year > 9999) throw new Problem('input.invalid', {}, [{ path: 'year', message: '年度须为四位数' }]);
    return this.work.read(anonymous, async (tx) => {
      const rows = await new StatisticsStore(tx).figures([''], divisionPrefix(under), { fromOn: `${year}-01-01`, toOn: `${year}-12-31` });
      return rows.map((row) => publicFigures(row, appealsRules(tx.today).publicLeast));
    });
  }
}
