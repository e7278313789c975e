import { Day } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '评议组织的成员；姓名只在档案和身份服务中' })
export class BodyMemberType {
  @Field(() => ID) memberId!: string;
  @Field(() => ID, { ...optional, description: '账号或村民编号' }) accountId!: string | null;
  @Field(() => ID, { ...optional, description: '本人所在的农户' }) householdId!: string | null;
  @Field(() => String, { description: '身份，如 responsible-cadre、group-leader、party-member、villager、party-secretary' }) capacity!: string;
}

@ObjectType({ description: '评议小组或审议小组' })
export class BodyType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'review-group 评议小组，deliberation-group 审议小组' }) kind!: string;
  @Field(() => String, { ...optional, description: '评议小组所在的村民小组' }) groupCode!: string | null;
  @Field(() => Day) formedOn!: string;
  @Field(() => Day, { ...optional, description: '被更换之日；现任的为空' }) replacedOn!: string | null;
  @Field(() => String, { ...optional, description: '更换成员的原因' }) reason!: string | null;
  @Field(() => [BodyMemberType]) members!: readonly BodyMemberType[];
  @Field(() => [BodyMemberType], { description: '替补人员：成员回避或缺席时请来，不计入组成' }) substitutes!: readonly BodyMemberType[];
}

@ObjectType({ description: '应当回避' })
export class RecusalType {
  @Field(() => ID) memberId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => [String], { description: '事由：own-household 本户，kin 亲属，conflict 纠纷或债务' }) reasons!: readonly string[];
}

@ObjectType({ description: '他人反映、尚未决定的回避情形' })
export class ReportedTie {
  @Field(() => ID) id!: string;
  @Field(() => ID) memberId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String) relation!: string;
}

@InputType({ description: '评议组织的成员' })
export class MemberInput {
  @Field(() => ID, { ...optional, description: '留任成员的编号；新成员不填，由系统编号' }) memberId?: string | null;
  @Field(() => ID, { ...optional, description: '账号编号；以村民身份登录的填其成员编号' }) accountId?: string | null;
  @Field(() => ID, { ...optional, description: '本人所在的农户' }) householdId?: string | null;
  @Field(() => String, { description: '身份，见规则数据 bodies.yaml' }) capacity!: string;
  @Field(() => Boolean, { defaultValue: false, description: '是否替补' }) substitute!: boolean;
}

@InputType({ description: '组建或更换评议小组' })
export class FormReviewGroupArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String, { description: '村民小组的 14 位代码' }) groupCode!: string;
  @Field(() => [MemberInput]) members!: MemberInput[];
  @Field(() => String, { ...optional, description: '开启评议后更换成员的原因' }) reason?: string | null;
}

@InputType({ description: '组建或更换审议小组' })
export class FormDeliberationGroupArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => [MemberInput]) members!: MemberInput[];
  @Field(() => String, { ...optional, description: '开启评议后更换成员的原因' }) reason?: string | null;
}

@InputType({ description: '一条回避关系' })
export class TieInput {
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '亲属：spouse 配偶，direct-line 直系，collateral 三代以内旁系，in-law 近姻亲；冲突：dispute 纠纷，debt 债务' }) relation!: string;
}

@InputType({ description: '申报回避关系' })
export class DeclareTiesArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) memberId!: string;
  @Field(() => [TieInput]) ties!: TieInput[];
}

@InputType({ description: '反映应当回避的情形' })
export class ReportConflictArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) memberId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: 'spouse、direct-line、collateral、in-law、dispute、debt' }) relation!: string;
  @Field(() => String, { description: '情形' }) note!: string;
}

@InputType({ description: '决定是否回避' })
export class DecideConflictArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) tieId!: string;
  @Field(() => Boolean, { description: 'true 须回避，false 不须回避' }) upheld!: boolean;
}

@ObjectType()
export class BodyReceiptType {
  @Field(() => ID) bodyId!: string;
  @Field(() => [ID], { description: '成员编号，与提交的顺序一致' }) memberIds!: readonly string[];
}

@ObjectType()
export class DeclarationReceiptType {
  @Field(() => ID) memberId!: string;
  @Field(() => Int, { description: '新登记的条数' }) added!: number;
}

@ObjectType()
export class TieReceiptType {
  @Field(() => ID) tieId!: string;
  @Field(() => Boolean, optional) upheld?: boolean;
}
