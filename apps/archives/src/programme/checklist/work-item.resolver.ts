import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix, type PlainDate } from '@credit/policy';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ConfirmWorkItem } from './confirm-work-item';
import { CopyChecklist } from './copy-checklist';
import { ListWorkItem } from './list-work-item';
import { ReopenWorkItem } from './reopen-work-item';
import { ReportWorkItem } from './report-work-item';
import { type WorkItem, WorkItemStore, type WorkState } from './work-item.store';
import { ChecklistReceipt, ConfirmWorkItemArgs, CopyChecklistArgs, ListWorkItemArgs, ReopenWorkItemArgs, ReportWorkItemArgs, WorkItemPage, WorkItemReceipt, WorkItemWithHistory } from './work-item.types';

const states: readonly WorkState[] = ['open', 'reported', 'closed'];

function stateOf(state: string): WorkState {
  const known = states.find((one) => one === state);
  if (!known) throw new Problem('input.invalid', {}, [{ path: 'state', message: '请填 open、reported 或 closed' }]);
  return known;
}

/** Overdue and late are computed on reading: no timer has to come for them. */
function shown(item: WorkItem, today: PlainDate): WorkItem & { readonly overdue: boolean; readonly late: boolean } {
  return { ...item, overdue: item.state === 'open' && item.dueOn < today, late: item.doneOn !== null && item.doneOn > item.dueOn };
}

@Resolver()
export class WorkItemResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly list: ListWorkItem,
    private readonly copy: CopyChecklist,
    private readonly report: ReportWorkItem,
    private readonly confirm: ConfirmWorkItem,
    private readonly reopen: ReopenWorkItem,
  ) {}

  @Query(() => WorkItemPage, { description: '工作清单：逾期的在最前，其后按期限，已销号的在后；可按状态或承办人查询' })
  @Allow('programme.read')
  workItems(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String }) under: string,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true }) state?: string,
    @Args('ownerId', { type: () => ID, nullable: true }) ownerId?: string,
  ): Promise<WorkItemPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const filter = { state: state === undefined ? null : stateOf(state), ownerId: ownerId ?? null };
      const rows = await new WorkItemStore(tx).page(actor.scopesFor('programme.read'), divisionPrefix(under), filter, readCursor(page.after, 3), limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => shown(row, tx.today)), nextCursor: last ? cursorOf(String(last.rank), last.dueOn, last.itemId) : null };
    });
  }

  @Query(() => WorkItemWithHistory, { description: '清单的一项及其经过' })
  @Allow('programme.read')
  workItem(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<WorkItemWithHistory> {
    return this.work.read(actor, async (tx) => {
      const items = new WorkItemStore(tx);
      const item = await items.byId(id);
      actor.require('programme.read', item.divisionCode);
      const seal = (await this.vault.existing(tx, [id])).get(id);
      const steps = (await items.stepsOf(id)).map((one) => ({ ...one, reason: (one.reason && seal?.open(one.reason, ['work_item_step', `${id}/${one.step}`, 'reason'])) ?? null }));
      return { ...shown(item, tx.today), steps };
    });
  }

  @Mutation(() => WorkItemReceipt, { description: '列入清单（县、镇经办人）' })
  @Allow('work-item.list')
  listWorkItem(@CurrentActor() actor: Actor, @Args('input') input: ListWorkItemArgs): Promise<WorkItemReceipt> {
    return this.list.execute(actor, input);
  }

  @Mutation(() => ChecklistReceipt, { description: '向一个乡镇下发默认清单（县、镇经办人）；已有的不重复' })
  @Allow('work-item.list')
  copyWorkChecklist(@CurrentActor() actor: Actor, @Args('input') input: CopyChecklistArgs): Promise<ChecklistReceipt> {
    return this.copy.execute(actor, input);
  }

  @Mutation(() => WorkItemReceipt, { description: '报结（承办人）' })
  @Allow('work-item.report')
  reportWorkItem(@CurrentActor() actor: Actor, @Args('input') input: ReportWorkItemArgs): Promise<WorkItemReceipt> {
    return this.report.execute(actor, input);
  }

  @Mutation(() => WorkItemReceipt, { description: '销号（承办人以外的人）' })
  @Allow('work-item.confirm')
  confirmWorkItem(@CurrentActor() actor: Actor, @Args('input') input: ConfirmWorkItemArgs): Promise<WorkItemReceipt> {
    return this.confirm.execute(actor, input);
  }

  @Mutation(() => WorkItemReceipt, { description: '退回重办，或移交、延期；须写明理由（县、镇经办人）' })
  @Allow('work-item.list')
  reopenWorkItem(@CurrentActor() actor: Actor, @Args('input') input: ReopenWorkItemArgs): Promise<WorkItemReceipt> {
    return this.reopen.execute(actor, input);
  }
}
