import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NeedStore } from './need.store';
import type { NeedReceipt } from './raise-need';

const answering = z.object({ needId: z.uuid(), answer: z.string().trim().min(4, '请写明办理情况').max(2000), settled: z.boolean() });

export type AnswerNeedInput = z.input<typeof answering> & { readonly requestId: string };

/** 答复诉求 — what was done, and whether it settled the matter; one not settled can be raised anew. 三(四) */
@Injectable()
export class AnswerNeed {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: AnswerNeedInput): Promise<NeedReceipt> {
    return this.work.once({ actor, operation: 'need.answer', requestId, body: { ...body, answer: this.vault.hash(body.answer, 'request') } }, async (tx) => {
      const input = answering.parse(body);
      const needs = new NeedStore(tx);
      const need = await needs.lock(input.needId);
      actor.require('need.answer', need.villageCode);
      if (need.answeredOn !== null) throw new Problem('need.answered', { needId: need.needId });
      if (need.assignedTo !== null && need.assignedTo !== actor.accountId) throw new Problem('need.not-assigned', { needId: need.needId });
      const answer = (await this.vault.sealFor(tx, need.householdId)).seal(input.answer, ['need', need.needId, 'answer']);
      await needs.answer(need.needId, answer, input.settled);
      await tx.audit.record('need.answered', need.needId, { settled: input.settled, overdue: tx.today > need.dueOn });
      return { needId: need.needId, dueOn: need.dueOn };
    });
  }
}
