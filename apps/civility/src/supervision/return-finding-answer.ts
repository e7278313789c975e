import { Problem } from '@credit/contracts';
import { type Actor, RULES, type Rules, UnitOfWork, Vault } from '@credit/platform';
import { windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AnswerStore } from './answer.store';
import { FindingStore } from './finding.store';

const returning = z.object({ findingId: z.uuid(), reason: z.string().trim().min(4, '请写明退回的理由').max(1000, '理由请控制在 1000 字以内') });

export type ReturnFindingAnswerInput = z.input<typeof returning> & { readonly requestId: string };
export type ReturnedAnswerReceipt = Readonly<{ findingId: string; answerDueOn: string }>;

/** 退回答复 — an answer that answers nothing is sent back with the reason and a new day; it stays on record. 三(三)2 [D] */
@Injectable()
export class ReturnFindingAnswer {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ReturnFindingAnswerInput): Promise<ReturnedAnswerReceipt> {
    return this.work.once({ actor, operation: 'finding.return-answer', requestId, body }, async (tx) => {
      const input = returning.parse(body);
      const findings = new FindingStore(tx);
      const finding = await findings.lock(input.findingId);
      actor.require('finding.settle', finding.villageCode);
      if (finding.settledOn !== null) throw new Problem('finding.settled', { findingId: finding.id });
      const answers = new AnswerStore(tx);
      const answerId = await answers.standing(finding.id);
      if (answerId === undefined) throw new Problem('finding.unanswered', { findingId: finding.id, answerDueOn: finding.answerDueOn });
      await answers.sendBack(answerId, (await this.vault.sealFor(tx, finding.id)).seal(input.reason, ['finding_answer', answerId, 'return_reason']));
      const answerDueOn = windowOf(this.rules.terms, 'finding-answer', tx.today, { calendar: this.rules.calendar }).lastDay;
      await findings.askAgain(finding.id, answerDueOn);
      await tx.audit.record('finding.answer-returned', finding.id, { roundId: finding.roundId, answerDueOn });
      return { findingId: finding.id, answerDueOn };
    });
  }
}
