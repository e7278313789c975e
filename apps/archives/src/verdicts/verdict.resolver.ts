import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, Day, RULES, type Rules, type Tx, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Inject } from '@nestjs/common';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { FileReader } from '../subjects/file-reader';
import { itemPlace, ItemStore } from '../subjects/item.store';
import { FileItemType } from '../subjects/subject.types';
import { SubjectStore } from '../subjects/subject.store';
import { crossChecks } from './cross-checks';
import { VerifyItems, type VerifyItemsInput } from './verify-items';

const optional = { nullable: true } as const;

@ObjectType({ description: '数据项的一个版本：谁何时从何处采集，谁何时如何校核' })
class ItemVersionType {
  @Field(() => Int) version!: number;
  @Field(() => String) value!: string;
  @Field(() => String, { description: '来源' }) source!: string;
  @Field(() => ID, { description: '采集人' }) collectedBy!: string;
  @Field(() => Day) collectedOn!: string;
  @Field(() => String, { ...optional, description: 'right 属实、wrong 有误、cannot-tell 无法判断' }) verdict!: string | null;
  @Field(() => String, optional) note!: string | null;
  @Field(() => ID, { ...optional, description: '校核人' }) givenBy!: string | null;
  @Field(() => Day, optional) givenOn!: string | null;
}

@ObjectType({ description: '交叉核对提示' })
class CrossCheckType {
  @Field(() => String) id!: string;
  @Field(() => String) message!: string;
}

@InputType({ description: '一项的校核结论' })
class ItemVerdictInput {
  @Field(() => String, { description: '数据项' }) item!: string;
  @Field(() => String, { description: 'right、wrong 或 cannot-tell' }) verdict!: string;
  @Field(() => String, { ...optional, description: '有误的须写明错在哪里' }) note?: string | null;
}

@InputType({ description: '逐项校核' })
class VerifyItemsArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) fileId!: string;
  @Field(() => Int, { description: '所看档案的版次' }) version!: number;
  @Field(() => [ItemVerdictInput]) verdicts!: ItemVerdictInput[];
}

@ObjectType()
class VerifyItemsReceiptType {
  @Field(() => ID) fileId!: string;
  @Field(() => String, { description: 'verified 属实、returned 退回' }) verdict!: string;
  @Field(() => Int) wrong!: number;
}

@Resolver()
export class VerdictResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: FileReader,
    private readonly verify: VerifyItems,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => [FileItemType], { description: '一份档案截至某日的数据项；查看留痕' })
  @Allow('archives.file')
  fileItemsAsOf(@CurrentActor() actor: Actor, @Args('subjectId', { type: () => ID }) subjectId: string, @Args('on', { type: () => Day }) on: string): Promise<FileItemType[]> {
    return this.work.run(actor, async (tx) => {
      const { subject, seal } = await this.reader.open(tx, actor, subjectId);
      if (!seal) return [];
      const rules = this.rules.items[subject.kind];
      return (await new ItemStore(tx).asOf(subjectId, plainDate(on))).map((value) => ({
        item: value.item,
        zh: rules[value.item]?.zh ?? value.item,
        unit: rules[value.item]?.unit ?? null,
        value: seal.open(value.value, itemPlace(subjectId, value.item)),
        source: value.source,
        collectedOn: value.collectedOn,
        version: value.version,
      }));
    });
  }

  @Query(() => [ItemVersionType], { description: '一个数据项的全部版本；查看留痕' })
  @Allow('archives.file')
  itemHistory(@CurrentActor() actor: Actor, @Args('subjectId', { type: () => ID }) subjectId: string, @Args('item', { type: () => String }) item: string): Promise<ItemVersionType[]> {
    return this.work.run(actor, async (tx) => {
      const { seal } = await this.reader.open(tx, actor, subjectId);
      if (!seal) return [];
      return (await new ItemStore(tx).history(subjectId, item)).map((row) => ({
        ...row,
        value: seal.open(row.value, itemPlace(subjectId, item)),
        note: row.note ? seal.open(row.note, ['item_verdict', `${subjectId}/${item}/${row.version}`, 'note']) : null,
      }));
    });
  }

  @Query(() => [CrossCheckType], { description: '交叉核对：不相称之处，供校核参考' })
  @Allow('archives.file')
  fileCrossChecks(@CurrentActor() actor: Actor, @Args('subjectId', { type: () => ID }) subjectId: string): Promise<CrossCheckType[]> {
    return this.work.run(actor, async (tx) => {
      const { subject, seal } = await this.reader.open(tx, actor, subjectId);
      if (!seal) return [];
      const values = Object.fromEntries((await new ItemStore(tx).currentOf([subjectId])).map((value) => [value.item, seal.open(value.value, itemPlace(subjectId, value.item))]));
      return crossChecks(subject.kind, { ...values, ...(subject.kind === 'household' ? await this.counted(tx, subjectId) : {}) });
    });
  }

  private async counted(tx: Tx, householdId: string): Promise<Record<string, string>> {
    const members = await new SubjectStore(tx).membersOf([householdId]);
    return { members: String(members.length), adults: String(members.filter(({ adultFrom }) => adultFrom <= tx.today).length) };
  }

  @Mutation(() => VerifyItemsReceiptType, { description: '逐项校核一份档案（校核专班）；有误的退回采集人' })
  @Allow('archives.verify')
  verifyItems(@CurrentActor() actor: Actor, @Args('input') input: VerifyItemsArgs): Promise<VerifyItemsReceiptType> {
    if (input.verdicts.length === 0) throw new Problem('verdict.incomplete');
    return this.verify.execute(actor, input as VerifyItemsInput);
  }
}
