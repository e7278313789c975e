import { type Actor, Allow, CurrentActor, PageArgs } from '@credit/platform';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ConsentToHonour } from './consent-to-honour';
import { EnterConstraint } from './enter-constraint';
import { RecordSupportWish } from './record-support-wish';
import { Registers } from './registers';
import {
  ConstraintEnteredType,
  ConstraintRemovedType,
  CreditCandidatePage,
  CreditConstraintPage,
  EnterConstraintArgs,
  HonourConsentArgs,
  HonourPage,
  HonourReceiptType,
  RecordSupportWishArgs,
  RemoveConstraintArgs,
  SupportWishRecordedType,
} from './register.types';
import { RemoveConstraint } from './remove-constraint';

@Resolver()
export class RegisterResolver {
  constructor(
    private readonly registers: Registers,
    private readonly honour: ConsentToHonour,
    private readonly enter: EnterConstraint,
    private readonly remove: RemoveConstraint,
    private readonly wish: RecordSupportWish,
  ) {}

  @Query(() => HonourPage, { description: '红榜：本人同意且今日评定有效、A 级及以上的（县、镇）' })
  @Allow('register.read')
  honourList(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<HonourPage> {
    return this.registers.honoured(actor, page);
  }

  @Query(() => CreditConstraintPage, { description: '约束名单：今日在列的，只按编号，不公开（县、镇）' })
  @Allow('register.read')
  creditConstraints(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<CreditConstraintPage> {
    return this.registers.constraints(actor, page);
  }

  @Query(() => CreditCandidatePage, { description: '信用小组组长和评优的人选：持有效最高等级的农户（县、镇）' })
  @Allow('register.read')
  leaderCandidates(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<CreditCandidatePage> {
    return this.registers.leaders(actor, page);
  }

  @Query(() => CreditCandidatePage, { description: '帮扶对象：等级低、评议得分高、有发展意愿的农户（县、镇）' })
  @Allow('register.read')
  supportList(@CurrentActor() actor: Actor, @Args('villageCode', { type: () => String }) villageCode: string, @Args() page: PageArgs): Promise<CreditCandidatePage> {
    return this.registers.support(actor, villageCode, page);
  }

  @Mutation(() => HonourReceiptType, { description: '同意列入红榜（本户，或由村文书凭签字材料代办）' })
  @Allow('honour.consent')
  consentToHonour(@CurrentActor() actor: Actor, @Args('input') input: HonourConsentArgs): Promise<HonourReceiptType> {
    return this.honour.execute(actor, 'give', input);
  }

  @Mutation(() => HonourReceiptType, { description: '撤回列入红榜的同意，立即生效（本户，或由村文书凭签字材料代办）' })
  @Allow('honour.consent')
  withdrawHonourConsent(@CurrentActor() actor: Actor, @Args('input') input: HonourConsentArgs): Promise<HonourReceiptType> {
    return this.honour.execute(actor, 'withdraw', input);
  }

  @Mutation(() => ConstraintEnteredType, { description: '列入约束名单：须有法律依据、文书和到期之日（县联席办经办人）' })
  @Allow('constraint.enter')
  enterCreditConstraint(@CurrentActor() actor: Actor, @Args('input') input: EnterConstraintArgs): Promise<ConstraintEnteredType> {
    return this.enter.execute(actor, input);
  }

  @Mutation(() => ConstraintRemovedType, { description: '提前移出约束名单（县联席办经办人）' })
  @Allow('constraint.enter')
  removeCreditConstraint(@CurrentActor() actor: Actor, @Args('input') input: RemoveConstraintArgs): Promise<ConstraintRemovedType> {
    return this.remove.execute(actor, input);
  }

  @Mutation(() => SupportWishRecordedType, { description: '登记发展意愿（本户，或由村文书凭签字材料代办）' })
  @Allow('support.wish')
  recordSupportWish(@CurrentActor() actor: Actor, @Args('input') input: RecordSupportWishArgs): Promise<SupportWishRecordedType> {
    return this.wish.execute(actor, input);
  }
}
