import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { FinalityJudge } from './finality';
import { HouseholdScores } from './household-scores';
import { ScoreListStore } from './score-list.store';
import { ScoreStore } from './score.store';
import { CivilityScoreType, FinalityType, Household, RoundHouseholdPage } from './score.types';

@Resolver(() => CivilityScoreType)
export class ScoreResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly scores: HouseholdScores,
    private readonly judge: FinalityJudge,
  ) {}

  @Query(() => RoundHouseholdPage, { description: '一轮评议的农户及得分，按户编号；您须回避的农户不显示' })
  @Allow('score.list')
  roundHouseholds(
    @CurrentActor() actor: Actor,
    @Args('roundId', { type: () => ID }) roundId: string,
    @Args() page: PageArgs,
    @Args('groupCode', { type: () => String, nullable: true }) groupCode?: string,
  ): Promise<RoundHouseholdPage> {
    const limit = pageSize(page);
    const [after = null] = readCursor(page.after, 1) ?? [];
    return this.work.read(actor, async (tx) => {
      actor.require('score.list', (await new RoundStore(tx).get(roundId)).villageCode);
      const hidden = await new TieStore(tx).hiddenFrom(actor.accountId);
      const rows = await new ScoreListStore(tx).page({ roundId, groupCode: groupCode ?? null, hidden, after, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map(({ firstHundredths, hundredths, withdrawn, ...row }) => ({ ...row, firstScore: firstHundredths, score: hundredths, withdrawnMemberIds: withdrawn })),
        nextCursor: last ? cursorOf(last.householdNo) : null,
      };
    });
  }

  @Query(() => [Household], { nullable: 'items', description: '农户的评议得分（总图按编号拼接）' })
  @Allow('score.read')
  householdsByIds(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<(Household | null)[]> {
    return this.work.read(actor, async (tx) => {
      const scores = await this.scores.of(tx, actor, ids);
      return ids.map((id) => (actor.villager && actor.villager.householdId !== id ? null : { id, civilityScores: scores.filter(({ householdId }) => householdId === id) }));
    });
  }

  /** Computed from publicity and appeals at this moment, only when it is asked for. */
  @ResolveField(() => FinalityType, { description: '得分是否生效' })
  @Allow('score.read')
  async finality(@CurrentActor() actor: Actor, @Parent() { roundId, householdId }: CivilityScoreType): Promise<FinalityType> {
    const { today, round, score } = await this.work.read(actor, async (tx) => ({
      today: tx.today,
      round: await new RoundStore(tx).get(roundId),
      score: await new ScoreStore(tx).present(roundId, householdId),
    }));
    const [verdict] = await this.judge.of(today, round, score ? [score] : []);
    const reason = verdict?.reason ?? null;
    return { final: reason === null, reason };
  }
}
