import { type Actor, Allow, CurrentActor, Day, Score, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { RoundArgs, RoundReceipt } from '../rounds/round.types';
import { RoundStore } from '../rounds/round.store';
import { marksFrom } from '../tables/mark-lines';
import { MarkArgs } from '../tables/table.types';
import { ConfirmExamined } from './confirm-examined';
import { ExamineHouseholds } from './examine-households';
import { HandIn } from './hand-in';
import { HoldSitting } from './hold-sitting';
import { SetScore } from './set-score';
import { SittingStore } from './sitting.store';

@ObjectType({ description: '审议会议' })
class SittingType {
  @Field(() => ID) id!: string;
  @Field(() => Day) metOn!: string;
  @Field(() => [ID], { description: '到会成员' }) presentMemberIds!: readonly string[];
}

@InputType({ description: '召开审议会议' })
class HoldSittingArgs extends RoundArgs {
  @Field(() => Day, { nullable: true, description: '会议日期，不填为今天' }) metOn?: string | null;
  @Field(() => [ID], { description: '到会成员；可包括请来替补的其他评议组织成员' }) presentMemberIds!: string[];
  @Field(() => Boolean, { description: '到会成员已当场逐人再次申报回避' }) declaredAgain!: boolean;
}

@InputType({ description: '审议的一户' })
class ExamineRowArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [ID], { defaultValue: [], description: '对这一户回避的成员' }) withdrawnMemberIds!: string[];
}

@InputType({ description: '勾选已审议的农户' })
class ExamineArgs extends RoundArgs {
  @Field(() => [ExamineRowArgs]) rows!: ExamineRowArgs[];
}

@InputType({ description: '审议改定一户的得分' })
class SetScoreArgs extends RoundArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [ID], { defaultValue: [], description: '对这一户回避的成员' }) withdrawnMemberIds!: string[];
  @Field(() => [MarkArgs], { nullable: true, description: '重新核定的全部评议项；与调整后的得分二者取一' }) marks?: MarkArgs[] | null;
  @Field(() => Score, { nullable: true, description: '调整后的得分' }) adjustedScore?: number | null;
  @Field(() => String, { description: '理由' }) reason!: string;
}

@ObjectType()
class SittingReceiptType {
  @Field(() => ID) sittingId!: string;
  @Field(() => Day) metOn!: string;
  @Field(() => String, { description: '轮次状态' }) state!: string;
}

@ObjectType()
class ExaminedReceiptType {
  @Field(() => ID) roundId!: string;
  @Field(() => Int, { nullable: true, description: '勾选户数' }) examined?: number;
  @Field(() => Int, { nullable: true, description: '确认户数' }) confirmed?: number;
  @Field(() => Int, { nullable: true, description: '尚未确定得分的户数' }) unsettled?: number;
}

@ObjectType()
class ScoreReceiptType {
  @Field(() => ID) householdId!: string;
  @Field(() => Int) version!: number;
  @Field(() => Score, { description: '初评得分' }) firstScore!: number;
  @Field(() => Score, { description: '审议得分' }) score!: number;
}

@Resolver()
export class DeliberationResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly hold: HoldSitting,
    private readonly examine: ExamineHouseholds,
    private readonly set: SetScore,
    private readonly confirm: ConfirmExamined,
    private readonly handInCase: HandIn,
  ) {}

  @Query(() => [SittingType], { description: '一轮评议的审议会议' })
  @Allow('round.read')
  sittings(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<SittingType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('round.read', (await new RoundStore(tx).get(roundId)).villageCode);
      return (await new SittingStore(tx).list(roundId)).map(({ id, metOn, present }) => ({ id, metOn, presentMemberIds: present }));
    });
  }

  @Mutation(() => SittingReceiptType, { description: '召开审议会议（村党组织书记）；第一次即开始审议，须各组评议表均已确认' })
  @Allow('deliberation.hold')
  beginDeliberation(@CurrentActor() actor: Actor, @Args('input') input: HoldSittingArgs): Promise<SittingReceiptType> {
    return this.hold.execute(actor, input);
  }

  @Mutation(() => ExaminedReceiptType, { description: '勾选本次会议逐户审议过的农户' })
  @Allow('deliberation.examine')
  examineHouseholds(@CurrentActor() actor: Actor, @Args('input') input: ExamineArgs): Promise<ExaminedReceiptType> {
    return this.examine.execute(actor, input);
  }

  @Mutation(() => ScoreReceiptType, { description: '审议改定一户的得分并写明理由；初评得分保留' })
  @Allow('deliberation.examine')
  async setScore(@CurrentActor() actor: Actor, @Args('input') { marks, ...input }: SetScoreArgs): Promise<ScoreReceiptType> {
    const receipt = await this.set.execute(actor, { ...input, marks: marks ? marksFrom(marks) : null });
    return { householdId: receipt.householdId, version: receipt.version, firstScore: receipt.firstHundredths, score: receipt.hundredths };
  }

  @Mutation(() => ExaminedReceiptType, { description: '统一确认已勾选农户的得分' })
  @Allow('deliberation.examine')
  confirmExamined(@CurrentActor() actor: Actor, @Args('input') input: RoundArgs): Promise<ExaminedReceiptType> {
    return this.confirm.execute(actor, input);
  }

  @Mutation(() => RoundReceipt, { description: '全部农户审议后报镇党委（村党组织书记）' })
  @Allow('deliberation.hand-in')
  handIn(@CurrentActor() actor: Actor, @Args('input') input: RoundArgs): Promise<RoundReceipt> {
    return this.handInCase.execute(actor, input);
  }
}
