import { Day } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '工作清单的一项' })
export class WorkItemType {
  @Field(() => ID) itemId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String, { description: '要办的事' }) title!: string;
  @Field(() => String, { ...optional, description: '默认清单中的代码；另行列入的为空' }) templateCode!: string | null;
  @Field(() => ID, { description: '承办人' }) ownerId!: string;
  @Field(() => Day, { description: '完成期限' }) dueOn!: string;
  @Field(() => String, { description: 'open 待办、reported 已报结待销号、closed 已销号' }) state!: string;
  @Field(() => Boolean, { description: '逾期未报结' }) overdue!: boolean;
  @Field(() => Boolean, { description: '完成之日晚于期限' }) late!: boolean;
  @Field(() => Day) listedOn!: string;
  @Field(() => Day, { ...optional, description: '完成之日' }) doneOn!: string | null;
  @Field(() => ID, { ...optional, description: '报结人' }) reportedBy!: string | null;
  @Field(() => String, { ...optional, description: '佐证材料的 SHA-256' }) evidenceSha256!: string | null;
  @Field(() => ID, { ...optional, description: '销号人' }) confirmedBy!: string | null;
  @Field(() => Day, { ...optional, description: '销号之日' }) confirmedOn!: string | null;
}

@ObjectType({ description: '一项工作经过的一步' })
export class WorkStepType {
  @Field(() => Int) step!: number;
  @Field(() => String, { description: 'listed 列入、handed-over 移交或延期、reported 报结、confirmed 销号、reopened 退回重办' }) act!: string;
  @Field(() => String) actedBy!: string;
  @Field(() => Day) actedOn!: string;
  @Field(() => ID, { description: '此步之后的承办人' }) ownerId!: string;
  @Field(() => Day, { description: '此步之后的期限' }) dueOn!: string;
  @Field(() => String, optional) evidenceSha256!: string | null;
  @Field(() => String, { ...optional, description: '理由' }) reason!: string | null;
}

@ObjectType({ description: '工作清单的一项及其经过' })
export class WorkItemWithHistory extends WorkItemType {
  @Field(() => [WorkStepType], { description: '经过，先前的在前' }) steps!: WorkStepType[];
}

@ObjectType()
export class WorkItemPage {
  @Field(() => [WorkItemType]) rows!: WorkItemType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '列入清单' })
export class ListWorkItemArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String) title!: string;
  @Field(() => ID, { description: '承办人的账号' }) ownerId!: string;
  @Field(() => Day) dueOn!: string;
}

@InputType({ description: '一个村的承办人' })
export class VillageOwnerInput {
  @Field(() => String) villageCode!: string;
  @Field(() => ID) ownerId!: string;
}

@InputType({ description: '下发默认清单' })
export class CopyChecklistArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '乡镇的代码' }) townCode!: string;
  @Field(() => Day, { description: '清单下发之日，各项期限由此起算' }) startOn!: string;
  @Field(() => ID, { description: '镇级各项和未指定的村级各项的承办人' }) ownerId!: string;
  @Field(() => [VillageOwnerInput], { defaultValue: [] }) villageOwners!: VillageOwnerInput[];
}

@InputType({ description: '报结' })
export class ReportWorkItemArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) itemId!: string;
  @Field(() => Day, { description: '完成之日' }) doneOn!: string;
  @Field(() => String, { description: '佐证材料的 SHA-256' }) evidenceSha256!: string;
}

@InputType()
export class ConfirmWorkItemArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) itemId!: string;
}

@InputType({ description: '退回重办，或移交、延期' })
export class ReopenWorkItemArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) itemId!: string;
  @Field(() => String) reason!: string;
  @Field(() => ID, { ...optional, description: '新的承办人；不填为原承办人' }) ownerId?: string | null;
  @Field(() => Day, { ...optional, description: '新的期限；不填为原期限' }) dueOn?: string | null;
}

@ObjectType()
export class WorkItemReceipt {
  @Field(() => ID) itemId!: string;
  @Field(() => String, optional) state?: string;
  @Field(() => Day, optional) dueOn?: string;
}

@ObjectType()
export class ChecklistReceipt {
  @Field(() => String) townCode!: string;
  @Field(() => Int, { description: '新列入的项数' }) listed!: number;
  @Field(() => Int, { description: '此前已列入的项数' }) present!: number;
}
