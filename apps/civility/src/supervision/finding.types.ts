import { Day } from '@credit/platform';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { SignalType } from '../signals/signal.types';

const optional = { nullable: true } as const;

@ObjectType({ description: '村里对监督发现的一次答复' })
export class FindingAnswerType {
  @Field(() => String, { ...optional, description: '答复' }) answer!: string | null;
  @Field(() => Day) answeredOn!: string;
  @Field(() => String, { ...optional, description: '退回的理由' }) returnReason!: string | null;
  @Field(() => Day, { ...optional, description: '退回之日；空为有效答复' }) returnedOn!: string | null;
}

@ObjectType({ description: '监督发现' })
export class FindingType {
  @Field(() => ID) id!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { ...optional, description: '村民小组；空为全村' }) groupCode!: string | null;
  @Field(() => String, { description: 'composition 组成，recusal 回避，quorum 人数，publication 公示，favour 人情分，other 其他；由监督信号转来的为信号种类' }) kind!: string;
  @Field(() => String, { description: 'unanswered 待答复，answered 已答复，settled 已办结' }) state!: string;
  @Field(() => String, optional) note!: string | null;
  @Field(() => SignalType, { ...optional, description: '转来的监督信号；无权查看得分的、须对所涉农户回避的不显示' }) signal!: SignalType | null;
  @Field(() => Day) recordedOn!: string;
  @Field(() => Day, { ...optional, description: '答复期限' }) answerDueOn!: string | null;
  @Field(() => Boolean, { description: '逾期未答复' }) overdue!: boolean;
  @Field(() => [FindingAnswerType], { description: '历次答复' }) answers!: FindingAnswerType[];
  @Field(() => String, { ...optional, description: '处理结果' }) settlement!: string | null;
  @Field(() => Day, optional) settledOn!: string | null;
}

@ObjectType()
export class FindingPage {
  @Field(() => [FindingType]) rows!: FindingType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType()
export class RecordFindingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String, { nullable: true }) groupCode?: string | null;
  @Field(() => String, { description: 'composition、recusal、quorum、publication、favour、other' }) kind!: string;
  @Field(() => String) note!: string;
}

@InputType({ description: '答复监督发现' })
export class AnswerFindingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) findingId!: string;
  @Field(() => String, { description: '核查情况和整改措施' }) answer!: string;
}

@InputType({ description: '退回对监督发现的答复' })
export class ReturnFindingAnswerArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) findingId!: string;
  @Field(() => String, { description: '退回的理由' }) reason!: string;
}

@InputType()
export class SettleFindingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) findingId!: string;
  @Field(() => String, { description: '处理结果' }) settlement!: string;
}

@ObjectType()
export class FindingReceiptType {
  @Field(() => ID) findingId!: string;
  @Field(() => Day, optional) recordedOn?: string;
  @Field(() => Day, { ...optional, description: '答复期限' }) answerDueOn?: string | null;
  @Field(() => Day, optional) answeredOn?: string;
  @Field(() => Day, optional) settledOn?: string;
}
