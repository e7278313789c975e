import { Day, Score } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;
const digest = { description: '扫描件或照片的 SHA-256' } as const;

@ObjectType({ description: '信用村申报表的一项' })
export class VillageFormLine {
  @Field(() => String) item!: string;
  @Field(() => String) zh!: string;
  @Field(() => String, optional) unit!: string | null;
  @Field(() => String, { ...optional, description: '待申报的为空' }) value!: string | null;
  @Field(() => String, { ...optional, description: '依据的扫描件摘要；由系统取数的为空' }) evidenceSha256!: string | null;
}

@ObjectType({ description: '信用村申报表：系统已取数的和须由村申报的' })
export class VillageForm {
  @Field(() => String) villageCode!: string;
  @Field(() => [VillageFormLine], { description: '系统按今日数据取数' }) computed!: VillageFormLine[];
  @Field(() => [VillageFormLine], { description: '须由村申报并附依据' }) toDeclare!: VillageFormLine[];
  @Field(() => [String], { description: '今日尚未满足的前置条件，逐条一句' }) unmet!: string[];
}

@ObjectType({ description: '一类参评人员' })
export class VillageVoters {
  @Field(() => String) kind!: string;
  @Field(() => String) zh!: string;
  @Field(() => Int, { description: '应到人数' }) number!: number;
  @Field(() => Int, { description: '已收票数' }) returned!: number;
}

@ObjectType({ description: '对村“两委”班子的测评；结果在计票后才有' })
export class VillagePollType {
  @Field(() => Day) openedOn!: string;
  @Field(() => [VillageVoters]) voters!: VillageVoters[];
  @Field(() => Day, optional) closedOn!: string | null;
  @Field(() => Int, { ...optional, description: '有效票' }) valid!: number | null;
  @Field(() => Int, { ...optional, description: '满意票（含基本满意）' }) favourable!: number | null;
}

@ObjectType({ description: '复审部门的意见' })
export class VillageOpinionType {
  @Field(() => String) department!: string;
  @Field(() => String) zh!: string;
  @Field(() => Boolean) agrees!: boolean;
  @Field(() => String, optional) reasons!: string | null;
  @Field(() => Day) givenOn!: string;
}

@ObjectType({ description: '拟降级或撤销，及其异议和决定' })
export class VillageChangeType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'downgrade 降级，revoke 撤销' }) kind!: string;
  @Field(() => String) fromGrade!: string;
  @Field(() => String, optional) toGrade!: string | null;
  @Field(() => String, optional) reasons!: string | null;
  @Field(() => Day) proposedOn!: string;
  @Field(() => Day, { description: '村提出异议的最后一日' }) answerLastDay!: string;
  @Field(() => String, optional) objection!: string | null;
  @Field(() => Day, optional) objectedOn!: string | null;
  @Field(() => String, { ...optional, description: 'effective 生效，dropped 不予处理' }) outcome!: string | null;
  @Field(() => String, optional) answer!: string | null;
  @Field(() => Day, optional) decidedOn!: string | null;
}

@ObjectType({ description: '牌匾' })
export class VillagePlaqueType {
  @Field(() => String, { description: '编号' }) serial!: string;
  @Field(() => String) villageName!: string;
  @Field(() => String) grade!: string;
  @Field(() => String, { description: '牌匾文字' }) text!: string;
  @Field(() => String) issuer!: string;
  @Field(() => Day) issuedOn!: string;
  @Field(() => Day, optional) recalledOn!: string | null;
  @Field(() => Boolean, { description: '是否有效；无效而未收回的须收回' }) stands!: boolean;
}

@ObjectType({ description: '信用村申报与认定' })
export class VillageApplicationType {
  @Field(() => ID) id!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String) villageName!: string;
  @Field(() => String) state!: string;
  @Field(() => Boolean, { description: '是否续评' }) renewal!: boolean;
  @Field(() => Day) appliedOn!: string;
  @Field(() => Day, optional) receivedOn!: string | null;
  @Field(() => Day, optional) townSignedOn!: string | null;
  @Field(() => Day, optional) reviewedOn!: string | null;
  @Field(() => Score, { ...optional, description: '复审得分' }) total!: number | null;
  @Field(() => String, optional) grade!: string | null;
  @Field(() => String, { ...optional, description: '退回环节：prerequisites、town-review、county-review、objection' }) refusedStep!: string | null;
  @Field(() => Day, optional) refusedOn!: string | null;
  @Field(() => Day, { ...optional, description: '社会公示最后一日' }) publicationLastDay!: string | null;
  @Field(() => String, optional) documentNo!: string | null;
  @Field(() => Day, optional) recognisedOn!: string | null;
  @Field(() => Day, { ...optional, description: '有效期最后一日' }) lastDay!: string | null;
  @Field(() => String, { ...optional, description: '今日的现状：valid 有效、expired 过期、renewed 已续评、revoked 已撤销' }) standing!: string | null;
}

@ObjectType({ description: '一件申报的全部' })
export class VillageApplicationDetail {
  @Field(() => VillageApplicationType) application!: VillageApplicationType;
  @Field(() => [VillageFormLine]) form!: VillageFormLine[];
  @Field(() => [String], { description: '退回的理由，逐条一句' }) reasons!: string[];
  @Field(() => VillagePollType, optional) poll!: VillagePollType | null;
  @Field(() => [VillageOpinionType]) opinions!: VillageOpinionType[];
  @Field(() => [VillageChangeType]) changes!: VillageChangeType[];
  @Field(() => [VillagePlaqueType]) plaques!: VillagePlaqueType[];
}

@ObjectType()
export class VillageApplicationPage {
  @Field(() => [VillageApplicationType]) rows!: VillageApplicationType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '牌匾核验' })
export class VillageRecognition {
  @Field(() => String) serial!: string;
  @Field(() => String) villageName!: string;
  @Field(() => String, { description: '牌匾所载等级' }) grade!: string;
  @Field(() => String, { description: 'valid 有效、expired 过期、renewed 已续评、revoked 已撤销、downgraded 已降级、recalled 已收回' }) standing!: string;
  @Field(() => String, optional) documentNo!: string | null;
  @Field(() => Day, optional) lastDay!: string | null;
}

/** 信用村各步骤的回执 — what a step changed, as far as it concerns it. */
@ObjectType({ description: '信用村办理回执' })
export class VillageReceiptType {
  @Field(() => ID, optional) applicationId?: string;
  @Field(() => ID, optional) changeId?: string;
  @Field(() => String, optional) serial?: string;
  @Field(() => String, optional) state?: string;
  @Field(() => String, optional) grade?: string | null;
  @Field(() => Boolean, { ...optional, description: '是否续评' }) renewal?: boolean;
  @Field(() => Int, { ...optional, description: '退回的理由条数；理由见申报详情' }) reasons?: number;
  @Field(() => Int, { ...optional, description: '尚未出具意见的部门数' }) outstanding?: number;
  @Field(() => Int, { ...optional, description: '本次收票数' }) recorded?: number;
  @Field(() => Day, { ...optional, description: '有效期最后一日' }) lastDay?: string;
  @Field(() => Day, { ...optional, description: '村提出异议的最后一日' }) answerLastDay?: string;
  @Field(() => String, optional) outcome?: string;
}

@InputType()
class DeclaredLine {
  @Field(() => String) item!: string;
  @Field(() => String) value!: string;
  @Field(() => String, digest) evidenceSha256!: string;
}

@InputType({ description: '申报信用村' })
export class ApplyForVillageArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => [DeclaredLine]) declared!: DeclaredLine[];
  @Field(() => String, { description: '签字盖章的申报表扫描件的 SHA-256' }) formSha256!: string;
}

@InputType({ description: '信用村申报的一步' })
export class VillageStepArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) applicationId!: string;
}

@InputType()
class VotersGiven {
  @Field(() => String) kind!: string;
  @Field(() => Int, { description: '应到人数' }) number!: number;
}

@InputType({ description: '组织测评' })
export class OpenVillagePollArgs extends VillageStepArgs {
  @Field(() => [VotersGiven]) electorate!: VotersGiven[];
  @Field(() => String, { description: '编号名册扫描件的 SHA-256' }) rollSha256!: string;
}

@InputType()
class VoterGiven {
  @Field(() => String) kind!: string;
  @Field(() => Int, { description: '名册序号' }) rollNo!: number;
}

@InputType()
class AnswersGiven {
  @Field(() => String) answer!: string;
  @Field(() => Int, { description: '票数' }) number!: number;
}

@InputType({ description: '收票：谁参评，与各项意见的合计分别登记' })
export class RecordVillageBallotsArgs extends VillageStepArgs {
  @Field(() => String, { description: 'paper 纸质、telephone 电话、visit 入户' }) way!: string;
  @Field(() => [VoterGiven]) voters!: VoterGiven[];
  @Field(() => [AnswersGiven]) answers!: AnswersGiven[];
}

@InputType({ description: '计票' })
export class CloseVillagePollArgs extends VillageStepArgs {
  @Field(() => String, { description: '签字计票单扫描件的 SHA-256' }) scanSha256!: string;
}

@InputType({ description: '镇党委初审' })
export class ReviewVillageByTownArgs extends VillageStepArgs {
  @Field(() => Boolean) agrees!: boolean;
  @Field(() => String, { ...optional, description: '不同意的理由' }) reasons?: string | null;
  @Field(() => String, digest) scanSha256!: string;
}

@InputType({ description: '登记部门意见' })
export class RecordVillageOpinionArgs extends VillageStepArgs {
  @Field(() => String) department!: string;
  @Field(() => Boolean) agrees!: boolean;
  @Field(() => String, { ...optional, description: '不同意的理由' }) reasons?: string | null;
  @Field(() => Day) givenOn!: string;
  @Field(() => String, digest) scanSha256!: string;
}

@InputType({ description: '发文认定' })
export class RecogniseVillageArgs extends VillageStepArgs {
  @Field(() => String, { description: '文号' }) documentNo!: string;
  @Field(() => String, digest) documentSha256!: string;
}

@InputType({ description: '颁发牌匾' })
export class IssueVillagePlaqueArgs extends VillageStepArgs {
  @Field(() => String, { description: '牌匾照片的 SHA-256' }) photoSha256!: string;
}

@InputType({ description: '收回牌匾' })
export class RecallVillagePlaqueArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) serial!: string;
  @Field(() => String, { description: '收回时照片的 SHA-256' }) photoSha256!: string;
}

@InputType({ description: '拟降级、撤销' })
export class ProposeVillageChangeArgs extends VillageStepArgs {
  @Field(() => String, { description: 'downgrade 降级，revoke 撤销' }) kind!: 'downgrade' | 'revoke';
  @Field(() => String, { ...optional, description: '降级后的等级：AA、A' }) toGrade?: 'AA' | 'A' | null;
  @Field(() => String) reasons!: string;
  @Field(() => String, digest) evidenceSha256!: string;
}

@InputType({ description: '对拟降级、撤销提出异议' })
export class ObjectToVillageChangeArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) changeId!: string;
  @Field(() => String) objection!: string;
  @Field(() => String, digest) scanSha256!: string;
}

@InputType({ description: '决定降级、撤销' })
export class DecideVillageChangeArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) changeId!: string;
  @Field(() => String, { description: 'effective 生效，dropped 不予处理' }) outcome!: 'effective' | 'dropped';
  @Field(() => String, { description: '决定的理由，答复异议' }) answer!: string;
}
