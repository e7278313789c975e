import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { isActive } from '@credit/policy';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ApproveItemList } from './approve-item-list';
import { DraftItemList } from './draft-item-list';
import { ItemListStore, type ListVersion } from './item-list.store';
import { ApproveItemListArgs, DraftItemListArgs, ItemListReceipt, ItemListVersion } from './item-list.types';

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
