import { type Actor, Allow, CurrentActor, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { RoundStore } from '../rounds/round.store';
import { marksFrom } from '../tables/mark-lines';
import { HeldMeetingArgs, MarkArgs, TableReceiptType } from '../tables/table.types';
import { CountIndividualMarks } from './count-individual-marks';
import { IndividualSheetStore } from './individual-sheet.store';
import { RecordIndividualMarks } from './record-individual-marks';

@InputType({ description: '个人评议表的一户' })
class IndividualRowArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [MarkArgs]) marks!: MarkArgs[];
}

@InputType({ description: '填写个人评议表' })
class RecordIndividualMarksArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => ID) memberId!: string;
  @Field(() => [IndividualRowArgs]) rows!: IndividualRowArgs[];
  @Field(() => String, { nullable: true, description: '代为录入的，附签字原件扫描件的 SHA-256' }) scanSha256?: string | null;
}

@InputType({ description: '一户的回避情况' })
class WithdrawalArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [ID]) memberIds!: string[];
}

@InputType({ description: '汇总个人评议表' })
class CountIndividualMarksArgs extends HeldMeetingArgs {
  @Field(() => [WithdrawalArgs], { defaultValue: [], description: '已申报以外的回避' }) withdrawals!: WithdrawalArgs[];
}

@ObjectType({ description: '个人评议表回执' })
class IndividualMarksReceipt {
  @Field(() => ID) memberId!: string;
  @Field(() => Int) households!: number;
}

@ObjectType({ description: '一名成员交个人评议表的进度（不含评分）' })
class IndividualProgress {
  @Field(() => ID) memberId!: string;
  @Field(() => Int, { description: '已评户数' }) households!: number;
}

@ObjectType({ description: '本人对一户的评议' })
class OwnIndividualSheet {
  @Field(() => ID) householdId!: string;
  @Field(() => [String], { description: '所记的项目编号' }) itemCodes!: string[];
}

@Resolver()
export class IndividualMarksResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordIndividualMarks,
    private readonly count: CountIndividualMarks,
  ) {}

  @Query(() => [IndividualProgress], { description: '各成员交个人评议表的进度，不含评分' })
  @Allow('round.read')
  individualProgress(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string, @Args('groupCode', { type: () => String }) groupCode: string): Promise<IndividualProgress[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('round.read', (await new RoundStore(tx).get(roundId)).villageCode);
      return new IndividualSheetStore(tx).progress(roundId, groupCode);
    });
  }

  @Query(() => [OwnIndividualSheet], { description: '本人填写的个人评议表；他人的不可见' })
  @Allow('individual-marks.record')
  myIndividualMarks(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<OwnIndividualSheet[]> {
    return this.work.read(actor, async (tx) => {
      const memberIds = await new RoundStore(tx).memberIdsOf(roundId, actor.accountId);
      const householdIds = (await new RoundStore(tx).households(roundId)).map(({ householdId }) => householdId);
      const seals = await this.vault.existing(tx, householdIds);
      const sheets = await new IndividualSheetStore(tx).of(roundId, householdIds, seals, memberIds);
      return [...sheets].map(([householdId, own]) => ({ householdId, itemCodes: own.flatMap(({ marks }) => marks.map(({ itemCode }) => itemCode)) }));
    });
  }

  @Mutation(() => IndividualMarksReceipt, { description: '填写个人评议表（本人，或村文书凭签字原件代录）' })
  @Allow('individual-marks.record')
  recordIndividualMarks(@CurrentActor() actor: Actor, @Args('input') { rows, ...sheet }: RecordIndividualMarksArgs): Promise<IndividualMarksReceipt> {
    return this.record.execute(actor, { ...sheet, rows: rows.map(({ householdId, marks }) => ({ householdId, marks: marksFrom(marks) })) });
  }

  @Mutation(() => TableReceiptType, { description: '按多数汇总个人评议表为小组评议表，另一人核对确认后生效' })
  @Allow('group-table.record')
  countIndividualMarks(@CurrentActor() actor: Actor, @Args('input') input: CountIndividualMarksArgs): Promise<TableReceiptType> {
    return this.count.execute(actor, input);
  }
}
