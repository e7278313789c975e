import { Day, Instant } from '@credit/platform';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '授权' })
export class Consent {
  @Field(() => ID) id!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => ID, { ...optional, description: '授权的成年成员；经营主体、村集体自身的授权没有' }) memberId!: string | null;
  @Field(() => ID, { description: '被授权的机构' }) clientId!: string;
  @Field(() => String, { description: '用途代码，见 consentPurposes' }) purpose!: string;
  @Field(() => Day) fromOn!: string;
  @Field(() => Day, { description: '截止日（含）' }) lastDay!: string;
  @Field(() => Instant) givenAt!: Date;
  @Field(() => Instant, optional) revokedAt!: Date | null;
  @Field(() => String, { description: 'valid 有效，not-yet 未到起始日，ended 已到期，revoked 已撤回（按今天计算）' }) status!: string;
}

@ObjectType({ description: '授权用途' })
export class ConsentPurpose {
  @Field(() => String, { description: '用途代码' }) code!: string;
  @Field(() => String, { description: '名称' }) zh!: string;
}

@ObjectType({ description: '一次查询的记录' })
export class QueryRecord {
  @Field(() => ID) id!: string;
  @Field(() => ID, { description: '查询的机构' }) clientId!: string;
  @Field(() => ID, optional) subjectId!: string | null;
  @Field(() => String) purpose!: string;
  @Field(() => String, { description: 'answered 已答复，consent.missing 无授权，consent.revoked 授权已撤回' }) outcome!: string;
  @Field(() => Instant) askedAt!: Date;
}

@ObjectType()
export class QueryRecordPage {
  @Field(() => [QueryRecord]) rows!: QueryRecord[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '农户' })
export class Household {
  @Field(() => ID) id!: string;
  @Field(() => [Consent], { description: '本户给出的授权' }) consents!: Consent[];
  @Field(() => [QueryRecord], { description: '谁在何时以何用途查询过本户，最近 200 次' }) queries!: QueryRecord[];
}

@InputType({ description: '登记授权' })
export class GiveConsentInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID, { description: '农户、经营主体或村集体' }) subjectId!: string;
  @Field(() => ID, { ...optional, description: '授权的成年成员；本人在线授权可不填' }) memberId?: string | null;
  @Field(() => ID, { description: '被授权的机构' }) clientId!: string;
  @Field(() => String, { description: '用途代码，见 consentPurposes' }) purpose!: string;
  @Field(() => Day) fromOn!: string;
  @Field(() => Day) lastDay!: string;
  @Field(() => String, { ...optional, description: '书面授权扫描件的 SHA-256；由文书登记时必填' }) scanSha256?: string | null;
}

@ObjectType()
export class ConsentReceipt {
  @Field(() => ID) consentId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => ID, optional) memberId!: string | null;
  @Field(() => Day) fromOn!: string;
  @Field(() => Day) lastDay!: string;
}

@InputType({ description: '撤回授权' })
export class RevokeConsentInput {
  @Field(() => String) requestId!: string;
  @Field(() => ID) consentId!: string;
}

@ObjectType()
export class RevocationReceipt {
  @Field(() => ID) consentId!: string;
  @Field(() => Day) revokedOn!: string;
}
