import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, type Tx, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { ImprovementCandidates } from './improvement-candidates';
import { ImprovementView } from './improvement-view';
import { type ImprovementFilter, ImprovementStore } from './improvement.store';
import { ImprovementCandidatePage, ImprovementPage } from './improvement.types';

type Narrowing = Omit<ImprovementFilter, 'hidden' | 'after' | 'limit' | 'newestFirst'>;

/** Lists of plans; households from which the reader must withdraw are in none of them. */
@Resolver()
export class ImprovementListResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly view: ImprovementView,
    private readonly candidates: ImprovementCandidates,
  ) {}

  @Query(() => ImprovementCandidatePage, { description: '应当整改提升的农户：最终得分低于界限或被一票否决，按户编号；您须回避的农户不显示' })
  @Allow('improvement.read')
  async improvementCandidates(
    @CurrentActor() actor: Actor,
    @Args('roundId', { type: () => ID }) roundId: string,
    @Args() page: PageArgs,
    @Args('withPlan', { type: () => Boolean, defaultValue: false, description: '包括已有整改提升计划的' }) withPlan: boolean,
  ): Promise<ImprovementCandidatePage> {
    const limit = pageSize(page);
    const [after = null] = readCursor(page.after, 1) ?? [];
    const found = await this.candidates.page(actor, { roundId, withPlan, after, limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    return { rows: found.map(({ hundredths, ...row }) => ({ ...row, score: hundredths })), nextCursor: last ? cursorOf(last.householdNo) : null };
  }

  @Query(() => ImprovementPage, { description: '一轮评议后的整改提升计划，核查日早的在前' })
  @Allow('improvement.read')
  improvements(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string, @Args() page: PageArgs): Promise<ImprovementPage> {
    return this.ofRound(actor, roundId, page, { roundId });
  }

  @Query(() => ImprovementPage, { description: '参加这一轮评议的农户在以往轮次后的整改提升情况，供审议参考' })
  @Allow('improvement.read')
  earlierImprovements(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string, @Args() page: PageArgs): Promise<ImprovementPage> {
    return this.ofRound(actor, roundId, page, { beforeRoundId: roundId });
  }

  @Query(() => ImprovementPage, { description: '已过核查日而未核查的整改提升计划，核查日早的在前' })
  @Allow('improvement.read')
  overdueImprovements(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true, description: '行政区划代码' }) under?: string,
  ): Promise<ImprovementPage> {
    const narrowing = { scopes: actor.scopesFor('improvement.read'), under: divisionPrefix(under ?? ''), overdueOnly: true };
    return this.work.read(actor, (tx) => this.page(tx, actor, page, narrowing));
  }

  @Query(() => ImprovementPage, { description: '由我帮扶、尚未达到的整改提升计划，核查日早的在前' })
  @Allow('improvement.help')
  helpedImprovements(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<ImprovementPage> {
    const { accountId } = actor;
    if (accountId === null) return Promise.resolve({ rows: [], nextCursor: null });
    return this.work.read(actor, (tx) => this.page(tx, actor, page, { helperAccountId: accountId, openOnly: true }));
  }

  private ofRound(actor: Actor, roundId: string, page: PageArgs, narrowing: Narrowing): Promise<ImprovementPage> {
    return this.work.read(actor, async (tx) => {
      actor.require('improvement.read', (await new RoundStore(tx).get(roundId)).villageCode);
      return this.page(tx, actor, page, narrowing);
    });
  }

  private async page(tx: Tx, actor: Actor, page: PageArgs, narrowing: Narrowing): Promise<ImprovementPage> {
    const limit = pageSize(page);
    const hidden = await new TieStore(tx).hiddenFrom(actor.accountId);
    const found = await new ImprovementStore(tx).list({ ...narrowing, hidden, after: readCursor(page.after, 2), limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    return { rows: await this.view.of(tx, found), nextCursor: last ? cursorOf(last.checkOn, last.id) : null };
  }
}
