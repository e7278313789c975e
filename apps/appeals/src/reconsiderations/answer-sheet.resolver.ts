import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { AnswerSheet, readCopyFor } from './answer-sheet';
import { Reconsideration, ReconsiderationAnswer } from './answer-sheet.types';

@Resolver()
export class AnswerSheetResolver {
  constructor(private readonly sheet: AnswerSheet) {}

  @Query(() => Reconsideration, { description: '复议事项及其去向' })
  @Allow('objection.read')
  reconsideration(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Reconsideration> {
    return this.sheet.links(actor, id);
  }

  @Query(() => ReconsiderationAnswer, { description: '复议答复书的数据，用于打印' })
  @Allow('objection.read')
  reconsiderationAnswer(
    @CurrentActor() actor: Actor,
    @Args('objectionId', { type: () => ID }) objectionId: string,
    @Args('copyFor', { type: () => String, nullable: true, description: 'applicant 给提出这件异议的申请人，subject 给被异议户；不填为全部' }) copyFor?: string,
  ): Promise<ReconsiderationAnswer> {
    return this.sheet.of(actor, objectionId, readCopyFor(copyFor));
  }
}
