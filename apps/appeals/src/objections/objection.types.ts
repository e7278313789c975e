import { Day, Instant, Score } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '异议' })
export class Objection {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '回执编号' }) receiptNo!: string;
  @Field(() => ID, { ...optional, description: '所属复议；未受理的没有' }) reconsiderationId!: string | null;
  @Field(() => ID, { ...optional, description: '所异议的公示；反映档案差错的没有' }) publicationId!: string | null;
  @Field(() => String, { ...optional, description: '公示类别' }) publicationKind!: string | null;
  @Field(() => String, { description: '结果所属：civility 评议，rating 评级，archives 档案' }) owner!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => ID, { description: '异议对象' }) subjectId!: string;
  @Field(() => ID, { ...optional, description: '申请人；被异议户看不到' }) applicantId!: string | null;
  @Field(() => String, { description: '事项：own-score 本户评分，others-result 他户结果，rating-list 评定名单，village-list 信用村名单，procedure 程序，file-error 档案差错' }) ground!: string;
  @Field(() => String, { description: '方式：oral、telephone、paper、online' }) channel!: string;
  @Field(() => Instant, { description: '登记时刻' }) receivedAt!: Date;
  @Field(() => Day, { description: '收到日；盖收件章的纸质异议为收件章日期' }) receivedOn!: string;
  @Field(() => Boolean, { description: '是否补登：先收件、后录入' }) lateTyped!: boolean;
  @Field(() => Day, { ...optional, description: '异议期最后一日' }) windowLastDay!: string | null;
  @Field(() => String, { description: '状态：admitted、panel-convened、answered、outcome-published、closed、refused、withdrawn、referred（已移送档案更正）' }) state!: string;
  @Field(() => String, { ...optional, description: '不予受理情形：late、not-posted、publication-withdrawn、inadmissible' }) refusal!: string | null;
  @Field(() => Day, optional) refusalReviewedOn!: string | null;
  @Field(() => Day, optional) admittedOn!: string | null;
  @Field(() => Day, { ...optional, description: '答复期限' }) answerDueOn!: string | null;
  @Field(() => Boolean, { description: '是否逾期未答复（按今天计算）' }) overdue!: boolean;
  @Field(() => Day, { ...optional, description: '复议会议日期' }) meetingOn!: string | null;
  @Field(() => String, { ...optional, description: '答复：score-kept 维持，score-changed 更正' }) outcome!: string | null;
  @Field(() => Score, { ...optional, description: '更正后的评议得分' }) changedHundredths!: number | null;
  @Field(() => Boolean, optional) vetoLifted!: boolean | null;
  @Field(() => Day, optional) answeredOn!: string | null;
  @Field(() => ID, { ...optional, description: '复议结果的公示' }) outcomePublicationId!: string | null;
  @Field(() => Day, { ...optional, description: '复议结果公示的最后一日' }) outcomeLastDay!: string | null;
  @Field(() => Day, { ...optional, description: '已将答复告知的日期' }) toldOn!: string | null;
  @Field(() => Day, { ...optional, description: '移送档案更正之日；档案差错和逾期的移送' }) correctionRequestedOn!: string | null;
  @Field(() => String, { ...optional, description: '更正结果：corrected 已更正，file-right 档案无误，passed-on 转其他程序' }) correctionOutcome!: string | null;
  @Field(() => Day, optional) correctionAnsweredOn!: string | null;
  @Field(() => String, { description: '给人看的一句话，含日期' }) message!: string;
}

@ObjectType({ description: '参加复议的人员' })
export class PanelMember {
  @Field(() => ID) panelMemberId!: string;
  @Field(() => ID, optional) memberId!: string | null;
  @Field(() => String, { description: '身份，如 party-secretary、villager-representative、elder、other、scorer' }) capacity!: string;
  @Field(() => String, { description: 'decides 参加决定，explains 只作说明，withdrawn 回避' }) part!: string;
  @Field(() => String, { ...optional, description: '回避原因' }) withdrawal!: string | null;
  @Field(() => Boolean, { ...optional, description: '作出决定时是否到会' }) present!: boolean | null;
}

@ObjectType({ description: '听取陈述的记录' })
export class Hearing {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'applicant 申请人，affected-household 被异议户，scorer 原评议人员' }) heard!: string;
  @Field(() => Boolean, { description: '是否到场' }) appeared!: boolean;
  @Field(() => Day) heardOn!: string;
  @Field(() => String, { ...optional, description: '陈述要点；无权查看时为空' }) text!: string | null;
}

@ObjectType({ description: '异议的全部办理情况' })
export class ObjectionDetail {
  @Field(() => Objection) objection!: Objection;
  @Field(() => String, { ...optional, description: '异议内容；无权查看时为空' }) text!: string | null;
  @Field(() => Instant, { ...optional, description: '口头、电话提出的，向申请人复述确认的时刻' }) readBackAt!: Date | null;
  @Field(() => String, { ...optional, description: '复述人' }) readBackBy!: string | null;
  @Field(() => String, { ...optional, description: '纸质件扫描件的 SHA-256' }) scanSha256!: string | null;
  @Field(() => String, { ...optional, description: '不予受理的理由' }) refusalReason!: string | null;
  @Field(() => String, { ...optional, description: '逾期的正当理由' }) lateCause!: string | null;
  @Field(() => String, { ...optional, description: '答复理由' }) reasons!: string | null;
  @Field(() => Int, optional) votesFor!: number | null;
  @Field(() => Int, optional) votesAgainst!: number | null;
  @Field(() => [PanelMember]) panel!: PanelMember[];
  @Field(() => [Hearing]) hearings!: Hearing[];
}

@ObjectType()
export class ObjectionPage {
  @Field(() => [Objection]) rows!: Objection[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '农户' })
export class Household {
  @Field(() => ID) id!: string;
  @Field(() => [Objection], { description: '本户提出的和针对本户的异议' }) objections!: Objection[];
}

@ObjectType({ description: '异议登记回执' })
export class ObjectionReceipt {
  @Field(() => ID) objectionId!: string;
  @Field(() => String) receiptNo!: string;
  @Field(() => String, { description: 'admitted 受理，refused 不予受理，referred 移送档案更正' }) state!: string;
  @Field(() => String, optional) refusal!: string | null;
  @Field(() => Day) receivedOn!: string;
  @Field(() => Day, optional) windowLastDay!: string | null;
  @Field(() => Day, optional) answerDueOn!: string | null;
  @Field(() => String, { description: '给申请人看的一句话，含日期' }) message!: string;
}

@ObjectType({ description: '受理、不予受理或撤回的决定' })
export class ObjectionDecision {
  @Field(() => ID) objectionId!: string;
  @Field(() => String) state!: string;
  @Field(() => Day, optional) admittedOn?: string | null;
  @Field(() => Day, optional) answerDueOn?: string | null;
}

@InputType({ isAbstract: true })
class ReceivedInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID, optional) applicantMemberId?: string | null;
  @Field(() => String, { description: 'oral 口头，telephone 电话，paper 纸质，online 本人凭取号码在线' }) channel!: string;
  @Field(() => String) text!: string;
  @Field(() => Boolean, { ...optional, description: '口头、电话提出的，已复述并经申请人确认' }) readBack?: boolean | null;
  @Field(() => Instant, { ...optional, description: '复述确认的时刻；不填为登记时刻' }) readBackAt?: Date | null;
  @Field(() => String, { ...optional, description: '纸质件扫描件的 SHA-256；纸质异议必填' }) scanSha256?: string | null;
  @Field(() => Day, { ...optional, description: '村收件章日期；补登先前收到的纸质异议时填，以此日为收到日' }) stampedOn?: string | null;
}

@InputType({ description: '登记异议' })
export class FileObjectionInput extends ReceivedInput {
  @Field(() => ID) publicationId!: string;
  @Field(() => ID, { description: '异议对象的编号（农户、主体）' }) subjectId!: string;
  @Field(() => ID, { description: '申请人的编号（农户、主体）' }) applicantId!: string;
  @Field(() => String, { description: 'own-score、others-result、rating-list、village-list、procedure' }) ground!: string;
}

@InputType({ description: '反映档案差错' })
export class ReportFileErrorInput extends ReceivedInput {
  @Field(() => ID, { description: '档案所属的农户或主体，即反映人' }) subjectId!: string;
}

@InputType({ description: '写明理由的决定' })
export class AdmitLateInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => String, { description: '正当理由' }) cause!: string;
}

@InputType()
export class RefuseObjectionInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => String) reason!: string;
}

@InputType()
export class ReviewRefusalInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => Boolean, { description: 'true 维持不予受理，false 改为受理' }) upheld!: boolean;
}

@InputType()
export class WithdrawObjectionInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
}
