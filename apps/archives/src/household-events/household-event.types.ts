import { Day } from '@credit/platform';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '变动所涉及的另一户；无权查看的没有编号' })
export class LinkedHousehold {
  @Field(() => String, { description: 'from 由其迁出、分出或并出，to 迁入、另立或并入其户' }) side!: string;
  @Field(() => ID, optional) householdId!: string | null;
  @Field(() => String, { ...optional, description: '现户编号' }) householdNo!: string | null;
}

@ObjectType({ description: '一次家庭变动' })
export class HouseholdEventType {
  @Field(() => ID) eventId!: string;
  @Field(() => String, { description: 'birth 出生或入户，death 死亡，marriage 婚嫁，split 分户，merge 并户，move 迁移，village-merger 并村，duplicate 重复登记核销' }) kind!: string;
  @Field(() => String, { description: 'waiting 待镇确认，done 已生效，refused 不予确认' }) state!: string;
  @Field(() => Day, { description: '生效日' }) effectiveOn!: string;
  @Field(() => String, { description: '发生了什么，得分和等级如何处理' }) sentence!: string;
  @Field(() => String, { ...optional, description: '事由；依法删除后为空' }) reason!: string | null;
  @Field(() => String, { description: '证明材料扫描件的 SHA-256' }) evidenceSha256!: string;
  @Field(() => ID, { ...optional, description: '所更正的变动' }) correctsEventId!: string | null;
  @Field(() => String, { description: '登记人' }) recordedBy!: string;
  @Field(() => Day) recordedOn!: string;
  @Field(() => String, { ...optional, description: '确认人' }) decidedBy!: string | null;
  @Field(() => Day, optional) decidedOn!: string | null;
  @Field(() => [LinkedHousehold], { description: '另一户' }) linked!: LinkedHousehold[];
}

@ObjectType({ description: '迁移或并村以前的户编号' })
export class FormerNumber {
  @Field(() => String) householdNo!: string;
  @Field(() => Day, { description: '停用之日' }) untilOn!: string;
}

@ObjectType({ description: '一户的变动历史' })
export class HouseholdHistory {
  @Field(() => ID) householdId!: string;
  @Field(() => String) householdNo!: string;
  @Field(() => Day, { ...optional, description: '销户之日' }) closedOn!: string | null;
  @Field(() => [FormerNumber]) formerNumbers!: FormerNumber[];
  @Field(() => [HouseholdEventType], { description: '按生效日先后' }) events!: HouseholdEventType[];
}

@ObjectType()
export class HouseholdEventPage {
  @Field(() => [HouseholdEventType]) rows!: HouseholdEventType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '截至某日的家庭成员（脱敏）' })
export class MemberOnDay {
  @Field(() => ID) memberId!: string;
  @Field(() => String) maskedName!: string;
  @Field(() => String, { description: '与户主关系' }) relation!: string;
  @Field(() => Day, { description: '自何日起' }) fromOn!: string;
  @Field(() => Day, { ...optional, description: '至何日止（当日起不再是成员）' }) toOn!: string | null;
}

@ObjectType({ description: '区划沿革' })
export class DivisionSuccessor {
  @Field(() => String) code!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { description: '由哪个村或组承继' }) successorCode!: string;
  @Field(() => String) successorName!: string;
  @Field(() => Day) fromOn!: string;
}

@ObjectType()
export class DivisionSuccessorPage {
  @Field(() => [DivisionSuccessor]) rows!: DivisionSuccessor[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '成员自变动之日起与户主的关系' })
export class MemberRoleInput {
  @Field(() => ID) memberId!: string;
  @Field(() => String, { description: '与户主关系；新户主填“户主”' }) relation!: string;
}

@InputType({ isAbstract: true })
class EventArgs {
  @Field(() => String) requestId!: string;
  @Field(() => Day, { description: '生效日，不晚于今天' }) effectiveOn!: string;
  @Field(() => String, { description: '证明材料扫描件的 SHA-256' }) evidenceSha256!: string;
  @Field(() => String, { description: '事由' }) reason!: string;
}

@InputType({ isAbstract: true })
class HouseholdEventArgs extends EventArgs {
  @Field(() => ID, { description: '发生变动的户' }) householdId!: string;
  @Field(() => ID, { ...optional, description: '更正哪一次变动' }) correctsEventId?: string | null;
}

@InputType({ description: '登记出生或入户' })
export class RecordBirthArgs extends HouseholdEventArgs {
  @Field(() => String) name!: string;
  @Field(() => String, { description: '身份证号' }) residentId!: string;
  @Field(() => String, optional) phone?: string | null;
  @Field(() => String, { description: '与户主关系' }) relation!: string;
}

@InputType({ description: '登记死亡' })
export class RecordDeathArgs extends HouseholdEventArgs {
  @Field(() => ID) memberId!: string;
  @Field(() => [MemberRoleInput], { ...optional, description: '留在本户者的新关系；户主死亡的须有新户主' }) roles?: MemberRoleInput[] | null;
}

@InputType({ description: '登记婚嫁：一名成员迁入另一户' })
export class RecordMarriageArgs extends HouseholdEventArgs {
  @Field(() => ID) memberId!: string;
  @Field(() => String, { description: '迁入户的户编号' }) toHouseholdNo!: string;
  @Field(() => String, { description: '在迁入户中与户主的关系' }) relation!: string;
  @Field(() => [MemberRoleInput], { ...optional, description: '留在本户者的新关系' }) roles?: MemberRoleInput[] | null;
}

@InputType({ description: '分户：户主留在原户' })
export class SplitHouseholdArgs extends HouseholdEventArgs {
  @Field(() => [MemberRoleInput], { description: '分出的成员在新户中的关系，须有一名户主' }) members!: MemberRoleInput[];
  @Field(() => [MemberRoleInput], { ...optional, description: '留在原户者的新关系' }) roles?: MemberRoleInput[] | null;
  @Field(() => String, { description: '新户住址' }) address!: string;
}

@InputType({ description: '并户：全户并入另一户' })
export class MergeHouseholdsArgs extends HouseholdEventArgs {
  @Field(() => ID, { description: '并入哪一户' }) intoHouseholdId!: string;
  @Field(() => [MemberRoleInput], { description: '本户每一名成员并入后的关系' }) members!: MemberRoleInput[];
}

@InputType({ description: '迁移：全户迁至另一村民小组' })
export class MoveHouseholdArgs extends HouseholdEventArgs {
  @Field(() => String, { description: '迁往的组代码（14 位）' }) toGroupCode!: string;
  @Field(() => String, { description: '新住址' }) address!: string;
}

@InputType({ description: '一个村民小组的新代码' })
export class GroupSuccessorInput {
  @Field(() => String) groupCode!: string;
  @Field(() => String) newGroupCode!: string;
}

@InputType({ description: '并村' })
export class MergeVillageArgs extends EventArgs {
  @Field(() => String, { description: '被并的村' }) villageCode!: string;
  @Field(() => String, { description: '并入的村' }) successorCode!: string;
  @Field(() => [GroupSuccessorInput], { description: '每个村民小组的新代码' }) groups!: GroupSuccessorInput[];
}

@InputType({ description: '镇级确认' })
export class DecideHouseholdEventArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) eventId!: string;
  @Field(() => String, { description: 'confirmed 确认，refused 不予确认' }) outcome!: string;
}

@ObjectType()
export class HouseholdEventReceipt {
  @Field(() => ID) eventId!: string;
  @Field(() => String, { description: 'done 已生效，waiting 待镇确认' }) state!: string;
  @Field(() => ID, { ...optional, description: '分户的为新户，并户的为并入的户' }) householdId?: string;
  @Field(() => String, { ...optional, description: '新户的户编号' }) householdNo?: string;
  @Field(() => ID, { ...optional, description: '新成员' }) memberId?: string;
}

@ObjectType()
export class HouseholdEventDecisionReceipt {
  @Field(() => ID) eventId!: string;
  @Field(() => String) outcome!: string;
  @Field(() => Day) decidedOn!: string;
}
