import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ApplyForVillage } from './apply-for-village';
import { CloseVillagePoll } from './close-village-poll';
import { OpenVillagePoll } from './open-village-poll';
import { ReceiveApplication } from './receive-application';
import { RecogniseVillage } from './recognise-village';
import { RecordVillageBallots } from './record-village-ballots';
import { RecordVillageOpinion } from './record-village-opinion';
import { ReviewVillageByCounty } from './review-village-by-county';
import { ReviewVillageByTown } from './review-village-by-town';
import {
  ApplyForVillageArgs,
  CloseVillagePollArgs,
  OpenVillagePollArgs,
  RecogniseVillageArgs,
  RecordVillageBallotsArgs,
  RecordVillageOpinionArgs,
  ReviewVillageByTownArgs,
  VillageReceiptType,
  VillageStepArgs,
} from './village.types';

/** 信用村申报的六个步骤, up to the recognition. 三(六) 信用村 */
@Resolver()
export class VillageResolver {
  constructor(
    private readonly apply: ApplyForVillage,
    private readonly receive: ReceiveApplication,
    private readonly openPoll: OpenVillagePoll,
    private readonly recordBallots: RecordVillageBallots,
    private readonly closePoll: CloseVillagePoll,
    private readonly byTown: ReviewVillageByTown,
    private readonly opinion: RecordVillageOpinion,
    private readonly byCounty: ReviewVillageByCounty,
    private readonly recognise: RecogniseVillage,
  ) {}

  @Mutation(() => VillageReceiptType, { description: '申报信用村（村党组织）' })
  @Allow('village.apply')
  applyForVillage(@CurrentActor() actor: Actor, @Args('input') input: ApplyForVillageArgs): Promise<VillageReceiptType> {
    return this.apply.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '受理申报，核对前置条件（镇政府）' })
  @Allow('village.receive')
  receiveVillageApplication(@CurrentActor() actor: Actor, @Args('input') input: VillageStepArgs): Promise<VillageReceiptType> {
    return this.receive.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '组织对村“两委”班子的测评（镇党委）' })
  @Allow('village.poll')
  async openVillagePoll(@CurrentActor() actor: Actor, @Args('input') input: OpenVillagePollArgs): Promise<VillageReceiptType> {
    const { applicationId } = await this.openPoll.execute(actor, input);
    return { applicationId };
  }

  @Mutation(() => VillageReceiptType, { description: '收票（镇党委）；不记名' })
  @Allow('village.poll')
  recordVillageBallots(@CurrentActor() actor: Actor, @Args('input') input: RecordVillageBallotsArgs): Promise<VillageReceiptType> {
    return this.recordBallots.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '计票（镇党委）' })
  @Allow('village.poll')
  closeVillagePoll(@CurrentActor() actor: Actor, @Args('input') input: CloseVillagePollArgs): Promise<VillageReceiptType> {
    return this.closePoll.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '签署初审意见（镇党委）' })
  @Allow('village.town-review')
  reviewVillageByTown(@CurrentActor() actor: Actor, @Args('input') input: ReviewVillageByTownArgs): Promise<VillageReceiptType> {
    return this.byTown.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '登记部门意见（县联席办）' })
  @Allow('village.county-review')
  recordVillageOpinion(@CurrentActor() actor: Actor, @Args('input') input: RecordVillageOpinionArgs): Promise<VillageReceiptType> {
    return this.opinion.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '县级复审（县联席办）；通过的进入社会公示' })
  @Allow('village.county-review')
  reviewVillageByCounty(@CurrentActor() actor: Actor, @Args('input') input: VillageStepArgs): Promise<VillageReceiptType> {
    return this.byCounty.execute(actor, input);
  }

  @Mutation(() => VillageReceiptType, { description: '发文认定（县联席会议）' })
  @Allow('village.recognise')
  recogniseVillage(@CurrentActor() actor: Actor, @Args('input') input: RecogniseVillageArgs): Promise<VillageReceiptType> {
    return this.recognise.execute(actor, input);
  }
}
