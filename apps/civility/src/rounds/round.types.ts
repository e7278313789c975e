import { Day } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '一个村民小组的评议进度' })
export class GroupProgressType {
  @Field(() => String) groupCode!: string;
  @Field(() => Int, { description: '户数' }) households!: number;
  @Field(() => String, { ...optional, description: '评议表：typed 已录入，confirmed 已确认，空为未录入' }) tableState!: string | null;
  @Field(() => Int, { description: '已勾选审议的户数' }) examined!: number;
  @Field(() => Int, { description: '已确定得分的户数' }) settled!: number;
}

@ObjectType({ description: '评议轮次' })
export class Round {
  @Field(() => ID) id!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => Int, { description: '年度' }) year!: number;
  @Field(() => String, { description: '状态：preparing、open、deliberating、handed-in、returned、filed、published、final' }) state!: string;
  @Field(() => [String], { description: '当前可办理的步骤' }) moves!: string[];
  @Field(() => Day, { description: '评议基准日' }) referenceDay!: string;
  @Field(() => ID) listVersionId!: string;
  @Field(() => Day) preparedOn!: string;
  @Field(() => String, { description: '评议方式：group-table 小组评议表，individual 个人评议表按多数评定' }) marking!: string;
  @Field(() => Boolean, { description: '是否开通村民网上评议（仅供参考）' }) onlineMarks!: boolean;
  @Field(() => Day, optional) openedOn!: string | null;
  @Field(() => Day, optional) deliberatedOn!: string | null;
  @Field(() => Day, optional) handedInOn!: string | null;
  @Field(() => Day, { ...optional, description: '备案日' }) filedOn!: string | null;
  @Field(() => String, { ...optional, description: '备案摘要（SHA-256）' }) digest!: string | null;
  @Field(() => ID, { ...optional, description: '评议结果的公示' }) publicationId!: string | null;
  @Field(() => Day, { ...optional, description: '张贴完毕之日' }) postedOn!: string | null;
  @Field(() => Day, { ...optional, description: '公示最后一日' }) publicationLastDay!: string | null;
  @Field(() => Day, { ...optional, description: '异议期最后一日' }) objectionLastDay!: string | null;
}

@ObjectType({ description: '评议轮次及各组进度' })
export class RoundDetail extends Round {
  @Field(() => [GroupProgressType]) groups!: GroupProgressType[];
  @Field(() => Int, { description: '尚未办结的监督发现' }) openFindings!: number;
  @Field(() => Int, { description: '其中村里尚未答复的' }) unansweredFindings!: number;
}

@ObjectType()
export class RoundPage {
  @Field(() => [Round]) rows!: Round[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '准备评议轮次' })
export class PrepareRoundArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '村的 12 位行政区划代码' }) villageCode!: string;
  @Field(() => Int, { description: '年度' }) year!: number;
  @Field(() => Day, { description: '评议基准日：事实和文书不得晚于这一天，回溯年限从这一天往前算' }) referenceDay!: string;
  @Field(() => ID, { description: '评议基准日施行的评议清单版本' }) listVersionId!: string;
  @Field(() => String, { defaultValue: 'group-table', description: '评议方式：group-table 或 individual' }) marking!: 'group-table' | 'individual';
  @Field(() => Boolean, { defaultValue: false, description: '是否开通村民网上评议（仅供参考）' }) onlineMarks!: boolean;
}

@InputType()
export class RoundArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
}

@InputType({ description: '一户的退回理由' })
export class ReturnReasonInput {
  @Field(() => ID) householdId!: string;
  @Field(() => String) reason!: string;
}

@InputType({ description: '退回评议结果' })
export class ReturnRoundArgs extends RoundArgs {
  @Field(() => [ReturnReasonInput]) reasons!: ReturnReasonInput[];
}

@InputType({ description: '审核备案' })
export class FileRoundArgs extends RoundArgs {
  @Field(() => String, { ...optional, description: '审核时所见得分的摘要；填写后，得分有变动的不予备案' }) digest?: string | null;
}

@ObjectType({ description: '评议轮次办理回执' })
export class RoundReceipt {
  @Field(() => ID) roundId!: string;
  @Field(() => String, optional) state?: string;
  @Field(() => Int, optional) households?: number;
  @Field(() => Int, optional) groups?: number;
  @Field(() => Int, optional) returned?: number;
  @Field(() => Day, optional) openedOn?: string;
  @Field(() => Day, optional) filedOn?: string;
  @Field(() => Int, { ...optional, description: '备案时尚未办结的监督发现' }) openFindings?: number;
  @Field(() => Int, { ...optional, description: '其中村里尚未答复的' }) unansweredFindings?: number;
  @Field(() => String, optional) digest?: string;
}

@ObjectType({ description: '镇党委的退回理由' })
export class ReturnReasonType {
  @Field(() => ID) householdId!: string;
  @Field(() => Day) returnedOn!: string;
  @Field(() => String, optional) reason!: string | null;
}
