import { type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RatingStore } from '../ratings/rating.store';
import { RateVillage } from './rate-village';
import { ResultStore } from './result.store';
import { RunStore } from './run.store';

/** 复核重算 — after an objection to a list was upheld, or by a person who reviewed it: one subject again, on the facts as they are now, linked to its cause. */
@Injectable()
export class RateAgain {
  constructor(
    private readonly rateVillage: RateVillage,
    private readonly vault: Vault,
  ) {}

  async inside(tx: Tx, runId: string, subjectId: string, causeId: string): Promise<string | null> {
    const ratings = new RatingStore(tx);
    const rating = await ratings.lockOf(runId, subjectId);
    if (!rating || (rating.state !== 'proposed' && rating.state !== 'listed')) return null;
    const run = await new RunStore(tx).byId(runId);
    const facts = await this.rateVillage.factsOf(tx, run, rating.villageCode);
    const file = facts.files.find((one) => one.subjectId === subjectId);
    if (!file) return null;
    const result = this.rateVillage.resultOf(run, causeId, rating.villageCode, file, facts, await this.vault.sealFor(tx, subjectId));
    await new ResultStore(tx).insertAll([result]);
    if (result.grade !== null) await ratings.replaceResult(rating.ratingId, result.resultId, result.grade, result.creditSubject);
    await tx.audit.record('rating.computed-again', rating.ratingId, { causeId, resultId: result.resultId });
    return result.resultId;
  }
}
