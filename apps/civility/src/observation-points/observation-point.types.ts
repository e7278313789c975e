import { Day } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '乡风文明评议观摩点' })
export class ObservationPointType {
  @Field(() => ID) id!: string;
  @Field(() => String) townCode!: string;
  @Field(() => String, { description: '村或村民小组的代码' }) divisionCode!: string;
  @Field(() => String, { description: 'planned 尚未开始，open 开放，over 到期，ended 已撤销' }) state!: string;
  @Field(() => String, { ...optional, description: '设为观摩点的理由' }) reason!: string | null;
  @Field(() => String, { ...optional, description: '观摩内容' }) shows!: string | null;
  @Field(() => Day) startsOn!: string;
  @Field(() => Day, { description: '最后一日' }) lastDay!: string;
  @Field(() => Day) namedOn!: string;
  @Field(() => Int, { description: '观摩次数' }) visits!: number;
  @Field(() => Int, { description: '观摩人次' }) people!: number;
  @Field(() => Day, optional) endedOn!: string | null;
  @Field(() => String, { ...optional, description: '撤销的理由' }) endReason!: string | null;
}

@ObjectType()
export class ObservationPointPage {
  @Field(() => [ObservationPointType]) rows!: ObservationPointType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '一次观摩' })
export class ObservationVisitType {
  @Field(() => ID) id!: string;
  @Field(() => Day) visitedOn!: string;
  @Field(() => [String], { description: '前来观摩的村' }) villageCodes!: readonly string[];
  @Field(() => Int, { description: '人数' }) people!: number;
  @Field(() => String, { ...optional, description: '记录' }) notes!: string | null;
  @Field(() => Day, { description: '登记之日' }) recordedOn!: string;
}

@ObjectType()
export class ObservationVisitPage {
  @Field(() => [ObservationVisitType]) rows!: ObservationVisitType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '设置观摩点' })
export class NameObservationPointArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '村或村民小组的代码' }) divisionCode!: string;
  @Field(() => String, { description: '理由' }) reason!: string;
  @Field(() => String, { description: '观摩内容' }) shows!: string;
  @Field(() => Day) startsOn!: string;
  @Field(() => Day, { description: '最后一日' }) lastDay!: string;
}

@InputType({ description: '登记一次观摩' })
export class RecordObservationVisitArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) pointId!: string;
  @Field(() => Day) visitedOn!: string;
  @Field(() => [String], { description: '前来观摩的村' }) villageCodes!: string[];
  @Field(() => Int, { description: '人数' }) people!: number;
  @Field(() => String, { ...optional, description: '记录' }) notes?: string | null;
}

@InputType({ description: '撤销观摩点' })
export class EndObservationPointArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) pointId!: string;
  @Field(() => String, { description: '理由' }) reason!: string;
}

@ObjectType()
export class ObservationPointReceiptType {
  @Field(() => ID) pointId!: string;
  @Field(() => ID, optional) visitId?: string;
  @Field(() => Day, { ...optional, description: '最后一日' }) lastDay?: string;
  @Field(() => Day, optional) endedOn?: string;
}
