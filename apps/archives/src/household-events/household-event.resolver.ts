import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { DecideEvent, type DecideEventInput } from './decide-event';
import {
  DecideHouseholdEventArgs,
  HouseholdEventDecisionReceipt,
  HouseholdEventReceipt,
  MergeHouseholdsArgs,
  MergeVillageArgs,
  MoveHouseholdArgs,
  RecordBirthArgs,
  RecordDeathArgs,
  RecordMarriageArgs,
  SplitHouseholdArgs,
} from './household-event.types';
import { MergeHouseholds } from './merge-households';
import { MergeVillage } from './merge-village';
import { MoveHousehold } from './move-household';
import { RecordBirth } from './record-birth';
import { RecordDeath } from './record-death';
import { RecordMarriage } from './record-marriage';
import { SplitHousehold } from './split-household';

@Resolver()
export class HouseholdEventResolver {
  constructor(
    private readonly births: RecordBirth,
    private readonly deaths: RecordDeath,
    private readonly marriages: RecordMarriage,
    private readonly splits: SplitHousehold,
    private readonly merges: MergeHouseholds,
    private readonly moves: MoveHousehold,
    private readonly mergers: MergeVillage,
    private readonly decisions: DecideEvent,
  ) {}

  @Mutation(() => HouseholdEventReceipt, { description: '登记出生或入户：此前不在任何一户的人成为成员' })
  @Allow('household-event.record')
  recordBirth(@CurrentActor() actor: Actor, @Args('input') input: RecordBirthArgs): Promise<HouseholdEventReceipt> {
    return this.births.execute(actor, input);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '登记死亡；户内无人的即行销户' })
  @Allow('household-event.record')
  recordDeath(@CurrentActor() actor: Actor, @Args('input') input: RecordDeathArgs): Promise<HouseholdEventReceipt> {
    return this.deaths.execute(actor, input);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '登记婚嫁：一名成员迁入另一户；迁往外村的待镇确认' })
  @Allow('household-event.record')
  recordMarriage(@CurrentActor() actor: Actor, @Args('input') input: RecordMarriageArgs): Promise<HouseholdEventReceipt> {
    return this.marriages.execute(actor, input);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '分户：新户没有档案、得分和等级' })
  @Allow('household-event.record')
  splitHousehold(@CurrentActor() actor: Actor, @Args('input') input: SplitHouseholdArgs): Promise<HouseholdEventReceipt> {
    return this.splits.execute(actor, input);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '并户：被并的户销户，记录可查；并入外村的待镇确认' })
  @Allow('household-event.record')
  mergeHouseholds(@CurrentActor() actor: Actor, @Args('input') input: MergeHouseholdsArgs): Promise<HouseholdEventReceipt> {
    return this.merges.execute(actor, input);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '迁移：另编户编号，原编号仍可查询；迁往外村的待镇确认' })
  @Allow('household-event.record')
  moveHousehold(@CurrentActor() actor: Actor, @Args('input') input: MoveHouseholdArgs): Promise<HouseholdEventReceipt> {
    return this.moves.execute(actor, input);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '报请并村，待镇确认' })
  @Allow('household-event.record')
  mergeVillage(@CurrentActor() actor: Actor, @Args('input') input: MergeVillageArgs): Promise<HouseholdEventReceipt> {
    return this.mergers.execute(actor, input);
  }

  @Mutation(() => HouseholdEventDecisionReceipt, { description: '确认或不予确认跨村的变动和并村；登记人不能确认自己登记的' })
  @Allow('household-event.decide')
  decideHouseholdEvent(@CurrentActor() actor: Actor, @Args('input') input: DecideHouseholdEventArgs): Promise<HouseholdEventDecisionReceipt> {
    return this.decisions.execute(actor, input as DecideEventInput);
  }
}
