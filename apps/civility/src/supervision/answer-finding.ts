import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TieStore } from '../bodies/tie.store';
import { AnswerStore } from './answer.store';
import { FindingStore } from './finding.store';
import { raisedSignal } from './raised-signal';

const answering = z.object({ findingId: z.uuid(), answer: z.string().trim().min(4, '请写明核查情况和整改措施').max(2000, '答复请控制在 2000 字以内') });

export type AnswerFindingInput = z.input<typeof answering> & { readonly requestId: string };
export type AnswerReceipt = Readonly<{ findingId: string; answeredOn: string; answerDueOn: string | null }>;

/**
 * 答复监督发现 — the village says what it found and did; late is better than never, and the day it was due stays beside it. Whoever
 * must withdraw from a household that the finding names leaves the answer to others. 三(三)2
 */
@Injectable()
export class AnswerFinding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: AnswerFindingInput): Promise<AnswerReceipt> {
    return this.work.once({ actor, operation: 'finding.answer', requestId, body }, async (tx) => {
      const input = answering.parse(body);
      const finding = await new FindingStore(tx).lock(input.findingId);
      actor.require('finding.answer', finding.villageCode);
      if (finding.settledOn !== null) throw new Problem('finding.settled', { findingId: finding.id });
      if (finding.answered) throw new Problem('finding.answered', { findingId: finding.id });
      const seal = await this.vault.sealFor(tx, finding.id);
      const named = raisedSignal(finding, seal)?.householdIds ?? [];
      const recused = (await new TieStore(tx).hiddenFrom(actor.accountId)).filter((householdId) => named.includes(householdId));
      if (recused.length > 0) throw new Problem('recusal.required', { householdIds: recused });
      const id = newId();
      await new AnswerStore(tx).insert({ id, findingId: finding.id, answer: seal.seal(input.answer, ['finding_answer', id, 'answer']) });
      await tx.audit.record('finding.answered', finding.id, { roundId: finding.roundId, answerDueOn: finding.answerDueOn });
      return { findingId: finding.id, answeredOn: tx.today, answerDueOn: finding.answerDueOn };
    });
  }
}
