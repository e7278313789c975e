import { Day, Score } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@InputType({ description: '审议小组之外邀请参加复议的一人' })
export class PanelGuestInput {
  @Field(() => String, { description: 'elder “五老”人员，other 其他相关人员，scorer 原评议人员（只作说明）' }) capacity!: string;
  @Field(() => ID, { ...optional, description: '其本户' }) householdId?: string | null;
  @Field(() => ID, optional) accountId?: string | null;
  @Field(() => Boolean, { ...optional, description: '声明与有关农户有亲属、纠纷或债务关系' }) declaresConflict?: boolean | null;
}

@InputType({ description: '召集村级复议' })
export class ConvenePanelInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => Day, { description: '复议会议日期' }) meetingOn!: string;
  @Field(() => [PanelGuestInput], { description: '“五老”等；审议小组全体由系统召集，不必填写' }) guests!: PanelGuestInput[];
  @Field(() => [ID], { ...optional, description: '审议小组中参加过这一户原评议的成员，只作说明、不参加决定' }) scorerMemberIds?: string[] | null;
}

@ObjectType({ description: '被召集的一人' })
export class CalledMember {
  @Field(() => ID) panelMemberId!: string;
  @Field(() => ID, optional) memberId!: string | null;
  @Field(() => String) capacity!: string;
  @Field(() => String, { description: 'decides、explains、withdrawn' }) part!: string;
  @Field(() => String, { ...optional, description: '回避原因' }) withdrawal!: string | null;
}

@ObjectType('PanelReceipt', { description: '召集复议的回执' })
export class ConveningReceiptType {
  @Field(() => ID) reconsiderationId!: string;
  @Field(() => Day) meetingOn!: string;
  @Field(() => [CalledMember]) members!: CalledMember[];
}

@InputType({ description: '听取陈述的记录' })
export class RecordHearingInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => String, { description: 'applicant 申请人，affected-household 被异议户，scorer 原评议人员' }) heard!: string;
  @Field(() => Boolean, { defaultValue: true, description: '是否到场；经通知未到场的填 false 并写明通知情况' }) appeared!: boolean;
  @Field(() => String) text!: string;
  @Field(() => Day) heardOn!: string;
}

@ObjectType('HearingReceipt')
export class HearingReceiptType {
  @Field(() => ID) hearingId!: string;
  @Field(() => ID) reconsiderationId!: string;
  @Field(() => String) heard!: string;
}

@InputType({ description: '逐项理由' })
export class AnswerItemInput {
  @Field(() => String, { description: '评议项代码' }) itemCode!: string;
  @Field(() => String, { description: 'kept 维持，added 增加，removed 取消' }) change!: string;
  @Field(() => String) reason!: string;
}

@InputType({ description: '复议答复' })
export class AnswerObjectionInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => String, { description: 'score-kept 维持，score-changed 更正' }) outcome!: string;
  @Field(() => Score, { ...optional, description: '更正后的评议得分，如 "95.00"；评定名单的异议不填' }) changedHundredths?: number | null;
  @Field(() => Boolean, { ...optional, description: '是否撤销一票否决' }) vetoLifted?: boolean | null;
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => [AnswerItemInput], { ...optional, description: '逐项理由；评定名单的异议不填' }) items?: AnswerItemInput[] | null;
  @Field(() => String, { ...optional, description: '决定方式：consensus 协商一致，vote 表决；不填时有票数的为表决' }) mode?: string | null;
  @Field(() => Int, { ...optional, description: '赞成票；协商一致的不填' }) votesFor?: number | null;
  @Field(() => Int, optional) votesAgainst?: number | null;
  @Field(() => [ID], { ...optional, description: '到会人员（召集回执中的编号）；不填视为全部到会' }) presentMemberIds?: string[] | null;
}

@ObjectType('AnswerReceipt', { description: '答复回执' })
export class AnswerReceiptType {
  @Field(() => ID, { description: '承载答复的异议（合并办理的取最早一份）' }) objectionId!: string;
  @Field(() => String, { description: '答复文号' }) answerNo!: string;
  @Field(() => String) outcome!: string;
  @Field(() => Day) answeredOn!: string;
  @Field(() => Day) answerDueOn!: string;
  @Field(() => Boolean, { description: '是否逾期答复' }) overdue!: boolean;
}
