import { capped, type Grade, gradeOf, householdTotal, isCreditSubject } from '../grades';
import { type CompiledScorecard, type ConsentGiven, type Evaluation, hundredths, type RatedStatus, type ScoreLine } from './evaluate';
import { deriveFacts, type Items, type Medians } from './facts';
import type { Scorecard } from './scorecard';

/** 评级输入 — all that a result depends on, besides the card. */
export interface RatingInput {
  readonly items: Items;
  readonly medians: Medians;
  readonly consent: ConsentGiven;
  /** Households: the final civility score; null while there is none. */
  readonly civility: { readonly hundredths: number; readonly vetoed: boolean } | null;
}

export interface RatingOutcome {
  readonly status: RatedStatus;
  /** Codes of what is missing: indicator ids, `civility`, `consent`. */
  readonly reasons: readonly string[];
  readonly quantitativeHundredths: number | null;
  readonly civilityHundredths: number | null;
  readonly totalHundredths: number | null;
  readonly grade: Grade | null;
  readonly creditSubject: boolean;
  readonly caps: readonly { readonly id: string; readonly cap: Grade }[];
  readonly lines: readonly ScoreLine[];
}

function capsOf(card: Scorecard, input: RatingInput): { id: string; cap: Grade }[] {
  const caps = card.gates.filter(({ item, is }) => input.items[item] === is).map(({ id, cap }) => ({ id, cap }));
  if (input.civility?.vetoed && card.vetoGradeCap && card.vetoGradeCap !== 'none') caps.push({ id: 'veto', cap: card.vetoGradeCap });
  return caps;
}

function gradeBands(card: Scorecard): { grade: Grade; fromHundredths: number }[] {
  return card.grades.map(({ grade, from }) => ({ grade, fromHundredths: hundredths(from) }));
}

function unrated(evaluation: Evaluation, status: RatedStatus, reasons: readonly string[], civility: RatingInput['civility']): RatingOutcome {
  return {
    status,
    reasons,
    quantitativeHundredths: evaluation.pointsHundredths,
    civilityHundredths: civility?.hundredths ?? null,
    totalHundredths: null,
    grade: null,
    creditSubject: false,
    caps: [],
    lines: evaluation.lines,
  };
}

/** 综合信用评价 of one subject: points, total, caps, grade and every line of the explanation. 三(六) */
export function rateSubject(compiled: CompiledScorecard, input: RatingInput): RatingOutcome {
  const { card } = compiled;
  const evaluation = compiled.evaluate(deriveFacts(card, input.items, input.medians), input.consent);
  if (evaluation.status === 'not-rated-on-economics') return unrated(evaluation, evaluation.status, ['consent', ...evaluation.missing], input.civility);
  const lacking = [...evaluation.missing, ...(card.kind === 'H' && !input.civility ? ['civility'] : [])];
  if (lacking.length > 0 || evaluation.pointsHundredths === null) return unrated(evaluation, 'insufficient', lacking, input.civility);

  const caps = capsOf(card, input);
  const quantitative = evaluation.pointsHundredths;
  const base = { status: 'rated' as const, reasons: [], quantitativeHundredths: quantitative, caps, lines: evaluation.lines };
  if (card.weights && input.civility) {
    const total = householdTotal({ civility: input.civility.hundredths, quantitative, weights: card.weights, bands: gradeBands(card), caps: caps.map(({ cap }) => cap) });
    return { ...base, civilityHundredths: input.civility.hundredths, ...total };
  }
  const grade = capped(gradeOf(gradeBands(card), quantitative), caps.map(({ cap }) => cap));
  return { ...base, civilityHundredths: null, totalHundredths: quantitative, grade, creditSubject: isCreditSubject(grade) };
}

/** 规范文本 — the same data give the same bytes, so that a replay can be compared to the letter. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
