import { Day, Score } from '@credit/platform';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MarkLine } from '../tables/table.types';

const optional = { nullable: true } as const;

@ObjectType({ description: '一户在一轮评议中的情况' })
export class RoundHouseholdType {
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '户编号' }) householdNo!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => Score, { ...optional, description: '初评得分' }) firstScore!: number | null;
  @Field(() => Score, { ...optional, description: '现有得分' }) score!: number | null;
  @Field(() => Boolean, optional) vetoed!: boolean | null;
  @Field(() => Int, { ...optional, description: '得分版本' }) version!: number | null;
  @Field(() => String, { ...optional, description: '由来：group 初评，deliberation 审议，reconsideration 复议，correction 更正' }) cause!: string | null;
  @Field(() => [ID], { ...optional, description: '审议时回避的成员' }) withdrawnMemberIds!: readonly string[] | null;
  @Field(() => Day, { ...optional, description: '审议日' }) examinedOn!: string | null;
  @Field(() => Day, { ...optional, description: '确定得分之日' }) settledOn!: string | null;
}

@ObjectType()
export class RoundHouseholdPage {
  @Field(() => [RoundHouseholdType]) rows!: RoundHouseholdType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '得分的一个版本' })
export class ScoreVersionType {
  @Field(() => Int) version!: number;
  @Field(() => Score) score!: number;
  @Field(() => Boolean) vetoed!: boolean;
  @Field(() => String, { description: 'group 初评，deliberation 审议，reconsideration 复议，correction 更正' }) cause!: string;
  @Field(() => Day) setOn!: string;
  @Field(() => ID, { ...optional, description: '所依据的异议' }) objectionId!: string | null;
  @Field(() => ID, { ...optional, description: '所依据的更正' }) correctionId!: string | null;
  @Field(() => String, { ...optional, description: '改动的理由' }) reason!: string | null;
}

@ObjectType({ description: '得分是否生效（此刻计算）' })
export class FinalityType {
  @Field(() => Boolean) final!: boolean;
  @Field(() => String, { ...optional, description: 'not-published 未公示，window-open 异议期内，objection-open 异议未办结，not-told 未告知，outcome-in-publication 复议结果公示中' })
  reason!: string | null;
}

@ObjectType({ description: '一轮评议中一户的得分与评分项' })
export class CivilityScoreType {
  @Field(() => ID) roundId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => Int, { description: '年度' }) year!: number;
  @Field(() => Score, { description: '现有得分' }) score!: number;
  @Field(() => Score, { description: '初评得分' }) firstScore!: number;
  @Field(() => Boolean, { description: '是否一票否决' }) vetoed!: boolean;
  @Field(() => [MarkLine], { description: '最近一次核定的评分项' }) lines!: MarkLine[];
  @Field(() => [ScoreVersionType], { description: '得分的全部版本' }) versions!: ScoreVersionType[];
  @Field(() => ID, { ...optional, description: '评议结果的公示' }) publicationId!: string | null;
  @Field(() => Day, { ...optional, description: '张贴完毕之日' }) postedOn!: string | null;
  @Field(() => Day, { ...optional, description: '公示最后一日' }) publicationLastDay!: string | null;
  @Field(() => Day, { ...optional, description: '异议期最后一日' }) objectionLastDay!: string | null;
  @Field(() => String, { ...optional, description: '怎样提出异议' }) howToObject!: string | null;
}

@ObjectType({ description: '农户' })
export class Household {
  @Field(() => ID) id!: string;
  @Field(() => [CivilityScoreType], { description: '乡风文明评议得分，新的在前；本户在公示后可见' }) civilityScores!: CivilityScoreType[];
}
