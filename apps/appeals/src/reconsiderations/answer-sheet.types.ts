import { Day, Score } from '@credit/platform';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '复议事项及其去向：所依据的得分版本、答复、复议结果的公示' })
export class Reconsideration {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'civility 评议，rating 评级' }) owner!: string;
  @Field(() => String, { description: '所异议结果的编号，如评议轮次' }) ownerKey!: string;
  @Field(() => ID, { description: '所异议的公示' }) publicationId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) state!: string;
  @Field(() => [ID], { description: '合并办理的各件异议；被异议户看不到他人提出的' }) objectionIds!: readonly string[];
  @Field(() => Day, { description: '最早一件的收到日' }) receivedOn!: string;
  @Field(() => Day) answerDueOn!: string;
  @Field(() => Day, optional) meetingOn!: string | null;
  @Field(() => String, { ...optional, description: '答复文号' }) answerNo!: string | null;
  @Field(() => Day, optional) answeredOn!: string | null;
  @Field(() => String, { ...optional, description: 'score-kept 维持，score-changed 更正' }) outcome!: string | null;
  @Field(() => ID, { ...optional, description: '承载答复的异议；更正后的得分版本、重新评定和复议结果公示都以它为据' }) answerObjectionId!: string | null;
  @Field(() => Int, { ...optional, description: '决定时所依据的评议得分版本' }) scoreVersion!: number | null;
  @Field(() => Score, { ...optional, description: '决定时的评议得分' }) beforeHundredths!: number | null;
  @Field(() => Score, { ...optional, description: '更正后的评议得分' }) changedHundredths!: number | null;
  @Field(() => ID, { ...optional, description: '复议结果的公示' }) outcomePublicationId!: string | null;
  @Field(() => Day, { ...optional, description: '复议结果公示的最后一日' }) outcomeLastDay!: string | null;
  @Field(() => Day, { ...optional, description: '已将答复告知的日期' }) toldOn!: string | null;
}

@ObjectType({ description: '答复中的一项理由' })
export class AnswerItemType {
  @Field(() => String, { description: '评议项代码' }) itemCode!: string;
  @Field(() => String, { ...optional, description: '评议项名称；不在规则清单中的为空' }) itemName!: string | null;
  @Field(() => String, { description: 'kept 维持，added 增加，removed 取消' }) change!: string;
  @Field(() => String, optional) reason!: string | null;
}

@ObjectType({ description: '参加复议的一类人员' })
export class PanelCapacityType {
  @Field(() => String) capacity!: string;
  @Field(() => String, { description: '身份名称' }) name!: string;
  @Field(() => Int, { description: '到会并参加决定' }) decided!: number;
  @Field(() => Int, { description: '只作说明' }) explained!: number;
  @Field(() => Int, { description: '回避' }) withdrew!: number;
}

@ObjectType({ description: '听取陈述的情况' })
export class AnswerHearingType {
  @Field(() => String, { description: 'applicant 申请人，affected-household 被异议户，scorer 原评议人员' }) heard!: string;
  @Field(() => Boolean) appeared!: boolean;
  @Field(() => Day) heardOn!: string;
}

@ObjectType({ description: '复议答复书的数据，用于打印' })
export class ReconsiderationAnswer {
  @Field(() => String, { ...optional, description: '文号' }) answerNo!: string | null;
  @Field(() => String, { description: 'civility 评议，rating 评级' }) owner!: string;
  @Field(() => ID, { description: '承载答复的异议' }) objectionId!: string;
  @Field(() => [String], { description: '所答复各件异议的回执编号；被异议户看不到他人提出的' }) receiptNos!: readonly string[];
  @Field(() => String) divisionCode!: string;
  @Field(() => String, { ...optional, description: '村名' }) divisionName!: string | null;
  @Field(() => String, { ...optional, description: '异议对象（脱敏；不同意公示姓名的为户编号）' }) subjectLabel!: string | null;
  @Field(() => [String], { description: '申请人（脱敏）；被异议户看不到他人' }) applicantLabels!: readonly string[];
  @Field(() => String, { description: 'score-kept 维持，score-changed 更正' }) outcome!: string;
  @Field(() => Score, { ...optional, description: '原评议得分' }) beforeHundredths!: number | null;
  @Field(() => Score, { ...optional, description: '更正后的评议得分' }) changedHundredths!: number | null;
  @Field(() => Boolean) vetoLifted!: boolean;
  @Field(() => String, { ...optional, description: '理由；无权查看时为空' }) reasons!: string | null;
  @Field(() => [AnswerItemType], { description: '逐项理由' }) items!: AnswerItemType[];
  @Field(() => [PanelCapacityType], { description: '参加复议的各类人员；评定名单的异议没有' }) panel!: PanelCapacityType[];
  @Field(() => [AnswerHearingType]) hearings!: AnswerHearingType[];
  @Field(() => String, { ...optional, description: 'consensus 协商一致，vote 表决' }) decidedBy!: string | null;
  @Field(() => Int, optional) votesFor!: number | null;
  @Field(() => Int, optional) votesAgainst!: number | null;
  @Field(() => Day, { description: '最早一件的收到日；只为一方打印的，为其本人提出的' }) receivedOn!: string;
  @Field(() => Day, optional) meetingOn!: string | null;
  @Field(() => Day) answerDueOn!: string;
  @Field(() => Day) answeredOn!: string;
  @Field(() => Boolean, { description: '是否逾期答复' }) overdue!: boolean;
  @Field(() => Day, { ...optional, description: '复议结果公示的最后一日；尚未张贴的为空' }) outcomeLastDay!: string | null;
}
