import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, Public, readCursor, UnitOfWork } from '@credit/platform';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CheckPlaque } from './check-plaque';
import { PrepareVillageForm } from './prepare-village-form';
import { VillageApplicationStore } from './village-application.store';
import { VillagePlaqueStore } from './village-plaque.store';
import { VillageViews } from './village-views';
import { VillageApplicationDetail, VillageApplicationPage, VillageForm, VillagePlaqueType, VillageRecognition } from './village.types';

/** 信用村的查询 */
@Resolver()
export class VillageListResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly views: VillageViews,
    private readonly form: PrepareVillageForm,
    private readonly checkPlaque: CheckPlaque,
  ) {}

  @Query(() => VillageForm, { description: '信用村申报表：系统已取数的、须由村申报的、今日尚未满足的前置条件' })
  @Allow('village.view')
  villageForm(@CurrentActor() actor: Actor, @Args('villageCode', { type: () => String }) villageCode: string): Promise<VillageForm> {
    return this.form.execute(actor, villageCode);
  }

  @Query(() => VillageApplicationPage, { description: '信用村申报，新的在前' })
  @Allow('village.view')
  villageApplications(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args('villageCode', { type: () => String, nullable: true }) villageCode?: string): Promise<VillageApplicationPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new VillageApplicationStore(tx).list(actor.scopesFor('village.view'), villageCode ?? null, readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => this.views.row(row, tx.today)), nextCursor: last ? cursorOf(last.applicationId) : null };
    });
  }

  @Query(() => VillageApplicationDetail, { description: '一件申报的全部' })
  @Allow('village.view')
  villageApplication(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<VillageApplicationDetail> {
    return this.work.read(actor, async (tx) => {
      const application = await new VillageApplicationStore(tx).get(id);
      actor.require('village.view', application.villageCode);
      return this.views.detail(tx, application);
    });
  }

  @Query(() => VillageApplicationPage, { description: '今日有效的信用村，先到期的在前' })
  @Allow('village.view')
  creditVillages(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<VillageApplicationPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new VillageApplicationStore(tx).valid(actor.scopesFor('village.view'), readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => this.views.row(row, tx.today)), nextCursor: last ? cursorOf(`${last.lastDay}${last.applicationId}`) : null };
    });
  }

  @Query(() => [VillagePlaqueType], { description: '应收回而未收回的牌匾' })
  @Allow('village.plaque')
  plaquesToRecall(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<VillagePlaqueType[]> {
    return this.work.read(actor, async (tx) => {
      const rows = await new VillagePlaqueStore(tx).toRecall(actor.scopesFor('village.plaque'), pageSize(page));
      return rows.map((row) => ({ ...row, stands: false }));
    });
  }

  @Query(() => VillageRecognition, { nullable: true, description: '按编号核验信用村牌匾' })
  @Public('whoever stands before a plaque may check it; names a village only')
  villageRecognition(@Args('serial', { type: () => String }) serial: string): Promise<VillageRecognition | null> {
    return this.checkPlaque.execute(serial);
  }
}
