import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { NeedStore } from './need.store';
import type { NeedReceipt } from './raise-need';

export interface AssignNeedInput {
  readonly requestId: string;
  readonly needId: string;
  /** 承办人 */
  readonly accountId: string;
}

/** 交办诉求 — from now on one person answers it. 三(四) */
@Injectable()
export class AssignNeed {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: AssignNeedInput): Promise<NeedReceipt> {
    return this.work.once({ actor, operation: 'need.assign', requestId, body }, async (tx) => {
      const needs = new NeedStore(tx);
      const need = await needs.lock(body.needId);
      actor.require('need.assign', need.villageCode);
      if (need.answeredOn !== null) throw new Problem('need.answered', { needId: need.needId });
      await needs.assign(need.needId, body.accountId);
      await tx.audit.record('need.assigned', need.needId, { to: body.accountId });
      return { needId: need.needId, dueOn: need.dueOn };
    });
  }
}
