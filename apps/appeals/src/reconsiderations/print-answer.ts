import { Problem } from '@credit/contracts';
import type { Actor } from '@credit/platform';
import { answerPdf } from '@credit/print';
import { Injectable } from '@nestjs/common';
import { answerLetter } from './answer-letter';
import { AnswerSheet, type CopyFor } from './answer-sheet';

/** 打印复议答复书 — a copy for one side, on paper for a household that reads no screen. 三(三)3 给予答复 */
@Injectable()
export class PrintAnswer {
  constructor(private readonly sheet: AnswerSheet) {}

  async execute(actor: Actor, objectionId: string, copyFor: CopyFor): Promise<Buffer> {
    const answer = await this.sheet.of(actor, objectionId, copyFor);
    if (!actor.villager) actor.require('reconsideration.print', answer.divisionCode);
    // Reasons that were erased with their household leave nothing to print.
    if (answer.reasons === null) throw new Problem('not-found', { objectionId });
    return (await answerPdf(answerLetter(answer, copyFor))).pdf;
  }
}
