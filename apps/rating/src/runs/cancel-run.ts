import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { ConfirmRunInput } from './confirm-run';
import { RunStore } from './run.store';

/** 取消批次 — a run that nobody has confirmed may be cancelled; what it computed stays on record. */
@Injectable()
export class CancelRun {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ConfirmRunInput): Promise<Receipt & { runId: string }> {
    return this.work.once({ actor, operation: 'rating.cancel', requestId: input.requestId, body: input }, async (tx) => {
      const runs = new RunStore(tx);
      const run = await runs.lock(input.runId);
      actor.require('rating.run', run.divisionCode);
      if (run.state === 'confirmed' || run.state === 'cancelled') throw new Problem('conflict.changed', { state: run.state });
      await runs.cancel(run.runId);
      await tx.audit.record('run.cancelled', run.runId);
      return { runId: run.runId };
    });
  }
}
