import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseDesk } from '../reconsiderations/case-desk';
import { ObjectionStore } from './objection.store';

const withdrawing = z.object({ objectionId: z.uuid() });

export type WithdrawalInput = z.input<typeof withdrawing> & { readonly requestId: string };

export type WithdrawalReceipt = Readonly<{ objectionId: string; state: 'withdrawn'; endedOn: string }>;

/** 撤回异议 — by the applicant, or by the clerk at the applicant's wish; others joined in the case go on. 三(三)3 */
@Injectable()
export class WithdrawObjection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CaseDesk,
  ) {}

  execute(actor: Actor, request: WithdrawalInput): Promise<WithdrawalReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'objection.withdraw', requestId, body }, async (tx) => {
      const input = withdrawing.parse(body);
      const objections = new ObjectionStore(tx);
      const { objection, reconsideration } = await objections.lock(input.objectionId);
      if (actor.villager === null) actor.require('objection.withdraw', objection.divisionCode);
      else if (actor.villager.householdId !== objection.applicantId) throw new Problem('not-found', { objectionId: objection.id });
      if (!reconsideration || objection.state !== 'admitted') throw new Problem('objection.ended', { objectionId: objection.id });
      const change = { state: 'withdrawn', endedOn: tx.today } as const;
      await objections.update(objection.id, change);
      await this.desk.leave(tx, objection, reconsideration, 'withdraw');
      await tx.audit.record('objection.withdrawn', objection.id, { reconsiderationId: reconsideration.id });
      return { objectionId: objection.id, state: 'withdrawn', endedOn: tx.today };
    });
  }
}
