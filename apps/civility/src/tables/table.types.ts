import { Day, Score } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '评分的一项' })
export class MarkLine {
  @Field(() => String) itemCode!: string;
  @Field(() => String, { description: '内容' }) zh!: string;
  @Field(() => String, { description: '方面编号' }) area!: string;
  @Field(() => String, { description: 'positive 正面，negative 负面，veto 一票否决' }) polarity!: string;
  @Field(() => Score, { description: '所记分值；负面为负数，一票否决为零' }) points!: number;
  @Field(() => String, { ...optional, description: '事由' }) word!: string | null;
  @Field(() => String, { ...optional, description: '事实' }) factText!: string | null;
  @Field(() => Day, optional) factOn!: string | null;
  @Field(() => String, { ...optional, description: '文书编号；村里不可见' }) documentNo!: string | null;
  @Field(() => Day, optional) documentOn!: string | null;
}

@ObjectType({ description: '小组评议表的一户' })
export class TableRowType {
  @Field(() => ID) householdId!: string;
  @Field(() => [ID], { description: '回避的成员' }) withdrawnMemberIds!: readonly string[];
  @Field(() => Score, { description: '初评得分' }) score!: number;
  @Field(() => Boolean, { description: '是否一票否决' }) vetoed!: boolean;
  @Field(() => [MarkLine]) lines!: MarkLine[];
}

@ObjectType({ description: '重新录入前后的不同' })
export class TableDifference {
  @Field(() => ID) householdId!: string;
  @Field(() => Score, { ...optional, description: '更正前的得分' }) before!: number | null;
  @Field(() => Score, { ...optional, description: '更正后的得分' }) after!: number | null;
}

@ObjectType({ description: '小组评议表' })
export class GroupTableType {
  @Field(() => ID) id!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => String, { description: 'typed 已录入，confirmed 已确认' }) state!: string;
  @Field(() => Day, { description: '评议日期' }) meetingOn!: string;
  @Field(() => ID, { description: '主持人' }) chairMemberId!: string;
  @Field(() => [ID], { description: '到会成员' }) presentMemberIds!: readonly string[];
  @Field(() => Boolean, { description: '到会成员是否当场再次申报回避' }) declaredAgain!: boolean;
  @Field(() => String, { ...optional, description: '签字原件扫描件的 SHA-256' }) scanSha256!: string | null;
  @Field(() => String, { description: '录入内容的摘要，确认时一并提交' }) digest!: string;
  @Field(() => Day) typedOn!: string;
  @Field(() => Day, optional) confirmedOn!: string | null;
  @Field(() => [TableRowType], { description: '各户；您须回避的农户不显示' }) rows!: TableRowType[];
  @Field(() => [TableDifference], { description: '与上一次录入的不同' }) differences!: TableDifference[];
}

@ObjectType({ description: '一户的回避情况' })
export class Withdrawal {
  @Field(() => ID) householdId!: string;
  @Field(() => [ID]) memberIds!: readonly string[];
}

@ObjectType({ description: '小组评议的过程（供监督，不含评分）' })
export class GroupSession {
  @Field(() => String) groupCode!: string;
  @Field(() => String) state!: string;
  @Field(() => Day) meetingOn!: string;
  @Field(() => ID) chairMemberId!: string;
  @Field(() => [ID]) presentMemberIds!: readonly string[];
  @Field(() => Int, { description: '评议户数' }) households!: number;
  @Field(() => [Withdrawal], { description: '有人回避的农户' }) withdrawals!: Withdrawal[];
  @Field(() => Day, optional) confirmedOn!: string | null;
}

@InputType({ description: '一条评议标记' })
export class MarkArgs {
  @Field(() => String, { description: '清单项目编号' }) itemCode!: string;
  @Field(() => Score, { ...optional, description: '正面项目所给分值，不填为该项满分' }) points?: number | null;
  @Field(() => String, { ...optional, description: '一句事由（正面）' }) word?: string | null;
  @Field(() => String, { ...optional, description: '事实（负面）' }) factText?: string | null;
  @Field(() => Day, { ...optional, description: '事实发生日' }) factOn?: string | null;
  @Field(() => String, { ...optional, description: '文书编号（一票否决）；镇里已标记的不必填' }) documentNo?: string | null;
  @Field(() => Day, { ...optional, description: '文书生效日' }) documentOn?: string | null;
}

@InputType({ description: '小组评议表的一户' })
export class TableRowArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [ID], { defaultValue: [], description: '对这一户回避的成员' }) withdrawnMemberIds!: string[];
  @Field(() => [MarkArgs]) marks!: MarkArgs[];
}

@InputType({ description: '一次评议会议' })
export class HeldMeetingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => Day, { description: '评议日期' }) meetingOn!: string;
  @Field(() => ID, { description: '主持人：村包片干部' }) chairMemberId!: string;
  @Field(() => [ID], { description: '到会成员；可包括替补人员和请来的其他评议组织成员' }) presentMemberIds!: string[];
  @Field(() => Boolean, { description: '到会成员已当场逐人再次申报回避' }) declaredAgain!: boolean;
  @Field(() => String, { description: '签字原件扫描件的 SHA-256' }) scanSha256!: string;
}

@InputType({ description: '录入小组评议表' })
export class RecordGroupTableArgs extends HeldMeetingArgs {
  @Field(() => [TableRowArgs], { description: '该组每户一行' }) rows!: TableRowArgs[];
}

@InputType({ description: '核对的一户' })
export class ReadBackArgs {
  @Field(() => ID) householdId!: string;
  @Field(() => [String], { description: '该户所记的项目编号' }) itemCodes!: string[];
  @Field(() => [ID], optional) withdrawnMemberIds?: string[] | null;
}

@InputType({ description: '核对确认小组评议表' })
export class ConfirmGroupTableArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) tableId!: string;
  @Field(() => String, { description: '所核对内容的摘要' }) digest!: string;
  @Field(() => [ReadBackArgs], { ...optional, description: '对照纸质原件复核录入的，逐户填写' }) readBack?: ReadBackArgs[] | null;
}

@ObjectType()
export class TableReceiptType {
  @Field(() => ID) tableId!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => Int) households!: number;
  @Field(() => String, optional) digest?: string;
  @Field(() => Day, optional) confirmedOn?: string;
}
