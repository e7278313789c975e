import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { openResult } from './explanations';
import { compiledCard, rateFromInputs } from './rate-subject';
import { ResultStore } from './result.store';

/** 重算核对 — computes a result again from what was kept with it and compares to the letter; `inputs.erased` after a lawful deletion. */
@Injectable()
export class ReplayResult {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, resultId: string): Promise<{ resultId: string; same: boolean }> {
    return this.work.read(actor, async (tx) => {
      const [result] = await new ResultStore(tx).byIds([resultId]);
      if (!result) throw new Problem('not-found', { resultId });
      actor.require('rating.replay', result.villageCode);
      const opened = openResult(result, (await this.vault.existing(tx, [result.subjectId])).get(result.subjectId));
      if (!opened) throw new Problem('inputs.erased', { resultId });
      const stored = result.scorecardId ? await new ScorecardStore(tx).byId(result.scorecardId) : undefined;
      if (!stored || !opened.inputs) return { resultId, same: opened.outcome === null };
      return { resultId, same: rateFromInputs(compiledCard(stored.scorecardId, stored.card), opened.inputs) === opened.outcomeText };
    });
  }
}
