import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { ConfirmRunInput } from './confirm-run';
import { RunStore } from './run.store';

/** 暂停批次 — villages not computed yet stay due; what was computed stays. */
@Injectable()
export class PauseRun {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ConfirmRunInput): Promise<Receipt & { runId: string }> {
    return this.work.once({ actor, operation: 'rating.pause', requestId: input.requestId, body: input }, async (tx) => {
      const runs = new RunStore(tx);
      const run = await runs.lock(input.runId);
      actor.require('rating.run', run.divisionCode);
      if (run.state !== 'computing') throw new Problem('conflict.changed', { state: run.state });
      await runs.setState(run.runId, 'paused');
      await tx.audit.record('run.paused', run.runId);
      return { runId: run.runId };
    });
  }
}
