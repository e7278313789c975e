import { Problem } from '@credit/contracts';
import { type Actor, checkScorecardData, type Receipt, RULES, type Rules, type Tx, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SimulationStore } from '../simulations/simulation.store';
import { errorsOf } from './import-scorecard';
import { cardDigest, ScorecardStore, type StoredScorecard } from './scorecard.store';

export interface ApproveScorecardInput {
  readonly requestId: string;
  readonly divisionCode: string;
  readonly scorecardId: string;
}

/**
 * 批准评分卡 — by another person than the one who drafted it; approved once, never changed. Where another card of the kind is
 * in force, only after a trial of this very wording, and never for days already lived by the other. 三(六)
 */
@Injectable()
export class ApproveScorecard {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, input: ApproveScorecardInput): Promise<Receipt & { scorecardId: string; approvedOn: string }> {
    return this.work.once({ actor, operation: 'scorecard.approve', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('scorecard.approve', input.divisionCode);
      const scorecards = new ScorecardStore(tx);
      const scorecard = await scorecards.lock(input.scorecardId);
      if (scorecard.draftedBy === actor.principal) throw new Problem('scorecard.same-person');
      if (scorecard.approvedOn) throw new Problem('conflict.changed', { approvedOn: scorecard.approvedOn });
      const faults = errorsOf(checkScorecardData(scorecard.card, this.rules).issues);
      if (faults.length > 0) throw new Problem('scorecard.invalid', {}, faults);
      await requireTried(tx, scorecard);
      await scorecards.approve(input.scorecardId, actor.principal);
      await tx.audit.record('scorecard.approved', input.scorecardId, { kind: scorecard.kind, version: scorecard.version });
      return { scorecardId: input.scorecardId, approvedOn: tx.today };
    });
  }
}

/** The first card of a kind changes nobody's grade: it needs no trial and may reach back. */
async function requireTried(tx: Tx, { scorecardId, kind, card, effectiveFrom }: StoredScorecard): Promise<void> {
  if (!(await new ScorecardStore(tx).inForce(tx.today)).has(kind)) return;
  if (effectiveFrom < tx.today) throw new Problem('scorecard.retroactive', { effectiveFrom });
  if (!(await new SimulationStore(tx).tried(scorecardId, cardDigest(card)))) throw new Problem('scorecard.not-tried', { scorecardId });
}
