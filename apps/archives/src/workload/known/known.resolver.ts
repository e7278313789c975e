import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, RULES, type Rules, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Inject } from '@nestjs/common';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { itemPlace, ItemStore } from '../../subjects/item.store';
import { KnownStore } from './known.store';
import { LoadKnown } from './load-known';
import { SettleDifference } from './settle-difference';

const optional = { nullable: true } as const;

@InputType({ description: '一个主体的一项' })
class KnownValueInput {
  @Field(() => String, { description: '户编号或统一社会信用代码' }) subjectNo!: string;
  @Field(() => String, { description: '数据项，见规则数据 items.yaml' }) item!: string;
  @Field(() => String) value!: string;
}

@InputType({ description: '导入已有的数据' })
class LoadKnownArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'province 省级平台共享、bank 金融机构提供' }) source!: string;
  @Field(() => Day, { description: '数据日期' }) dataOn!: string;
  @Field(() => [KnownValueInput]) rows!: KnownValueInput[];
}

@ObjectType()
class LoadKnownReceiptType {
  @Field(() => ID) loadId!: string;
  @Field(() => Int, { description: '已入库' }) loaded!: number;
  @Field(() => Int, { description: '与现有的相同' }) same!: number;
  @Field(() => Int, { description: '与现有的不同，等待村里核定' }) differing!: number;
  @Field(() => Int, { description: '缺少成年成员的书面授权，未入库' }) withheld!: number;
}

@ObjectType({ description: '一次导入' })
class KnownLoadType extends LoadKnownReceiptType {
  @Field(() => String) villageCode!: string;
  @Field(() => String) source!: string;
  @Field(() => Day) dataOn!: string;
  @Field(() => ID) loadedBy!: string;
  @Field(() => Day) loadedOn!: string;
}

@ObjectType()
class KnownLoadPage {
  @Field(() => [KnownLoadType]) rows!: KnownLoadType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '导入的与现有的不同的一项' })
class KnownDifferenceType {
  @Field(() => ID) differenceId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) subjectNo!: string;
  @Field(() => String) item!: string;
  @Field(() => String, { description: '中文名' }) zh!: string;
  @Field(() => String, { ...optional, description: '现有的内容' }) presentValue!: string | null;
  @Field(() => Day, optional) presentOn!: string | null;
  @Field(() => String, { ...optional, description: '导入的内容' }) otherValue!: string | null;
  @Field(() => String) source!: string;
  @Field(() => Day, { description: '导入数据的日期' }) dataOn!: string;
}

@ObjectType()
class KnownDifferencePage {
  @Field(() => [KnownDifferenceType]) rows!: KnownDifferenceType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '核定与导入不一致的一项' })
class SettleDifferenceArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) differenceId!: string;
  @Field(() => String, { description: 'present 保留现有的，other 改用导入的' }) take!: 'present' | 'other';
}

@ObjectType()
class SettleDifferenceReceipt {
  @Field(() => ID) differenceId!: string;
  @Field(() => Int, { ...optional, description: '新的版次' }) version!: number | null;
}

@ObjectType({ description: '还缺的一项' })
class GapItemType {
  @Field(() => String) item!: string;
  @Field(() => String, { description: '中文名' }) zh!: string;
  @Field(() => String, { ...optional, description: '单位' }) unit!: string | null;
  @Field(() => String, { description: '需要的书面授权：none、economics、credit' }) consent!: string;
}

@ObjectType({ description: '一件采集任务还缺的各项' })
class CollectionGapType {
  @Field(() => ID) taskId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String) householdNo!: string;
  @Field(() => Day) dueOn!: string;
  @Field(() => [GapItemType]) missing!: GapItemType[];
}

@ObjectType()
class CollectionGapPage {
  @Field(() => [CollectionGapType]) rows!: CollectionGapType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@Resolver()
export class KnownResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly load: LoadKnown,
    private readonly settle: SettleDifference,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => KnownLoadPage, { description: '历次导入，新的在前' })
  @Allow('known.read')
  knownLoads(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<KnownLoadPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new KnownStore(tx).loads(actor.scopesFor('known.read'), divisionPrefix(under), readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.loadId) : null };
    });
  }

  @Query(() => KnownDifferencePage, { description: '导入的与现有的不同、等待核定的各项，两种内容并列；查看留痕' })
  @Allow('known.settle')
  knownDifferences(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<KnownDifferencePage> {
    return this.work.run(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new KnownStore(tx).openPage(actor.scopesFor('known.settle'), divisionPrefix(under), readCursor(page.after, 1)?.[0] ?? null, limit);
      const subjectIds = [...new Set(rows.map(({ subjectId }) => subjectId))];
      const seals = await this.vault.existing(tx, subjectIds);
      const values = new Map((await new ItemStore(tx).currentOf(subjectIds)).map((value) => [`${value.subjectId} ${value.item}`, value]));
      await tx.audit.record('known.differences-viewed', under, { differences: rows.length });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map(({ subjectKind, value, ...row }) => {
          const open = (bytes: Buffer): string | null => seals.get(row.subjectId)?.open(bytes, itemPlace(row.subjectId, row.item)) ?? null;
          const present = values.get(`${row.subjectId} ${row.item}`);
          return { ...row, zh: this.rules.items[subjectKind][row.item]?.zh ?? row.item, presentValue: present ? open(present.value) : null, presentOn: present?.collectedOn ?? null, otherValue: open(value) };
        }),
        nextCursor: last ? cursorOf(last.differenceId) : null,
      };
    });
  }

  @Query(() => CollectionGapPage, { description: '自己的采集任务还缺哪些项，按期限；都已掌握的不再列出' })
  @Allow('collection.send')
  collectionGaps(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<CollectionGapPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const items = Object.entries(this.rules.items.household);
      const rows = await new KnownStore(tx).gaps(actor.accountId ?? '', items.map(([item]) => item), readCursor(page.after, 2), limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map(({ known, ...task }) => ({ ...task, missing: items.filter(([item]) => !known.includes(item)).map(([item, { zh, unit, consent }]) => ({ item, zh, unit: unit ?? null, consent })) })),
        nextCursor: last ? cursorOf(last.dueOn, last.taskId) : null,
      };
    });
  }

  @Mutation(() => LoadKnownReceiptType, { description: '导入省级平台或金融机构已有的数据（县、镇经办人）；已采集的不改动，不同的等待核定' })
  @Allow('known.load')
  loadKnownValues(@CurrentActor() actor: Actor, @Args('input') input: LoadKnownArgs): Promise<LoadKnownReceiptType> {
    return this.load.execute(actor, input);
  }

  @Mutation(() => SettleDifferenceReceipt, { description: '核定与导入不一致的一项（村文书、村党组织书记）' })
  @Allow('known.settle')
  settleKnownDifference(@CurrentActor() actor: Actor, @Args('input') input: SettleDifferenceArgs): Promise<SettleDifferenceReceipt> {
    return this.settle.execute(actor, input);
  }
}
