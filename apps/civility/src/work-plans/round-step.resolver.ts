import { type Actor, Allow, CurrentActor, Day, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { RoundStore } from '../rounds/round.store';
import { DropRoundStep } from './drop-round-step';
import { FinishRoundStep } from './finish-round-step';
import { PlanRoundStep } from './plan-round-step';
import { RoundStepStore } from './round-step.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '一轮评议工作方案中的一步' })
class RoundStepType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '要办的事' }) title!: string;
  @Field(() => String, { description: '承担的角色' }) ownerRole!: string;
  @Field(() => Day, { description: '完成期限' }) dueOn!: string;
  @Field(() => String, { description: 'open 待办，done 已办结，dropped 已取消' }) state!: string;
  @Field(() => Boolean, { description: '逾期未办结' }) overdue!: boolean;
  @Field(() => Day) plannedOn!: string;
  @Field(() => Day, { ...optional, description: '完成之日' }) doneOn!: string | null;
  @Field(() => ID, { ...optional, description: '办结人' }) doneBy!: string | null;
  @Field(() => String, { ...optional, description: '佐证材料的 SHA-256' }) evidenceSha256!: string | null;
  @Field(() => Day, { ...optional, description: '登记办结之日' }) finishedOn!: string | null;
  @Field(() => Day, optional) droppedOn!: string | null;
  @Field(() => String, { ...optional, description: '取消的理由' }) dropReason!: string | null;
}

@InputType({ description: '在工作方案中列出一步' })
class PlanRoundStepArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String, { description: '要办的事' }) title!: string;
  @Field(() => String, { description: '承担的角色，如 village-secretary' }) ownerRole!: string;
  @Field(() => Day, { description: '完成期限' }) dueOn!: string;
}

@InputType({ description: '办结工作方案中的一步' })
class FinishRoundStepArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) stepId!: string;
  @Field(() => Day, { description: '完成之日' }) doneOn!: string;
  @Field(() => String, { ...optional, description: '佐证材料的 SHA-256' }) evidenceSha256?: string | null;
}

@InputType({ description: '取消工作方案中的一步' })
class DropRoundStepArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) stepId!: string;
  @Field(() => String, { description: '理由' }) reason!: string;
}

@ObjectType()
class RoundStepReceiptType {
  @Field(() => ID) stepId!: string;
  @Field(() => Day, optional) dueOn?: string;
  @Field(() => Day, optional) doneOn?: string;
  @Field(() => Day, optional) droppedOn?: string;
}

@Resolver()
export class RoundStepResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly plan: PlanRoundStep,
    private readonly finish: FinishRoundStep,
    private readonly drop: DropRoundStep,
  ) {}

  @Query(() => [RoundStepType], { description: '一轮评议的工作方案：逾期的在最前，其后按完成期限；已办结和已取消的在后' })
  @Allow('round-step.read')
  roundPlan(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<RoundStepType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('round-step.read', (await new RoundStore(tx).get(roundId)).villageCode);
      const steps = await new RoundStepStore(tx).ofRound(roundId);
      const seals = await this.vault.existing(tx, steps.flatMap(({ id, dropReason }) => (dropReason ? [id] : [])));
      return steps.map((step) => ({ ...step, dropReason: (step.dropReason && seals.get(step.id)?.open(step.dropReason, ['round_step', step.id, 'drop_reason'])) ?? null }));
    });
  }

  @Mutation(() => RoundStepReceiptType, { description: '在工作方案中列出一步（镇经办人、村党组织书记）' })
  @Allow('round-step.plan')
  planRoundStep(@CurrentActor() actor: Actor, @Args('input') input: PlanRoundStepArgs): Promise<RoundStepReceiptType> {
    return this.plan.execute(actor, input);
  }

  @Mutation(() => RoundStepReceiptType, { description: '办结一步（承担该步的角色）' })
  @Allow('round-step.finish')
  finishRoundStep(@CurrentActor() actor: Actor, @Args('input') input: FinishRoundStepArgs): Promise<RoundStepReceiptType> {
    return this.finish.execute(actor, input);
  }

  @Mutation(() => RoundStepReceiptType, { description: '取消一步并写明理由（镇经办人、村党组织书记）' })
  @Allow('round-step.plan')
  dropRoundStep(@CurrentActor() actor: Actor, @Args('input') input: DropRoundStepArgs): Promise<RoundStepReceiptType> {
    return this.drop.execute(actor, input);
  }
}
