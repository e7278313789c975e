import { Problem } from '@credit/contracts';
import { type Actor, type PersonalSeal, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { openResult } from './explanations';
import { compiledCard, rateFromInputs } from './rate-subject';
import { type Result, ResultStore } from './result.store';

export type Replayed = 'same' | 'differs' | 'erased';

/** 重算核对 — computes a result again from what was kept with it and compares to the letter; `erased` after a lawful deletion. */
export async function replayed(tx: Tx, result: Result, seal: PersonalSeal | undefined): Promise<Replayed> {
  const opened = openResult(result, seal);
  if (!opened) return 'erased';
  const stored = result.scorecardId ? await new ScorecardStore(tx).byId(result.scorecardId) : undefined;
  if (!stored || !opened.inputs) return opened.outcome === null ? 'same' : 'differs';
  return rateFromInputs(compiledCard(stored.scorecardId, stored.card), opened.inputs) === opened.outcomeText ? 'same' : 'differs';
}

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
      const outcome = await replayed(tx, result, (await this.vault.existing(tx, [result.subjectId])).get(result.subjectId));
      if (outcome === 'erased') throw new Problem('inputs.erased', { resultId });
      return { resultId, same: outcome === 'same' };
    });
  }
}
