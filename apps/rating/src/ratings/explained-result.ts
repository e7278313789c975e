import { Problem } from '@credit/contracts';
import type { Actor, Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { Explanations } from '../runs/explanations';
import { type Result, ResultStore } from '../runs/result.store';
import { RunStore } from '../runs/run.store';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { RatingStore } from './rating.store';
import type { RatingResultType } from './rating.types';
import { seesRating } from './sees-rating';

/** 一次测评及其说明 */
export interface ExplainedResult {
  readonly result: RatingResultType;
  /** 评级日 */
  readonly ratedOn: PlainDate;
  readonly scorecard: { readonly name: string; readonly version: number } | null;
}

/**
 * 取测评说明 — by the id of a rating, or of the newest result, which is all that a subject has who could not be rated; a result that
 * was only tried is nobody's. `not-found` for a stranger, `subject.erased` where what it was made of was deleted by law. 个人信息保护法 24
 */
@Injectable()
export class ExplainedResults {
  constructor(private readonly explanations: Explanations) {}

  async find(tx: Tx, actor: Actor, id: string): Promise<ExplainedResult> {
    const result = await resultOf(tx, id);
    if (!result || (actor.villager && !seesRating(actor, 'rating.view', result))) throw new Problem('not-found', { id });
    actor.require('rating.view', result.villageCode);
    const [explained] = await this.explanations.of(tx, [result]);
    if (!explained || explained.erased) throw new Problem('subject.erased', { subjectId: result.subjectId });
    const { ratingOn } = await new RunStore(tx).byId(result.runId);
    return { result: explained, ratedOn: ratingOn, scorecard: await cardOf(tx, result) };
  }
}

async function resultOf(tx: Tx, id: string): Promise<Result | undefined> {
  const results = new ResultStore(tx);
  const rating = await new RatingStore(tx).byId(id);
  const [result] = await results.byIds([rating?.resultId ?? id]);
  if (rating || !result) return result;
  const [newest] = await results.newestOf([result.subjectId]);
  return newest?.resultId === id ? newest : undefined;
}

async function cardOf(tx: Tx, { scorecardId }: Result): Promise<ExplainedResult['scorecard']> {
  const stored = scorecardId === null ? undefined : (await new ScorecardStore(tx).byIds([scorecardId])).get(scorecardId);
  return stored ? { name: stored.card.zh, version: stored.card.version } : null;
}
