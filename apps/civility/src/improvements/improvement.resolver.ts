import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ChangeImprovement } from './change-improvement';
import { CheckImprovement, type CheckImprovementInput } from './check-improvement';
import { EndImprovement } from './end-improvement';
import { ImprovementView } from './improvement-view';
import { ImprovementStore } from './improvement.store';
import { ChangeImprovementArgs, CheckImprovementArgs, EndImprovementArgs, ImprovementPlan, ImprovementReceiptType, PlanImprovementArgs } from './improvement.types';
import { PlanImprovement } from './plan-improvement';

@Resolver()
export class ImprovementResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly view: ImprovementView,
    private readonly plan: PlanImprovement,
    private readonly change: ChangeImprovement,
    private readonly check: CheckImprovement,
    private readonly end: EndImprovement,
  ) {}

  @Query(() => ImprovementPlan, { nullable: true, description: '本户最近一次的整改提升计划；可指定评议轮次' })
  @Allow('improvement.read-own')
  myImprovement(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID, nullable: true }) roundId?: string): Promise<ImprovementPlan | null> {
    const householdId = actor.villager?.householdId;
    if (householdId === undefined) return Promise.resolve(null);
    return this.work.read(actor, async (tx) => {
      const found = await new ImprovementStore(tx).list({ householdId, ...(roundId ? { roundId } : {}), newestFirst: true, limit: 1 });
      return (await this.view.of(tx, found))[0] ?? null;
    });
  }

  @Mutation(() => ImprovementReceiptType, { description: '制定整改提升计划（村党组织书记、村包片干部）；得分生效后方可' })
  @Allow('improvement.plan')
  planImprovement(@CurrentActor() actor: Actor, @Args('input') input: PlanImprovementArgs): Promise<ImprovementReceiptType> {
    return this.plan.execute(actor, input);
  }

  @Mutation(() => ImprovementReceiptType, { description: '调整整改提升计划，原有版本保留' })
  @Allow('improvement.plan')
  changeImprovement(@CurrentActor() actor: Actor, @Args('input') input: ChangeImprovementArgs): Promise<ImprovementReceiptType> {
    return this.change.execute(actor, input);
  }

  @Mutation(() => ImprovementReceiptType, { description: '登记核查结果（帮扶人以外的人，约定的核查日当日或以后）' })
  @Allow('improvement.check')
  checkImprovement(@CurrentActor() actor: Actor, @Args('input') input: CheckImprovementArgs): Promise<ImprovementReceiptType> {
    return this.check.execute(actor, input as CheckImprovementInput);
  }

  @Mutation(() => ImprovementReceiptType, { description: '终止整改提升计划' })
  @Allow('improvement.plan')
  endImprovement(@CurrentActor() actor: Actor, @Args('input') input: EndImprovementArgs): Promise<ImprovementReceiptType> {
    return this.end.execute(actor, input);
  }
}
