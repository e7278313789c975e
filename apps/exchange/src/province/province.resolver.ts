import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { divisionPrefix, plainDate } from '@credit/policy';
import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { BatchStore } from './batch.store';
import { provinceRules } from './province-rules';
import { ProvinceBatchPage, ProvinceReconciliationPage, ProvinceRejectionPage } from './province.types';
import { ReceiptStore } from './receipt.store';
import { ReconciliationStore } from './reconciliation.store';

@Resolver()
export class ProvinceResolver {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => ProvinceRejectionPage, { description: '省平台退回、尚待更正的记录，先退回的在前' })
  @Allow('province.rejections')
  provinceRejections(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<ProvinceRejectionPage> {
    const limit = pageSize(page);
    const [after = null] = readCursor(page.after, 1) ?? [];
    return this.work.read(actor, async (tx) => {
      const codes = provinceRules(tx.today).rejections;
      const rows = await new ReceiptStore(tx).openRejections(actor.scopesFor('province.rejections'), divisionPrefix(under), after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map(({ code, field, receivedOn, ...row }) => ({ ...row, code, reason: codes[code] ?? code, item: field, itemName: this.nameOf(field), rejectedOn: receivedOn })),
        nextCursor: last ? cursorOf(last.seq) : null,
      };
    });
  }

  @Query(() => ProvinceBatchPage, { description: '上报批次，新的在前' })
  @Allow('province.reconciliation')
  provinceBatches(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<ProvinceBatchPage> {
    const limit = pageSize(page);
    const [cutAt, batchId] = readCursor(page.after, 2) ?? [];
    return this.work.read(actor, async (tx) => {
      const before = cutAt !== undefined && batchId !== undefined ? { cutAt, batchId } : null;
      const rows = await new BatchStore(tx).list(actor.scopesFor('province.reconciliation'), divisionPrefix(under), before, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => ({ ...row, id: row.batchId })), nextCursor: last ? cursorOf(last.cutAt.toISOString(), last.batchId) : null };
    });
  }

  @Query(() => ProvinceReconciliationPage, { description: '某日的省平台对账，按村' })
  @Allow('province.reconciliation')
  provinceReconciliation(@CurrentActor() actor: Actor, @Args('on', { type: () => Day }) on: string, @Args() page: PageArgs): Promise<ProvinceReconciliationPage> {
    const limit = pageSize(page);
    const [after = null] = readCursor(page.after, 1) ?? [];
    return this.work.read(actor, async (tx) => {
      const rows = await new ReconciliationStore(tx).list(actor.scopesFor('province.reconciliation'), plainDate(on), after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => ({ ...row, differences: [...row.differences] })), nextCursor: last ? cursorOf(last.villageCode) : null };
    });
  }

  /** The item's Chinese name; kinds that share an item's name share its meaning. */
  private nameOf(field: string | null): string | null {
    if (field === null) return null;
    const { household, entity, collective } = this.rules.items;
    const item = field.replace(/^items\./, '');
    return (household[item] ?? entity[item] ?? collective[item])?.zh ?? null;
  }
}
