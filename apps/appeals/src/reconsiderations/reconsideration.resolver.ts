import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { AnsweringInput } from './answer-input';
import { AnswerObjection } from './answer-objection';
import { ConvenePanel, type ConveningInput } from './convene-panel';
import { AnswerObjectionInput, AnswerReceiptType, ConvenePanelInput, ConveningReceiptType, HearingReceiptType, RecordHearingInput } from './reconsideration.types';
import { RecordHearing, type StatementInput } from './record-hearing';

@Resolver()
export class ReconsiderationResolver {
  constructor(
    private readonly convene: ConvenePanel,
    private readonly hear: RecordHearing,
    private readonly answer: AnswerObjection,
  ) {}

  @Mutation(() => ConveningReceiptType, { description: '召集村级复议；须回避的自动列为回避' })
  @Allow('objection.decide')
  convenePanel(@CurrentActor() actor: Actor, @Args('input') input: ConvenePanelInput): Promise<ConveningReceiptType> {
    return this.convene.execute(actor, input as ConveningInput) as Promise<ConveningReceiptType>;
  }

  @Mutation(() => HearingReceiptType, { description: '记录听取的陈述' })
  @Allow('objection.decide')
  recordHearing(@CurrentActor() actor: Actor, @Args('input') input: RecordHearingInput): Promise<HearingReceiptType> {
    return this.hear.execute(actor, input as StatementInput);
  }

  @Mutation(() => AnswerReceiptType, { description: '答复异议：维持或更正，并写明理由' })
  @Allow('objection.decide')
  answerObjection(@CurrentActor() actor: Actor, @Args('input') input: AnswerObjectionInput): Promise<AnswerReceiptType> {
    return this.answer.execute(actor, input as AnsweringInput);
  }
}
