import { Day } from '@credit/platform';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '公示处' })
export class PublicationPlace {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'board 村党务公开栏，group 村民组公示处，public 面向社会' }) kind!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String) name!: string;
  @Field(() => Day, { ...optional, description: '张贴日期；尚未张贴的为空' }) postedOn!: string | null;
  @Field(() => String, { ...optional, description: '照片的 SHA-256' }) photoSha256!: string | null;
  @Field(() => String, { ...optional, description: '张贴人；单独查看一次公示时给出' }) posterName!: string | null;
}

@ObjectType({ description: '公示中断：缺失或暂停' })
export class PublicationInterruption {
  @Field(() => String, { description: 'missing 公示处缺失，suspended 镇监督小组暂停' }) kind!: string;
  @Field(() => ID, { ...optional, description: '缺失的公示处' }) placeId!: string | null;
  @Field(() => String, { ...optional, description: '暂停原因' }) reason!: string | null;
  @Field(() => String, { ...optional, description: '暂停说明；单独查看一次公示时给出' }) note!: string | null;
  @Field(() => Day, { description: '中断的第一日' }) fromOn!: string;
  @Field(() => Day, { ...optional, description: '重新张贴或恢复之日；仍在暂停的为空' }) untilOn!: string | null;
}

@ObjectType({ description: '公示名单的一行；公示结束后名称和结果撤下' })
export class PublicationEntry {
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { description: 'household、entity、collective' }) subjectKind!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => String, { ...optional, description: '脱敏名称，未同意公示姓名的为编号' }) label!: string | null;
  @Field(() => String, { ...optional, description: '可公示的结果；评定名单不显示等级' }) result!: string | null;
}

@ObjectType({ description: '一次广播：大喇叭或微信群' })
export class PublicationBroadcast {
  @Field(() => String) channel!: string;
  @Field(() => String, { description: '播放或发送的村或村民组' }) divisionCode!: string;
  @Field(() => Day) happenedOn!: string;
}

@ObjectType()
export class PublicationEntryPage {
  @Field(() => [PublicationEntry]) rows!: PublicationEntry[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '告知进度' })
export class TellingProgress {
  @Field(() => Int, { description: '尚未告知的户数' }) open!: number;
  @Field(() => Int, { description: '已告知的户数' }) told!: number;
  @Field(() => Int, { description: '记明无法告知的户数' }) notDeliverable!: number;
}

@ObjectType({ description: '公示' })
export class Publication {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '类别，如 publication.result' }) kind!: string;
  @Field(() => String, { description: '事项所属的服务' }) owner!: string;
  @Field(() => String, { description: '事项编号，如轮次编号' }) key!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String) divisionName!: string;
  @Field(() => String, { description: '公示编号' }) number!: string;
  @Field(() => String) title!: string;
  @Field(() => String, { description: 'draft 待张贴，posted 公示中，suspended 暂停，withdrawn 已撤回，closed 已期满（按今天计算）' }) state!: string;
  @Field(() => Boolean, { description: '是否期满（按今天计算）' }) isOver!: boolean;
  @Field(() => Int) version!: number;
  @Field(() => Day) draftedOn!: string;
  @Field(() => Day, { ...optional, description: '最后一处张贴之日' }) postedOn!: string | null;
  @Field(() => Day, { ...optional, description: '公示最后一日，顺延在内' }) lastDay!: string | null;
  @Field(() => Day, { ...optional, description: '异议期最后一日' }) objectionLastDay!: string | null;
  @Field(() => Day, { ...optional, description: '暂停之日' }) suspendedOn!: string | null;
  @Field(() => String, { ...optional, description: '撤回原因' }) withdrawal!: string | null;
  @Field(() => ID, { ...optional, description: '重新开始的是哪一次公示' }) againOf!: string | null;
  @Field(() => ID, { ...optional, description: '撤回后重新开始的公示' }) openedAgainAs!: string | null;
  @Field(() => [PublicationPlace]) places!: PublicationPlace[];
  @Field(() => [PublicationInterruption], { description: '缺失与暂停，早的在前' }) interruptions!: PublicationInterruption[];
  @Field(() => [PublicationBroadcast], { description: '广播，早的在前' }) broadcasts!: PublicationBroadcast[];
  @Field(() => TellingProgress) telling!: TellingProgress;
  @Field(() => [String], { description: '当前可办的下一步：post、extend、suspend、repost、withdraw' }) moves!: string[];
}

@ObjectType()
export class PublicationPage {
  @Field(() => [Publication]) rows!: Publication[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ArgsType()
export class PublicationFilterArgs {
  @Field(() => String, { ...optional, description: '行政区划代码' }) under?: string;
  @Field(() => String, { ...optional, description: '类别' }) kind?: string;
  @Field(() => String, { ...optional, description: '状态（按今天计算）' }) state?: string;
}

@InputType()
export class PostPlaceInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) publicationId!: string;
  @Field(() => ID) placeId!: string;
  @Field(() => Day, { ...optional, description: '张贴日期，默认今天' }) postedOn?: string | null;
  @Field(() => Int, { ...optional, description: '公示天数；只有“不少于”的类别可以更长' }) days?: number | null;
  @Field(() => String, { ...optional, description: '张贴人姓名，加密保存' }) postedByName?: string | null;
  @Field(() => String, { ...optional, description: '照片的 SHA-256' }) photoSha256?: string | null;
}

@InputType()
export class ReportMissingInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) publicationId!: string;
  @Field(() => ID) placeId!: string;
  @Field(() => Day, { description: '缺失的第一日' }) missingFrom!: string;
  @Field(() => Day, { ...optional, description: '重新张贴之日，默认今天' }) repostedOn?: string | null;
}

@InputType()
export class WithdrawPublicationInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) publicationId!: string;
  @Field(() => String, { description: 'wrong-content 内容有误，empty-party-board 党务公开栏未张贴，basis-changed 依据已变' }) reason!: string;
}

@InputType()
export class SuspendPublicationInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) publicationId!: string;
  @Field(() => String, { description: 'content-in-doubt、procedure-in-doubt、complaint、other' }) reason!: string;
  @Field(() => String, { ...optional, description: '说明，加密保存；原因为 other 的必填' }) note?: string | null;
}

@InputType({ description: '只需指明公示的操作' })
export class PublicationInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) publicationId!: string;
}

@ObjectType()
export class PostPlaceReceipt {
  @Field(() => ID) publicationId!: string;
  @Field(() => ID) placeId!: string;
  @Field(() => Int, { description: '尚未张贴的公示处数' }) placesLeft!: number;
  @Field(() => Day, { ...optional, description: '全部张贴后：张贴日' }) postedOn!: string | null;
  @Field(() => Day, optional) lastDay!: string | null;
  @Field(() => Day, optional) objectionLastDay!: string | null;
}

@ObjectType()
export class ExtensionReceipt {
  @Field(() => ID) publicationId!: string;
  @Field(() => Int, { description: '顺延的天数' }) daysAdded!: number;
  @Field(() => Day) lastDay!: string;
  @Field(() => Day, optional) objectionLastDay!: string | null;
  @Field(() => Int) version!: number;
}

@ObjectType()
export class WithdrawalReceipt {
  @Field(() => ID) publicationId!: string;
  @Field(() => ID, { description: '重新开始的公示' }) openedAgainAs!: string;
  @Field(() => Int) version!: number;
}

@ObjectType()
export class SuspensionReceipt {
  @Field(() => ID) publicationId!: string;
  @Field(() => String) state!: string;
  @Field(() => Day) suspendedOn!: string;
  @Field(() => Int) version!: number;
}

@ObjectType()
export class RedraftReceipt {
  @Field(() => ID) publicationId!: string;
  @Field(() => Int, { description: '名单行数' }) entries!: number;
}
