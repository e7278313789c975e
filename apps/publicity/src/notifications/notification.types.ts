import { Day } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '一种渠道上试过的结果' })
export class TriedChannel {
  @Field(() => String, { description: '渠道代码' }) channel!: string;
  @Field(() => String, { description: '渠道名称' }) channelName!: string;
  @Field(() => String, { description: 'sent 已发出，delivered 已送达手机，told 已告知，failed 未成功，not-deliverable 记明无法告知' }) outcome!: string;
  @Field(() => Int) times!: number;
  @Field(() => Day, { description: '最近一次' }) lastOn!: string;
  @Field(() => [String], { description: '签收单扫描件的 SHA-256' }) proofs!: readonly string[];
}

@ObjectType({ description: '告知' })
export class Notification {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '用语，如 result-published' }) template!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String, optional) groupCode!: string | null;
  @Field(() => ID, optional) publicationId!: string | null;
  @Field(() => ID, { ...optional, description: '被告知的主体' }) subjectId!: string | null;
  @Field(() => String, { ...optional, description: '被告知的任职角色' }) role!: string | null;
  @Field(() => String, { ...optional, description: '公示中的脱敏名称，撤下后为空' }) label!: string | null;
  @Field(() => String) text!: string;
  @Field(() => String, { description: 'open 待告知，told 已告知，not-deliverable 无法告知，ended 因公示撤回不再告知' }) state!: string;
  @Field(() => Day) createdOn!: string;
  @Field(() => Day, optional) settledOn!: string | null;
  @Field(() => Int, { description: '未成功的次数' }) failedTries!: number;
  @Field(() => [TriedChannel], { description: '各渠道试过的结果，早的在前' }) tried!: TriedChannel[];
}

@ObjectType()
export class NotificationPage {
  @Field(() => [Notification]) rows!: Notification[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '本户收到的告知' })
export class HouseholdNotice {
  @Field(() => ID) id!: string;
  @Field(() => String) template!: string;
  @Field(() => String) text!: string;
  @Field(() => String) state!: string;
  @Field(() => Day) createdOn!: string;
  @Field(() => ID, optional) publicationId!: string | null;
  @Field(() => String, { ...optional, description: '所告知的公示' }) title!: string | null;
  @Field(() => Day, optional) postedOn!: string | null;
  @Field(() => Day, optional) lastDay!: string | null;
  @Field(() => Day, { ...optional, description: '异议期最后一日' }) objectionLastDay!: string | null;
}

@ObjectType({ description: '农户' })
export class Household {
  @Field(() => ID) id!: string;
  @Field(() => [HouseholdNotice], { description: '收到的告知，新的在前' }) notices!: HouseholdNotice[];
}

@InputType()
export class RecordDeliveryInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) notificationId!: string;
  @Field(() => String, { description: 'slip 告知单签收，visit 入户，phone 电话' }) channel!: string;
  @Field(() => String, { description: 'told 已告知，failed 未告知' }) outcome!: string;
  @Field(() => Day, { ...optional, description: '告知日期，默认今天' }) happenedOn?: string | null;
  @Field(() => String, { ...optional, description: '签收单扫描件的 SHA-256' }) signedSheetSha256?: string | null;
  @Field(() => String, { ...optional, description: '未告知的原因：away、unreachable、invalid-number、moved、declined、other' }) reason?: string | null;
  @Field(() => String, { ...optional, description: '说明，加密保存' }) note?: string | null;
}

@InputType()
export class RecordGroupDeliveryInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID, { ...optional, description: '告知的公示；与 template 二选一' }) publicationId?: string | null;
  @Field(() => String, { ...optional, description: '告知的用语，如 rating-result' }) template?: string | null;
  @Field(() => String, { description: '14 位村民组代码，或 12 位村代码' }) groupCode!: string;
  @Field(() => String, { description: 'slip 告知单签收，visit 入户，phone 电话' }) channel!: string;
  @Field(() => Day, { ...optional, description: '告知日期，默认今天' }) happenedOn?: string | null;
  @Field(() => [ID], { ...optional, description: '未告知成功的主体' }) exceptSubjectIds?: string[] | null;
  @Field(() => String, { ...optional, description: '未告知的原因，默认 other' }) exceptReason?: string | null;
  @Field(() => String, { ...optional, description: '签收单扫描件的 SHA-256' }) signedSheetSha256?: string | null;
}

@InputType()
export class RecordNotDeliverableInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) notificationId!: string;
  @Field(() => String, { description: 'away、unreachable、moved、declined、other' }) reason!: string;
  @Field(() => String, { description: '见证人姓名，加密保存' }) witnessName!: string;
  @Field(() => String, { ...optional, description: '说明，加密保存' }) note?: string | null;
}

@InputType()
export class RecordBroadcastInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) publicationId!: string;
  @Field(() => String, { description: '12 位村代码，或 14 位村民组代码' }) divisionCode!: string;
  @Field(() => String, { description: 'loudspeaker 村大喇叭，message-group 村民微信群' }) channel!: string;
  @Field(() => Day, { ...optional, description: '播放或发送日期，默认今天' }) happenedOn?: string | null;
}

@ObjectType()
export class BroadcastReceipt {
  @Field(() => ID) publicationId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => Int, { description: '在这一范围内、尚未告知的户数' }) stillToTell!: number;
}

@ObjectType()
export class DeliveryReceipt {
  @Field(() => ID) notificationId!: string;
  @Field(() => String) state!: string;
}

@ObjectType()
export class GroupDeliveryReceipt {
  @Field(() => String) groupCode!: string;
  @Field(() => Int, { description: '告知办结的户数' }) told!: number;
  @Field(() => Int, { description: '未告知成功的户数' }) failed!: number;
}
