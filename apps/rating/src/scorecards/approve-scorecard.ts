import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ScorecardStore } from './scorecard.store';

export interface ApproveScorecardInput {
  readonly requestId: string;
  readonly divisionCode: string;
  readonly scorecardId: string;
}

/** 批准评分卡 — by another person than the one who drafted it; approved once, never changed. 三(六) */
@Injectable()
export class ApproveScorecard {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ApproveScorecardInput): Promise<Receipt & { scorecardId: string; approvedOn: string }> {
    return this.work.once({ actor, operation: 'scorecard.approve', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('scorecard.approve', input.divisionCode);
      const scorecards = new ScorecardStore(tx);
      const scorecard = await scorecards.lock(input.scorecardId);
      if (scorecard.draftedBy === actor.principal) throw new Problem('scorecard.same-person');
      if (scorecard.approvedOn) throw new Problem('conflict.changed', { approvedOn: scorecard.approvedOn });
      await scorecards.approve(input.scorecardId, actor.principal);
      await tx.audit.record('scorecard.approved', input.scorecardId, { kind: scorecard.kind, version: scorecard.version });
      return { scorecardId: input.scorecardId, approvedOn: tx.today };
    });
  }
}
