import { Day, Score } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '整改提升的核查' })
export class ImprovementCheckType {
  @Field(() => String, { description: 'met 已达到，partly-met 部分达到，not-met 未达到' }) result!: string;
  @Field(() => String, { ...optional, description: '看到的情况' }) seen!: string | null;
  @Field(() => Day, { description: '实地核查之日' }) seenOn!: string;
  @Field(() => ID, { description: '核查人' }) checkedByAccountId!: string;
  @Field(() => Day, { description: '登记之日' }) checkedOn!: string;
}

@ObjectType({ description: '整改提升计划的一个版本' })
export class ImprovementVersionType {
  @Field(() => Int) version!: number;
  @Field(() => [String], { ...optional, description: '措施' }) measures!: string[] | null;
  @Field(() => ID, { description: '帮扶人' }) helperAccountId!: string;
  @Field(() => Day, { description: '约定的核查日' }) checkOn!: string;
  @Field(() => String, { ...optional, description: '调整的理由；首个版本没有' }) reason!: string | null;
  @Field(() => Day) setOn!: string;
  @Field(() => ImprovementCheckType, { ...optional, description: '核查；尚未核查的没有' }) check!: ImprovementCheckType | null;
}

@ObjectType({ description: '一户的整改提升计划；不影响已有得分' })
export class ImprovementPlan {
  @Field(() => ID) id!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => Int, { description: '评议年度' }) year!: number;
  @Field(() => String) villageCode!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '户编号' }) householdNo!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => Score, { description: '制定计划时的最终得分' }) score!: number;
  @Field(() => Boolean, { description: '是否一票否决' }) vetoed!: boolean;
  @Field(() => Score, { description: '该轮现有得分，可能因复议或更正而不同' }) presentScore!: number;
  @Field(() => String, { description: 'under-way 进行中，met 已达到，partly-met 部分达到，not-met 未达到，ended 已终止' }) state!: string;
  @Field(() => [String], { description: '此刻可以办理的步骤' }) moves!: string[];
  @Field(() => Boolean, { description: '已过约定的核查日而未核查' }) overdue!: boolean;
  @Field(() => Day, { description: '开始之日' }) startsOn!: string;
  @Field(() => Day) plannedOn!: string;
  @Field(() => Int, { description: '现行版本' }) version!: number;
  @Field(() => ID, { description: '现任帮扶人' }) helperAccountId!: string;
  @Field(() => Day, { description: '约定的核查日' }) checkOn!: string;
  @Field(() => [ImprovementVersionType], { description: '全部版本及核查，早的在前' }) versions!: ImprovementVersionType[];
  @Field(() => Day, optional) endedOn!: string | null;
  @Field(() => String, { ...optional, description: '终止的理由' }) endReason!: string | null;
}

@ObjectType()
export class ImprovementPage {
  @Field(() => [ImprovementPlan]) rows!: ImprovementPlan[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '最终得分低于界限或被一票否决的农户' })
export class ImprovementCandidateType {
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '户编号' }) householdNo!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => Score, { description: '最终得分' }) score!: number;
  @Field(() => Boolean, { description: '是否一票否决' }) vetoed!: boolean;
  @Field(() => ID, { ...optional, description: '已制定的整改提升计划' }) improvementId!: string | null;
}

@ObjectType()
export class ImprovementCandidatePage {
  @Field(() => [ImprovementCandidateType]) rows!: ImprovementCandidateType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '制定整改提升计划' })
export class PlanImprovementArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => [String], { description: '措施，逐条填写' }) measures!: string[];
  @Field(() => ID, { description: '帮扶人：在本村任职的村干部、镇经办人或网格信息采集员' }) helperAccountId!: string;
  @Field(() => Day, { description: '开始之日，异议期届满之后' }) startsOn!: string;
  @Field(() => Day, { description: '约定的核查日' }) checkOn!: string;
}

@InputType({ description: '调整整改提升计划；核查未达到的，由此约定下一次核查' })
export class ChangeImprovementArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) improvementId!: string;
  @Field(() => Int, { description: '所见的现行版本' }) version!: number;
  @Field(() => [String], { description: '调整后的全部措施' }) measures!: string[];
  @Field(() => ID, { description: '帮扶人' }) helperAccountId!: string;
  @Field(() => Day, { description: '约定的核查日' }) checkOn!: string;
  @Field(() => String, { description: '理由' }) reason!: string;
}

@InputType({ description: '登记整改提升的核查' })
export class CheckImprovementArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) improvementId!: string;
  @Field(() => Int, { description: '所见的现行版本' }) version!: number;
  @Field(() => String, { description: 'met、partly-met 或 not-met' }) result!: string;
  @Field(() => String, { description: '看到的情况' }) seen!: string;
  @Field(() => Day, { description: '实地核查之日' }) seenOn!: string;
}

@InputType({ description: '终止整改提升计划' })
export class EndImprovementArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) improvementId!: string;
  @Field(() => String, { description: '理由' }) reason!: string;
}

@ObjectType()
export class ImprovementReceiptType {
  @Field(() => ID) improvementId!: string;
  @Field(() => Int, optional) version?: number;
  @Field(() => Day, { ...optional, description: '约定的核查日' }) checkOn?: string;
  @Field(() => String, { ...optional, description: '核查后的状态' }) state?: string;
  @Field(() => Day, optional) endedOn?: string;
}
