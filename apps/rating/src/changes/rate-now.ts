import { Problem } from '@credit/contracts';
import { type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RateVillage } from '../runs/rate-village';
import type { Result } from '../runs/result.store';
import { RunStore } from '../runs/run.store';
import type { ValidRating } from './regraded-rating.store';

/** 按今日事实测评 — one certified subject on the facts of this moment, by the scorecard it was rated with. 三(八)3 */
@Injectable()
export class RateNow {
  constructor(
    private readonly rateVillage: RateVillage,
    private readonly vault: Vault,
  ) {}

  /**
   * The result, kept nowhere yet; undefined when the archives keep no file of the subject any more. Problem
   * `regrade.not-computable` when facts are missing: nobody loses a grade because somebody has not finished yet.
   */
  async of(tx: Tx, rating: ValidRating, causeId: string): Promise<Result | undefined> {
    const run = await new RunStore(tx).byId(rating.runId);
    const facts = await this.rateVillage.factsOf(tx, run, rating.villageCode);
    const file = facts.files.find(({ subjectId }) => subjectId === rating.subjectId);
    if (!file) return undefined;
    const result = this.rateVillage.resultOf(run, causeId, rating.villageCode, file, facts, await this.vault.sealFor(tx, rating.subjectId));
    if (result.grade === null) throw new Problem('regrade.not-computable', { ratingId: rating.ratingId, reasons: result.reasons.join() });
    return result;
  }
}
