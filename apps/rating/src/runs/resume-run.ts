import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { ConfirmRunInput } from './confirm-run';
import { RunStore } from './run.store';

/** 继续批次 — goes on with the villages still due, by the scorecards and the day the run began with. */
@Injectable()
export class ResumeRun {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ConfirmRunInput): Promise<Receipt & { runId: string; villages: number }> {
    return this.work.once({ actor, operation: 'rating.resume', requestId: input.requestId, body: input }, async (tx) => {
      const runs = new RunStore(tx);
      const run = await runs.lock(input.runId);
      actor.require('rating.run', run.divisionCode);
      if (run.state !== 'paused') throw new Problem('conflict.changed', { state: run.state });
      await runs.setState(run.runId, 'computing');
      const villageCodes = await runs.dueVillages(run.runId);
      await tx.outbox.appendAll('run.village-due', villageCodes.map((villageCode) => ({ runId: run.runId, villageCode })));
      await tx.audit.record('run.resumed', run.runId, { villages: villageCodes.length });
      return { runId: run.runId, villages: villageCodes.length };
    });
  }
}
