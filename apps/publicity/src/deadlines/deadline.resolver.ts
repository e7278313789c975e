import { type Actor, Allow, CurrentActor, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { DeadlineStore } from './deadline.store';
import { DeadlinePage, ReconciliationReceipt } from './deadline.types';
import { ReconcileDeadlines } from './reconcile-deadlines';
import { RingDeadlines } from './ring-deadlines';

@Resolver()
export class DeadlineResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly ringDeadlines: RingDeadlines,
    private readonly reconcileCase: ReconcileDeadlines,
  ) {}

  @Query(() => DeadlinePage, { description: '期限一览，近的在前' })
  @Allow('deadline.read')
  deadlines(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('owner', { type: () => String, nullable: true }) owner?: string,
    @Args('kind', { type: () => String, nullable: true }) kind?: string,
  ): Promise<DeadlinePage> {
    return this.work.read(actor, (tx) => new DeadlineStore(tx).list({ owner, kind, after: readCursor(page.after, 4), limit: pageSize(page) }));
  }

  @Mutation(() => Int, { description: '立即提醒所有已过的期限，返回提醒数；重复执行不会重复提醒' })
  @Allow('deadline.operate')
  async ringDueDeadlines(@CurrentActor() actor: Actor, @Args('requestId', { type: () => String }) requestId: string): Promise<number> {
    return (await this.ringDeadlines.onDemand(actor, requestId)).rings;
  }

  @Mutation(() => ReconciliationReceipt, { description: '与所属服务对账，重建提醒' })
  @Allow('deadline.operate')
  reconcileDeadlines(
    @CurrentActor() actor: Actor,
    @Args('requestId', { type: () => String }) requestId: string,
    @Args('owner', { type: () => String }) owner: string,
  ): Promise<ReconciliationReceipt> {
    return this.reconcileCase.execute(actor, owner, requestId);
  }
}
