import { type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { explain, type RatingInput, type RatingOutcome } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import type { RatingResultType } from '../ratings/rating.types';
import { ScorecardStore } from '../scorecards/scorecard.store';
import type { Result } from './result.store';

/** Opens what was kept with a result; null when the subject's key was erased by law. */
export function openResult(result: Result, seal: PersonalSeal | undefined): { inputs: RatingInput | null; outcome: RatingOutcome | null; outcomeText: string } | null {
  if (!seal) return null;
  const outcomeText = seal.open(result.outcome, ['result', result.resultId, 'outcome']);
  return {
    inputs: JSON.parse(seal.open(result.inputs, ['result', result.resultId, 'inputs'])) as RatingInput | null,
    outcome: JSON.parse(outcomeText) as RatingOutcome | null,
    outcomeText,
  };
}

/** 评级说明 — every number of a result with its line, band, reference and what would raise it. */
@Injectable()
export class Explanations {
  constructor(private readonly vault: Vault) {}

  async of(tx: Tx, results: readonly Result[]): Promise<RatingResultType[]> {
    if (results.length === 0) return [];
    const seals = await this.vault.existing(tx, results.map((result) => result.subjectId));
    const cards = await new ScorecardStore(tx).byIds(results.flatMap(({ scorecardId }) => scorecardId ?? []));
    return results.map((result) => {
      const card = result.scorecardId === null ? undefined : cards.get(result.scorecardId)?.card;
      const opened = openResult(result, seals.get(result.subjectId));
      const outcome = opened?.outcome;
      return {
        id: result.resultId,
        runId: result.runId,
        subjectId: result.subjectId,
        subjectKind: result.subjectKind,
        villageCode: result.villageCode,
        status: result.status,
        reasons: result.reasons,
        total: result.totalHundredths,
        grade: result.grade,
        creditSubject: result.creditSubject,
        civility: outcome?.civilityHundredths ?? null,
        quantitative: outcome?.quantitativeHundredths ?? null,
        erased: opened === null,
        explanation: outcome && card ? explain(card, outcome) : null,
        lines: (outcome?.lines ?? []).map((line) => ({
          indicator: line.indicator,
          name: line.zh,
          value: line.value,
          band: line.band,
          points: line.pointsHundredths,
          maximum: line.maxHundredths,
          source: line.source,
          nearest: line.nearest ? `${line.nearest.band}：${line.nearest.pointsHundredths / 100} 分` : null,
        })),
      };
    });
  }
}
