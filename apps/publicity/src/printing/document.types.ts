import { Day } from '@credit/platform';
import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '受理异议的地址电话' })
export class NoticeContact {
  @Field(() => String) receiver!: string;
  @Field(() => String) address!: string;
  @Field(() => String) phone!: string;
}

@ObjectType()
export class NoticeTableRow {
  @Field(() => Int, { description: '序号' }) no!: number;
  @Field(() => String, { description: '脱敏名称或编号' }) label!: string;
  @Field(() => String, optional) result!: string | null;
}

@ObjectType({ description: '一个村民组的名单' })
export class NoticeTable {
  @Field(() => String) groupName!: string;
  @Field(() => [NoticeTableRow]) rows!: NoticeTableRow[];
}

@ObjectType({ description: '公示文书的全部文字' })
export class PublicationNotice {
  @Field(() => String) number!: string;
  @Field(() => String) title!: string;
  @Field(() => String, { ...optional, description: '这一份张贴在哪里；整份的为空' }) placeName!: string | null;
  @Field(() => String) opening!: string;
  @Field(() => String) period!: string;
  @Field(() => [String], { description: '内容公示的条目' }) lines!: string[];
  @Field(() => String) subjectsHead!: string;
  @Field(() => String, { ...optional, description: '结果一栏的栏名；不公示结果的为空' }) resultsHead!: string | null;
  @Field(() => [NoticeTable]) tables!: NoticeTable[];
  @Field(() => String, { ...optional, description: '如何提出异议；不设异议的为空' }) objections!: string | null;
  @Field(() => NoticeContact, optional) contact!: NoticeContact | null;
  @Field(() => String, { description: '落款单位' }) publisher!: string;
  @Field(() => String, { description: '落款日期' }) postedOn!: string;
  @Field(() => [String], { description: '字库缺字，如 U+30EDD；打印后须手写补正' }) missingCharacters!: string[];
}

@ObjectType({ description: '公示名单，一行一个主体，可作电子表格' })
export class PublicationList {
  @Field(() => String) number!: string;
  @Field(() => String) title!: string;
  @Field(() => String) period!: string;
  @Field(() => [String], { description: '栏名' }) columns!: string[];
  @Field(() => [[String]]) rows!: string[][];
}

@ObjectType()
export class SignOffSheetRow {
  @Field(() => ID) subjectId!: string;
  @Field(() => Int, { description: '序号' }) no!: number;
  @Field(() => String) label!: string;
  @Field(() => String) subjectNo!: string;
  @Field(() => Day, { ...optional, description: '已告知的日期；未告知的留空签写' }) toldOn!: string | null;
  @Field(() => String) remark!: string;
}

@ObjectType({ description: '一个村民组的告知签收表' })
export class TellingSignOffSheet {
  @Field(() => String) title!: string;
  @Field(() => String, { description: '告知的事项' }) about!: string;
  @Field(() => String, optional) number!: string | null;
  @Field(() => String) groupCode!: string;
  @Field(() => String) groupName!: string;
  @Field(() => [String], { description: '栏名' }) columns!: string[];
  @Field(() => [SignOffSheetRow]) rows!: SignOffSheetRow[];
}

@ArgsType()
export class NoticeArgs {
  @Field(() => ID) publicationId!: string;
  @Field(() => ID, { ...optional, description: '只要一处张贴的一份' }) placeId?: string;
  @Field(() => Day, { ...optional, description: '草稿：按这一天张贴计算，默认今天' }) postOn?: string;
}

@ArgsType()
export class SignOffArgs {
  @Field(() => String, { description: '12 位村代码，或 14 位村民组代码' }) divisionCode!: string;
  @Field(() => ID, { ...optional, description: '公示；与 template 二选一' }) publicationId?: string;
  @Field(() => String, { ...optional, description: '告知用语，如 rating-result' }) template?: string;
}
