import { type Actor, Allow, CurrentActor, Day, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { CastOnlineMarks } from './cast-online-marks';
import { OnlineMarkStore } from './online-mark.store';

@InputType({ description: '网上评议的一户' })
class OnlineRowArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [String], { description: '清单项目编号；一票否决项不在其中' }) itemCodes!: string[];
}

@InputType({ description: '参加网上评议' })
class CastOnlineMarksArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => [OnlineRowArgs]) rows!: OnlineRowArgs[];
}

@ObjectType({ description: '网上评议回执' })
class OnlineMarksReceipt {
  @Field(() => ID) roundId!: string;
  @Field(() => Day) castOn!: string;
}

@ObjectType({ description: '一户一项的网上评议户次' })
class OnlineMarkTally {
  @Field(() => ID) householdId!: string;
  @Field(() => String) itemCode!: string;
  @Field(() => Int, { description: '户次' }) number!: number;
}

@ObjectType({ description: '一个村民小组的网上评议汇总，仅供评议小组参考' })
class OnlineMarkSummary {
  @Field(() => Int, { description: '参加户数' }) ballots!: number;
  @Field(() => [OnlineMarkTally], { description: '您须回避的农户不显示' }) tallies!: OnlineMarkTally[];
}

@Resolver()
export class OnlineMarksResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cast: CastOnlineMarks,
  ) {}

  @Query(() => OnlineMarkSummary, { description: '网上评议汇总；查不到哪一户评了什么' })
  @Allow('group-table.read')
  onlineMarks(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string, @Args('groupCode', { type: () => String }) groupCode: string): Promise<OnlineMarkSummary> {
    return this.work.read(actor, async (tx) => {
      actor.require('group-table.read', (await new RoundStore(tx).get(roundId)).villageCode);
      const marks = new OnlineMarkStore(tx);
      return { ballots: await marks.ballots(roundId, groupCode), tallies: await marks.tallies(roundId, groupCode, await new TieStore(tx).hiddenFrom(actor.accountId)) };
    });
  }

  @Mutation(() => OnlineMarksReceipt, { description: '参加网上评议（村民，每户每轮一次）' })
  @Allow('online-marks.cast')
  castOnlineMarks(@CurrentActor() actor: Actor, @Args('input') input: CastOnlineMarksArgs): Promise<OnlineMarksReceipt> {
    return this.cast.execute(actor, input);
  }
}
