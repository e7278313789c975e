import { type Actor, Allow, CurrentActor, UnitOfWork, Vault } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RoundStore } from '../rounds/round.store';
import { appointed, BodyStore } from './body.store';
import {
  BodyReceiptType,
  BodyType,
  DecideConflictArgs,
  DeclarationReceiptType,
  DeclareTiesArgs,
  FormDeliberationGroupArgs,
  FormReviewGroupArgs,
  RecusalType,
  ReportConflictArgs,
  ReportedTie,
  TieReceiptType,
} from './body.types';
import { DecideConflict } from './decide-conflict';
import { DeclareTies, type DeclareTiesInput } from './declare-ties';
import { FormBody } from './form-body';
import { ReportConflict, type ReportConflictInput } from './report-conflict';
import { TieStore } from './tie.store';

@Resolver()
export class BodyResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly form: FormBody,
    private readonly declare: DeclareTies,
    private readonly report: ReportConflict,
    private readonly decide: DecideConflict,
  ) {}

  @Query(() => [BodyType], { description: '一轮评议的组织及成员' })
  @Allow('body.read')
  bodies(
    @CurrentActor() actor: Actor,
    @Args('roundId', { type: () => ID }) roundId: string,
    @Args('withHistory', { type: () => Boolean, defaultValue: false, description: '包括已被更换的' }) withHistory: boolean,
  ): Promise<BodyType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('body.read', (await new RoundStore(tx).get(roundId)).villageCode);
      const store = new BodyStore(tx);
      const bodies = await store.ofRound(roundId, withHistory);
      const reasons = await store.reasons(bodies.map(({ id }) => id));
      const seals = await this.vault.existing(tx, bodies.map(({ id }) => id));
      return bodies.map((body) => {
        const [reason, seal] = [reasons.get(body.id), seals.get(body.id)];
        return { ...body, reason: reason && seal ? seal.open(reason, ['body', body.id, 'reason']) : null };
      });
    });
  }

  @Query(() => [RecusalType], { description: '应当回避的名单：谁须对哪一户回避' })
  @Allow('recusal.read')
  recusals(
    @CurrentActor() actor: Actor,
    @Args('roundId', { type: () => ID }) roundId: string,
    @Args('groupCode', { type: () => String, nullable: true, description: '只看一个村民小组的农户' }) groupCode?: string,
  ): Promise<RecusalType[]> {
    return this.work.read(actor, async (tx) => {
      const rounds = new RoundStore(tx);
      actor.require('recusal.read', (await rounds.get(roundId)).villageCode);
      const households = await rounds.households(roundId, groupCode ?? null);
      const bodies = await new BodyStore(tx).ofRound(roundId);
      const members = bodies.flatMap((body) => appointed(body).map(({ memberId }) => memberId));
      return (await new TieStore(tx).recusals(roundId)).all(members, households.map(({ householdId }) => householdId));
    });
  }

  @Query(() => [ReportedTie], { description: '他人反映、等待主持人决定的回避情形' })
  @Allow('recusal.decide')
  reportedTies(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<ReportedTie[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('recusal.decide', (await new RoundStore(tx).get(roundId)).villageCode);
      return new TieStore(tx).open(roundId);
    });
  }

  @Mutation(() => BodyReceiptType, { description: '组建或更换一个村民小组的评议小组' })
  @Allow('body.form')
  formReviewGroup(@CurrentActor() actor: Actor, @Args('input') input: FormReviewGroupArgs): Promise<BodyReceiptType> {
    return this.form.execute(actor, 'review-group', input);
  }

  @Mutation(() => BodyReceiptType, { description: '组建或更换村审议小组' })
  @Allow('body.form')
  formDeliberationGroup(@CurrentActor() actor: Actor, @Args('input') input: FormDeliberationGroupArgs): Promise<BodyReceiptType> {
    return this.form.execute(actor, 'deliberation-group', input);
  }

  @Mutation(() => DeclarationReceiptType, { description: '申报本人的亲属户、有纠纷或债务的农户；没有账号的成员由村文书代为登记' })
  @Allow('recusal.declare')
  declareTies(@CurrentActor() actor: Actor, @Args('input') input: DeclareTiesArgs): Promise<DeclarationReceiptType> {
    return this.declare.execute(actor, input as DeclareTiesInput);
  }

  @Mutation(() => TieReceiptType, { description: '反映某成员应当回避的情形' })
  @Allow('recusal.report')
  reportConflict(@CurrentActor() actor: Actor, @Args('input') input: ReportConflictArgs): Promise<TieReceiptType> {
    return this.report.execute(actor, input as ReportConflictInput);
  }

  @Mutation(() => TieReceiptType, { description: '主持人决定是否回避' })
  @Allow('recusal.decide')
  decideConflict(@CurrentActor() actor: Actor, @Args('input') input: DecideConflictArgs): Promise<TieReceiptType> {
    return this.decide.execute(actor, input);
  }
}
