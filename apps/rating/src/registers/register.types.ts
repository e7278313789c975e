import { Day } from '@credit/platform';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '红榜的一行' })
export class HonouredType {
  @Field(() => ID) subjectId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String) grade!: string;
  @Field(() => Day, { description: '评定有效期最后一日' }) lastDay!: string;
  @Field(() => Day, { description: '同意列入之日' }) givenOn!: string;
}

@ObjectType({ description: '红榜分页' })
export class HonourPage {
  @Field(() => [HonouredType]) rows!: HonouredType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '约束名单的一行：只有编号' })
export class CreditConstraintType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '主体编号' }) subjectNo!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '法律依据' }) legalBasis!: string;
  @Field(() => String, { description: '依据文书的 SHA-256' }) documentSha256!: string;
  @Field(() => Day) enteredOn!: string;
  @Field(() => Day, { description: '最后一日' }) lastDay!: string;
  @Field(() => String, { description: '对普通服务的保障' }) ordinaryService!: string;
}

@ObjectType({ description: '约束名单分页' })
export class CreditConstraintPage {
  @Field(() => [CreditConstraintType]) rows!: CreditConstraintType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '人选或帮扶对象' })
export class CreditCandidateType {
  @Field(() => ID) subjectId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => String) grade!: string;
  @Field(() => String, { description: '列入的理由' }) reason!: string;
}

@ObjectType({ description: '人选分页' })
export class CreditCandidatePage {
  @Field(() => [CreditCandidateType]) rows!: CreditCandidateType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '同意列入红榜或撤回同意' })
export class HonourConsentArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { ...optional, description: '代为办理的，附签字材料扫描件的 SHA-256' }) scanSha256?: string | null;
}

@InputType({ description: '列入约束名单' })
export class EnterConstraintArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { description: 'court-judgment、labour-arrears、tax-arrears' }) legalBasis!: string;
  @Field(() => String, { description: '依据文书的 SHA-256' }) documentSha256!: string;
  @Field(() => Day) lastDay!: string;
}

@InputType({ description: '移出约束名单' })
export class RemoveConstraintArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) constraintId!: string;
}

@InputType({ description: '登记发展意愿' })
export class RecordSupportWishArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => Boolean) willing!: boolean;
  @Field(() => String, { ...optional, description: '代为办理的，附签字材料扫描件的 SHA-256' }) scanSha256?: string | null;
}

@ObjectType()
export class HonourReceiptType {
  @Field(() => ID) consentId!: string;
  @Field(() => Day) on!: string;
}

@ObjectType()
export class ConstraintEnteredType {
  @Field(() => ID) constraintId!: string;
  @Field(() => Day) lastDay!: string;
}

@ObjectType()
export class ConstraintRemovedType {
  @Field(() => ID) constraintId!: string;
  @Field(() => Day) removedOn!: string;
}

@ObjectType()
export class SupportWishRecordedType {
  @Field(() => ID) subjectId!: string;
  @Field(() => Day) recordedOn!: string;
}
