import { type Actor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { CoverageStore } from './coverage.store';

export interface RecountCoverageInput {
  readonly requestId: string;
  readonly under: string;
}

/** 重新计数 — the running counts are brought back to what the files say; how many villages and kinds were off is on record. 二 */
@Injectable()
export class RecountCoverage {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, under }: RecountCoverageInput): Promise<Readonly<{ corrected: number }>> {
    return this.work.once({ actor, operation: 'coverage.recount', requestId, body: { under } }, async (tx) => {
      actor.require('coverage.recount', under);
      const corrected = await new CoverageStore(tx).recount(divisionPrefix(under));
      await tx.audit.record('coverage.recounted', under, { corrected });
      return { corrected };
    });
  }
}
