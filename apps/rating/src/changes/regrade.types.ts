import { Day } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '动态调整' })
export class RegradeType {
  @Field(() => ID) id!: string;
  @Field(() => ID, { description: '拟调整的评定' }) ratingId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '原因代码' }) cause!: string;
  @Field(() => String, { ...optional, description: '事实和理由；资料已依法删除的为空' }) reasons!: string | null;
  @Field(() => String, { description: '证据材料的 SHA-256' }) evidenceSha256!: string;
  @Field(() => String, { description: '调整前等级' }) fromGrade!: string;
  @Field(() => String, { ...optional, description: '调整后等级；空为评定终止' }) toGrade!: string | null;
  @Field(() => ID, { description: '调整前的测评结果' }) beforeResultId!: string;
  @Field(() => ID, { ...optional, description: '调整后的测评结果' }) afterResultId!: string | null;
  @Field(() => Day) proposedOn!: string;
  @Field(() => Day, { description: '陈述和异议的最后一日' }) answerLastDay!: string;
  @Field(() => String, { ...optional, description: 'accepts 无异议、objects 有异议' }) stance!: string | null;
  @Field(() => String, { ...optional, description: '本户的陈述' }) statement!: string | null;
  @Field(() => Day, optional) answeredOn!: string | null;
  @Field(() => String, { ...optional, description: 'applied 已调整、dropped 不调整' }) outcome!: string | null;
  @Field(() => String, { ...optional, description: '决定的理由' }) decision!: string | null;
  @Field(() => Day, optional) decidedOn!: string | null;
}

@ObjectType({ description: '动态调整分页' })
export class RegradePage {
  @Field(() => [RegradeType]) rows!: RegradeType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '待复核的评定' })
export class RatingRecheckType {
  @Field(() => ID) ratingId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '现行等级' }) grade!: string;
  @Field(() => [String], { description: '变化的来源：civility 评议得分、file 档案' }) causes!: readonly string[];
  @Field(() => Day, { description: '最早记下之日' }) notedOn!: string;
}

@ObjectType({ description: '待复核清单分页' })
export class RatingRecheckPage {
  @Field(() => [RatingRecheckType]) rows!: RatingRecheckType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '提出动态调整' })
export class ProposeRegradeArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) ratingId!: string;
  @Field(() => String, { description: '原因代码：court-listing、overdue、non-performing、pledge-broken、file-corrected、appeal、death、split、repair' }) cause!: string;
  @Field(() => String) reasons!: string;
  @Field(() => String, { description: '证据材料的 SHA-256' }) evidenceSha256!: string;
}

@InputType({ description: '对拟调整的陈述或异议' })
export class AnswerRegradeArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) regradeId!: string;
  @Field(() => String, { description: 'accepts 或 objects' }) stance!: string;
  @Field(() => String) statement!: string;
  @Field(() => String, { ...optional, description: '代为陈述的，附签字材料扫描件的 SHA-256' }) scanSha256?: string | null;
}

@InputType({ description: '决定动态调整' })
export class DecideRegradeArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) regradeId!: string;
  @Field(() => String, { description: '理由，并答复本户的陈述' }) decision!: string;
}

@InputType({ description: '复核无变化' })
export class SettleRatingRechecksArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) ratingId!: string;
}

@ObjectType()
export class RegradeProposedType {
  @Field(() => ID) regradeId!: string;
  @Field(() => String) fromGrade!: string;
  @Field(() => String, optional) toGrade!: string | null;
  @Field(() => Day) answerLastDay!: string;
}

@ObjectType()
export class RegradeAnsweredType {
  @Field(() => ID) regradeId!: string;
  @Field(() => Day) answeredOn!: string;
}

@ObjectType()
export class RegradeDecidedType {
  @Field(() => ID) regradeId!: string;
  @Field(() => String) outcome!: string;
  @Field(() => ID, { ...optional, description: '新的评定' }) ratingId!: string | null;
  @Field(() => Day) decidedOn!: string;
}

@ObjectType()
export class RatingRechecksSettledType {
  @Field(() => ID) ratingId!: string;
  @Field(() => Int) settled!: number;
}
