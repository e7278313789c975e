import { Day, Instant } from '@credit/platform';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '省平台退回、尚待更正的记录；更正后的版本被接受即告办结' })
export class ProvinceRejection {
  @Field(() => ID, { description: '档案' }) fileId!: string;
  @Field(() => ID, { description: '主体' }) subjectId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '退回代码' }) code!: string;
  @Field(() => String, { description: '退回原因' }) reason!: string;
  @Field(() => String, { ...optional, description: '有误的数据项' }) item!: string | null;
  @Field(() => String, { ...optional, description: '数据项名称' }) itemName!: string | null;
  @Field(() => Day) rejectedOn!: string;
}

@ObjectType()
export class ProvinceRejectionPage {
  @Field(() => [ProvinceRejection]) rows!: ProvinceRejection[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '上报批次' })
export class ProvinceBatchType {
  @Field(() => ID) id!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => Day, { description: '所属日' }) period!: string;
  @Field(() => Int, { description: '记录数' }) records!: number;
  @Field(() => Int, { description: '分块数' }) chunks!: number;
  @Field(() => String, { description: 'open 上报中，done 已有全部回执，refused 整批被拒，superseded 内容已变另行组批' }) state!: string;
  @Field(() => String, { ...optional, description: '整批被拒的代码' }) refusal!: string | null;
  @Field(() => Int, { description: '连续未通的次数' }) failures!: number;
  @Field(() => Instant) cutAt!: Date;
  @Field(() => Instant, optional) endedAt!: Date | null;
}

@ObjectType()
export class ProvinceBatchPage {
  @Field(() => [ProvinceBatchType]) rows!: ProvinceBatchType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '对账差异' })
export class ProvinceDifference {
  @Field(() => ID, { description: '档案（省平台记录编号）' }) fileId!: string;
  @Field(() => String, { description: 'missing-there 省平台缺少，other-there 内容不同，left-there 应删未删，unknown-here 本县没有；除末项外均自动重新上报' }) kind!: string;
}

@ObjectType({ description: '一村一日的省平台对账' })
export class ProvinceReconciliation {
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'equal 一致，different 有差异，in-transit 上报尚未完成' }) outcome!: string;
  @Field(() => Int, { description: '按回执省平台应有的记录数' }) ownCount!: number;
  @Field(() => String) ownSha256!: string;
  @Field(() => Int, { description: '省平台报告的记录数' }) theirCount!: number;
  @Field(() => String) theirSha256!: string;
  @Field(() => [ProvinceDifference]) differences!: ProvinceDifference[];
}

@ObjectType()
export class ProvinceReconciliationPage {
  @Field(() => [ProvinceReconciliation]) rows!: ProvinceReconciliation[];
  @Field(() => String, optional) nextCursor!: string | null;
}
