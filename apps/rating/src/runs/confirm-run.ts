import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { listKey, VillageListStore } from '../lists/village-list.store';
import { RatingStore } from '../ratings/rating.store';
import { RunStore } from './run.store';

export interface ConfirmRunInput {
  readonly requestId: string;
  readonly runId: string;
}

/**
 * 提出拟评定名单 — a named county officer confirms the computed run: every rated subject gets a proposal and is told its
 * result with reasons; the list of A and above of each village goes to publication. 三(六)2–3
 */
@Injectable()
export class ConfirmRun {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ConfirmRunInput): Promise<Receipt & { runId: string; villages: number; rated: number }> {
    return this.work.once({ actor, operation: 'rating.confirm', requestId: input.requestId, body: input }, async (tx) => {
      const runs = new RunStore(tx);
      const run = await runs.lock(input.runId);
      actor.require('rating.confirm', run.divisionCode);
      if (run.state !== 'computed') throw new Problem('run.not-computed', { state: run.state });
      await runs.confirm(run.runId, actor.principal);
      const ratings = new RatingStore(tx);
      await ratings.proposeFromRun(run.runId);
      const villageCodes = await ratings.listedVillages(run.runId);
      await new VillageListStore(tx).insertAll(run.runId, villageCodes);
      const proposed = await ratings.ofRun(run.runId);
      await tx.outbox.appendAll(
        'publication.requested',
        villageCodes.map((villageCode) => ({ kind: 'publication.rating' as const, owner: 'rating' as const, key: listKey(run.runId, villageCode), divisionCode: villageCode })),
      );
      await tx.outbox.appendAll(
        'notification.requested',
        proposed.map((rating) => ({
          owner: 'rating' as const,
          template: 'rating-result',
          key: rating.ratingId,
          divisionCode: rating.villageCode,
          subjectId: rating.subjectId,
          role: null,
          publicationId: null,
        })),
      );
      await tx.audit.record('run.confirmed', run.runId, { villages: villageCodes.length, rated: proposed.length });
      return { runId: run.runId, villages: villageCodes.length, rated: proposed.length };
    });
  }
}
