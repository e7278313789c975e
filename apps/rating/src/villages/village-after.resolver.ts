import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { DecideVillageChange } from './decide-village-change';
import { IssueVillagePlaque } from './issue-village-plaque';
import { ObjectToVillageChange } from './object-to-village-change';
import { ProposeVillageChange } from './propose-village-change';
import { RecallVillagePlaque } from './recall-village-plaque';
import { DecideVillageChangeArgs, IssueVillagePlaqueArgs, ObjectToVillageChangeArgs, ProposeVillageChangeArgs, RecallVillagePlaqueArgs, VillageReceiptType } from './village.types';

/** 认定之后 — plaques, downgrades and revocations. 三(六) 信用村6，三(八)3 */
@Resolver()
export class VillageAfterResolver {
  constructor(
    private readonly issue: IssueVillagePlaque,
    private readonly recall: RecallVillagePlaque,
    private readonly propose: ProposeVillageChange,
    private readonly object: ObjectToVillageChange,
    private readonly decide: DecideVillageChange,
  ) {}

  @Mutation(() => VillageReceiptType, { description: '颁发牌匾（县联席办）' })
  @Allow('village.plaque')
  issueVillagePlaque(@CurrentActor() actor: Actor, @Args('input') input: IssueVillagePlaqueArgs): Promise<VillageReceiptType> {
    return this.issue.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '收回牌匾（县联席办）' })
  @Allow('village.plaque')
  recallVillagePlaque(@CurrentActor() actor: Actor, @Args('input') input: RecallVillagePlaqueArgs): Promise<VillageReceiptType> {
    return this.recall.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '提出降级或撤销（县联席办）；村先被告知并可提出异议' })
  @Allow('village.change')
  proposeVillageChange(@CurrentActor() actor: Actor, @Args('input') input: ProposeVillageChangeArgs): Promise<VillageReceiptType> {
    return this.propose.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '对拟降级、撤销提出异议（村党组织）' })
  @Allow('village.object')
  objectToVillageChange(@CurrentActor() actor: Actor, @Args('input') input: ObjectToVillageChangeArgs): Promise<VillageReceiptType> {
    return this.object.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '决定降级、撤销（县联席会议，提出人以外的人）' })
  @Allow('village.decide-change')
  decideVillageChange(@CurrentActor() actor: Actor, @Args('input') input: DecideVillageChangeArgs): Promise<VillageReceiptType> {
    return this.decide.execute(actor, input);
  }
}
