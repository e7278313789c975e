import type { archivesReads, civilityReads, RowOf, SubjectKind } from '@credit/contracts';
import { canonicalText, type CompiledScorecard, compileScorecard, itemsOfCard, medianItems, type Medians, rateSubject, type RatingInput, type RatingOutcome, type Scorecard } from '@credit/policy';
import type { ScorecardKind } from '../scorecards/scorecard.store';

/** 评级引擎版本 — kept with each result; raised when the same inputs could give another outcome. */
export const engineVersion = '1';

export type RatingFile = RowOf<typeof archivesReads.ratingFiles>;
export type FinalScore = RowOf<typeof civilityReads.finalScores>;

export const cardKindOf: Readonly<Record<SubjectKind, ScorecardKind>> = { household: 'H', entity: 'E', collective: 'C' };

export interface Rated {
  readonly inputs: RatingInput;
  readonly outcome: RatingOutcome;
}

/** Cards compiled once per process and version. */
const compiled = new Map<string, CompiledScorecard>();

export function compiledCard(scorecardId: string, card: Scorecard): CompiledScorecard {
  let known = compiled.get(scorecardId);
  if (!known) {
    known = compileScorecard(card);
    compiled.set(scorecardId, known);
  }
  return known;
}

/** What a card reads of a file: nothing else is kept with the result. */
function itemsFor({ card }: CompiledScorecard, file: RatingFile): Record<string, string> {
  const wanted = itemsOfCard(card);
  return Object.fromEntries(Object.entries(file.items).filter(([name]) => wanted.has(name)));
}

/** 一个主体的评级 — inputs as they will be kept, and what came of them. */
export function rateFile(card: CompiledScorecard, file: RatingFile, score: FinalScore | undefined, medians: Medians): Rated {
  const inputs: RatingInput = {
    items: itemsFor(card, file),
    medians: Object.fromEntries(medianItems(card.card).map((item) => [item, medians[item]])),
    consent: file.subjectKind === 'household' ? file.consent : { economics: true, credit: true },
    civility: score?.final ? { hundredths: score.hundredths, vetoed: score.vetoed } : null,
  };
  return { inputs, outcome: rateSubject(card, inputs) };
}

/** 重算 — the same card on the inputs that were kept. */
export function rateFromInputs(card: CompiledScorecard, inputs: RatingInput): string {
  return canonicalText(rateSubject(card, inputs));
}
