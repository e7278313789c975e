import { type Actor, Allow, CurrentActor, Day, UnitOfWork } from '@credit/platform';
import { addDays, isActive, listChanges, plainDate } from '@credit/policy';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ApproveItemList } from './approve-item-list';
import { DraftItemList } from './draft-item-list';
import { ItemListStore, type ListVersion } from './item-list.store';
import { ApproveItemListArgs, DraftItemListArgs, ItemListReceipt, ItemListVersion, ListChangeType } from './item-list.types';

function shown({ list, ...version }: ListVersion): ItemListVersion {
  return {
    id: version.id,
    countyCode: version.countyCode,
    version: list.version,
    effectiveFrom: version.effectiveFrom,
    draftedOn: version.draftedOn,
    approvedOn: version.approvedOn,
    base: list.baseHundredths,
    positivesCap: list.positivesCapHundredths,
    lookBackYears: list.lookBackYears,
    areas: list.areas.map((area) => ({ code: area.code, zh: area.zh, positiveCap: area.positiveCapHundredths })),
    items: list.items.map((item) => ({
      code: item.code,
      zh: item.zh,
      area: item.area,
      polarity: item.polarity,
      points: item.pointsHundredths ?? null,
      evidence: item.evidence,
      active: isActive(item),
      source: item.source,
    })),
  };
}

@Resolver()
export class ItemListResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly draft: DraftItemList,
    private readonly approve: ApproveItemList,
  ) {}

  @Query(() => [ItemListVersion], { description: '一县的评议清单各版本，新的在前；清单内容对所有人公开' })
  @Allow('list.read')
  async itemLists(@CurrentActor() actor: Actor, @Args('countyCode', { type: () => String }) countyCode: string): Promise<ItemListVersion[]> {
    return (await this.work.read(actor, (tx) => new ItemListStore(tx).list(countyCode))).map(shown);
  }

  @Query(() => ItemListVersion, { description: '一个评议清单版本' })
  @Allow('list.read')
  async itemList(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<ItemListVersion> {
    return shown(await this.work.read(actor, (tx) => new ItemListStore(tx).get(id)));
  }

  @Query(() => ItemListVersion, { nullable: true, description: '一县在某日施行的评议清单' })
  @Allow('list.read')
  async itemListInForce(
    @CurrentActor() actor: Actor,
    @Args('countyCode', { type: () => String }) countyCode: string,
    @Args('on', { type: () => Day, nullable: true, description: '不填为今天' }) on?: string,
  ): Promise<ItemListVersion | null> {
    const version = await this.work.read(actor, (tx) => new ItemListStore(tx).inForce(countyCode, on ? plainDate(on) : tx.today));
    return version ? shown(version) : null;
  }

  @Query(() => [ListChangeType], { description: '一个版本与它之前施行的版本（或所给版本）相比改了什么' })
  @Allow('list.read')
  itemListChanges(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('against', { type: () => ID, nullable: true }) against?: string,
  ): Promise<ListChangeType[]> {
    return this.work.read(actor, async (tx) => {
      const lists = new ItemListStore(tx);
      const version = await lists.get(id);
      const before = against ? await lists.get(against) : await lists.inForce(version.countyCode, addDays(version.effectiveFrom, -1));
      return before ? listChanges(before.list, version.list) : [];
    });
  }

  @Mutation(() => ItemListReceipt, { description: '拟订评议清单版本（县联席办经办人）' })
  @Allow('list.draft')
  draftItemList(@CurrentActor() actor: Actor, @Args('input') input: DraftItemListArgs): Promise<ItemListReceipt> {
    return this.draft.execute(actor, input);
  }

  @Mutation(() => ItemListReceipt, { description: '批准评议清单版本（县联席办负责人，须为另一人）' })
  @Allow('list.approve')
  approveItemList(@CurrentActor() actor: Actor, @Args('input') input: ApproveItemListArgs): Promise<ItemListReceipt> {
    return this.approve.execute(actor, input);
  }
}
