import { Day, Score } from '@credit/platform';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '评议清单的一项' })
export class ListItem {
  @Field(() => String, { description: '编号' }) code!: string;
  @Field(() => String, { description: '内容' }) zh!: string;
  @Field(() => String, { description: '方面编号' }) area!: string;
  @Field(() => String, { description: 'positive 正面，negative 负面，veto 一票否决' }) polarity!: string;
  @Field(() => Score, { ...optional, description: '分值；一票否决没有' }) points!: number | null;
  @Field(() => String, { description: '证据要求：word 一句事由，fact 事实和日期，document 文书' }) evidence!: string;
  @Field(() => Boolean, { description: '是否启用；依法封存的种类未登记法律依据时停用' }) active!: boolean;
  @Field(() => String, { description: '依据' }) source!: string;
}

@ObjectType({ description: '评议清单的一个方面' })
export class ListArea {
  @Field(() => String) code!: string;
  @Field(() => String) zh!: string;
  @Field(() => Score, { description: '正面得分上限' }) positiveCap!: number;
}

@ObjectType({ description: '评议清单版本' })
export class ItemListVersion {
  @Field(() => ID) id!: string;
  @Field(() => String) countyCode!: string;
  @Field(() => Int) version!: number;
  @Field(() => Day, { description: '生效日' }) effectiveFrom!: string;
  @Field(() => Day) draftedOn!: string;
  @Field(() => Day, { ...optional, description: '批准日；没有批准的不能用于评议' }) approvedOn!: string | null;
  @Field(() => Score, { description: '基本分' }) base!: number;
  @Field(() => Score, { description: '正面清单满分' }) positivesCap!: number;
  @Field(() => Int, { description: '回溯年数' }) lookBackYears!: number;
  @Field(() => [ListArea]) areas!: ListArea[];
  @Field(() => [ListItem]) items!: ListItem[];
}

@InputType({ description: '依法封存种类的法律依据' })
export class LegalBasisInput {
  @Field(() => String) itemCode!: string;
  @Field(() => String, { description: '法律依据' }) basis!: string;
}

@ObjectType({ description: '两个清单版本的一处不同' })
export class ListChangeType {
  @Field(() => String, { description: 'added 新增，removed 删去，changed 更改' }) kind!: string;
  @Field(() => String, { description: 'list 清单，area 方面，item 项目' }) of!: string;
  @Field(() => String) code!: string;
  @Field(() => String) zh!: string;
  @Field(() => String, { ...optional, description: '更改之处' }) field!: string | null;
  @Field(() => String, optional) before!: string | null;
  @Field(() => String, optional) after!: string | null;
}

@InputType({ description: '清单的一个方面' })
export class ListAreaInput {
  @Field(() => String) code!: string;
  @Field(() => String) zh!: string;
  @Field(() => Score, { description: '正面得分上限；各方面之和须等于正面清单满分' }) positiveCap!: number;
}

@InputType({ description: '清单的一项' })
export class ListItemInput {
  @Field(() => String) code!: string;
  @Field(() => String, { description: '内容' }) zh!: string;
  @Field(() => String, { description: '方面编号' }) area!: string;
  @Field(() => String, { description: 'positive、negative、veto' }) polarity!: 'positive' | 'negative' | 'veto';
  @Field(() => Score, { ...optional, description: '分值；一票否决不填' }) points?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: '可否重复计分' }) mayRepeat!: boolean;
  @Field(() => String, { description: 'word、fact、document' }) evidence!: 'word' | 'fact' | 'document';
  @Field(() => String, { description: '依据' }) source!: string;
}

@InputType({ description: '县里自订的清单内容' })
export class ListContentInput {
  @Field(() => [ListAreaInput]) areas!: ListAreaInput[];
  @Field(() => [ListItemInput]) items!: ListItemInput[];
}

@InputType({ description: '拟订评议清单版本' })
export class DraftItemListArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '县级行政区划代码' }) countyCode!: string;
  @Field(() => Day, { description: '生效日' }) effectiveFrom!: string;
  @Field(() => ListContentInput, { ...optional, description: '自订内容；不填则用规则数据中的清单' }) content?: ListContentInput | null;
  @Field(() => [LegalBasisInput], { defaultValue: [], description: '依法封存种类的法律依据；不填则停用' }) legalBases!: LegalBasisInput[];
}

@InputType()
export class ApproveItemListArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) listVersionId!: string;
}

@ObjectType({ description: '评议清单办理回执' })
export class ItemListReceipt {
  @Field(() => ID) listVersionId!: string;
  @Field(() => Day, optional) effectiveFrom?: string;
  @Field(() => Day, optional) approvedOn?: string;
}
