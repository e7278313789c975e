import { Field, ID, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '信号背后的一个数字' })
export class SignalFigureType {
  @Field(() => String, { description: '数字的代码，如 meanHundredths' }) name!: string;
  @Field(() => String, { description: '中文名称' }) zh!: string;
  @Field(() => String, { description: '数值；分数、百分比和标准差保留两位小数' }) value!: string;
}

@ObjectType({ description: '监督信号：提示监督人员了解情况，不作结论，不影响得分' })
export class SignalType {
  @Field(() => String, { description: 'scorer-bias 评分尺度，zero-variance 得分无差别，identical-sheets 评分表雷同，mutual-favour 互评偏高，group-far 组间差异' }) kind!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => [ID], { description: '所涉农户；空为全组' }) householdIds!: readonly string[];
  @Field(() => [ID], { description: '所涉评议成员' }) memberIds!: readonly string[];
  @Field(() => [SignalFigureType]) figures!: SignalFigureType[];
  @Field(() => String, { description: '一句话说明' }) sentence!: string;
}

@ObjectType({ description: '一轮评议此刻的监督信号' })
export class SupervisionSignal extends SignalType {
  @Field(() => String, { description: '信号的摘要，转为监督发现时一并提交' }) digest!: string;
  @Field(() => ID, { ...optional, description: '已转为的监督发现' }) findingId!: string | null;
}
