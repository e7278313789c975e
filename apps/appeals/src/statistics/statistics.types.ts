import { Field, Float, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '一种结果的件数' })
export class ObjectionResultCount {
  @Field(() => String, { description: 'open 办理中，score-kept 维持，score-changed 更正，refused 不予受理，withdrawn 撤回；档案差错：corrected 已更正，file-right 档案无误，passed-on 转其他程序' }) result!: string;
  @Field(() => Int) number!: number;
}

@ObjectType({ description: '异议统计的一行：一村一种异议' })
export class ObjectionStatistics {
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '异议事项' }) ground!: string;
  @Field(() => Int, { description: '收到件数' }) number!: number;
  @Field(() => [ObjectionResultCount]) results!: readonly ObjectionResultCount[];
  @Field(() => Int, { description: '逾期未答复件数（按今天计算）' }) overdue!: number;
  @Field(() => Int, { description: '已答复件数' }) answered!: number;
  @Field(() => Int, { description: '逾期答复件数' }) answeredLate!: number;
  @Field(() => Int, { ...optional, description: '最短答复天数（自起算日）' }) minDays!: number | null;
  @Field(() => Float, { ...optional, description: '答复天数的中位数' }) medianDays!: number | null;
  @Field(() => Int, { ...optional, description: '最长答复天数' }) maxDays!: number | null;
  @Field(() => Float, { ...optional, description: '按期答复率，百分比；档案差错不计' }) onTimePercent!: number | null;
}

@ObjectType({ description: '公开的一种结果的件数' })
export class PublicObjectionResultCount {
  @Field(() => String) result!: string;
  @Field(() => String) number!: string;
}

@ObjectType({ description: '公开的异议统计：不含姓名，件数过少的只写“少于”' })
export class PublicObjectionStatistics {
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '异议事项' }) ground!: string;
  @Field(() => String, { description: '收到件数，如“12”或“少于3”' }) number!: string;
  @Field(() => [PublicObjectionResultCount], { ...optional, description: '各种结果；其中有件数过少的不公开' }) results!: readonly PublicObjectionResultCount[] | null;
  @Field(() => Float, { ...optional, description: '答复天数的中位数；答复过少的不公开' }) medianDays!: number | null;
  @Field(() => Int, { ...optional, description: '最长答复天数' }) maxDays!: number | null;
  @Field(() => Float, { ...optional, description: '按期答复率，百分比' }) onTimePercent!: number | null;
}
