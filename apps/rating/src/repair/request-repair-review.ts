import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { statementText } from '../changes/regrade-form';
import type { RepairStep } from './check-repair';
import { RepairDesk } from './repair-desk';
import { RepairStore } from './repair.store';

const requesting = z.object({ repairId: z.uuid(), statement: statementText });

export type RequestRepairReviewInput = z.input<typeof requesting> & { readonly requestId: string };

/** 申请复核不予修复的决定 — once, by the household or the clerk for it, until 24:00 of the last day told. 三(八)3 [D] */
@Injectable()
export class RequestRepairReview {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: RepairDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RequestRepairReviewInput): Promise<RepairStep> {
    return this.work.once({ actor, operation: 'repair.request-review', requestId, body: { ...body, statement: this.vault.hash(body.statement, 'request') } }, async (tx) => {
      const input = requesting.parse(body);
      const repairs = new RepairStore(tx);
      const repair = await repairs.lock(input.repairId);
      if (actor.villager && actor.villager.householdId !== repair.subjectId) throw new Problem('not-found', { repairId: input.repairId });
      if (!actor.villager) actor.require('repair.apply', repair.villageCode);
      if (repair.state !== 'refused' || repair.reviewAskedOn !== null) throw new Problem('repair.other-step', { state: repair.state });
      if (repair.reviewLastDay === null || tx.today > repair.reviewLastDay) throw new Problem('repair.review-over', { reviewLastDay: repair.reviewLastDay });
      await repairs.askReview(repair.repairId, await this.desk.seal(tx, repair, input.statement, 'review_statement'));
      await tx.audit.record('repair.review-requested', repair.repairId, {});
      return { repairId: repair.repairId, state: 'review', on: tx.today };
    });
  }
}
