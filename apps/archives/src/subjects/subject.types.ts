import { Day } from '@credit/platform';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: '信用档案的状况' })
export class CreditFileType {
  @Field(() => ID) id!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'collected 已采集、submitted 待校核、verified 已校核、returned 已退回' }) state!: string;
  @Field(() => Int, { description: '版次' }) version!: number;
  @Field(() => ID, { nullable: true, description: '分派给谁校核' }) assignedTo!: string | null;
  @Field(() => Day, { nullable: true, description: '校核日' }) verifiedOn!: string | null;
}

@ObjectType({ description: '家庭成员（脱敏）' })
export class MemberType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '脱敏姓名' }) maskedName!: string;
  @Field(() => String, { description: '与户主关系' }) relation!: string;
  @Field(() => Boolean, { description: '是否成年' }) adult!: boolean;
}

@ObjectType('Household', { description: '农户' })
export class FiledHousehold {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true, description: '户编号' }) householdNo!: string | null;
  @Field(() => String, { nullable: true, description: '村代码' }) villageCode!: string | null;
  @Field(() => String, { nullable: true, description: '组代码' }) groupCode!: string | null;
  @Field(() => String, { nullable: true, description: '户主（脱敏）' }) headMasked!: string | null;
  @Field(() => [MemberType], { description: '现有成员（脱敏）' }) members!: MemberType[];
  @Field(() => CreditFileType, { nullable: true, description: '信用档案' }) file!: CreditFileType | null;
}

@ObjectType({ description: '农户分页' })
export class HouseholdPage {
  @Field(() => [FiledHousehold]) rows!: FiledHousehold[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@ObjectType({ description: '成员的未脱敏信息' })
export class UnmaskedMember {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String) residentId!: string;
  @Field(() => String, { nullable: true }) phone!: string | null;
}

@ObjectType({ description: '档案数据项' })
export class FileItemType {
  @Field(() => String, { description: '名称' }) item!: string;
  @Field(() => String, { description: '中文名' }) zh!: string;
  @Field(() => String, { description: '取值' }) value!: string;
  @Field(() => String, { nullable: true, description: '单位' }) unit!: string | null;
  @Field(() => String, { description: '来源' }) source!: string;
  @Field(() => Day, { description: '采集日' }) collectedOn!: string;
  @Field(() => Int) version!: number;
}

@ObjectType({ description: '新型农业经营主体或村集体经济组织' })
export class OrganisationType {
  @Field(() => ID) id!: string;
  @Field(() => String) kind!: string;
  @Field(() => String, { description: '名称' }) name!: string;
  @Field(() => String, { description: '统一社会信用代码' }) creditCode!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => CreditFileType, { nullable: true }) file!: CreditFileType | null;
}

@ObjectType({ description: '经营主体分页' })
export class OrganisationPage {
  @Field(() => [OrganisationType]) rows!: OrganisationType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}
