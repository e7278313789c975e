import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RunStore } from '../runs/run.store';
import { CertifyDue } from './certify-due';
import { VillageListStore } from './village-list.store';

export interface CertifyRunInput {
  readonly requestId: string;
  readonly runId: string;
}

/** 完成评定（人工） — the same as what happens at midnight, asked for by an officer: nothing depends on a timer having rung. */
@Injectable()
export class CertifyRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly certifyDue: CertifyDue,
  ) {}

  execute(actor: Actor, input: CertifyRunInput): Promise<Receipt & { runId: string; certified: number }> {
    return this.work.once({ actor, operation: 'rating.certify', requestId: input.requestId, body: input }, async (tx) => {
      const run = await new RunStore(tx).byId(input.runId);
      actor.require('rating.certify', run.divisionCode);
      let certified = 0;
      for (const list of await new VillageListStore(tx).ofRun(run.runId)) certified += await this.certifyDue.village(tx, run.runId, list.villageCode);
      return { runId: run.runId, certified };
    });
  }
}
