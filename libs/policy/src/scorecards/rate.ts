import { capped, type Grade, gradeOf, householdTotal, isCreditSubject } from '../grades';
import { type CompiledScorecard, type ConsentGiven, type Evaluation, hundredths, type RatedStatus, type ScoreLine, testOf } from './evaluate';
import { deriveFacts, type Facts, type Items, type Medians } from './facts';
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
  /** What is missing or not met: ids of indicators and requirements, `civility`, `consent`, `below-lowest-grade`. */
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

/** Null when the points stay below the lowest grade: a village is then not recognised. */
function gradeByPoints(card: Scorecard, points: number, caps: readonly Grade[]): Grade | null {
  const bands = gradeBands(card);
  return bands.some(({ fromHundredths }) => points >= fromHundredths) ? capped(gradeOf(bands, points), caps) : null;
}

/** 未满足的前置条件 — ids of the requirements that the facts known do not meet. 三(六) */
export function unmetRequirements(card: Scorecard, facts: Facts): string[] {
  return (card.requires ?? []).filter((requirement) => {
    const fact = facts[requirement.id];
    return fact !== undefined && !testOf(requirement, 'number')(fact);
  }).map(({ id }) => id);
}

/** 等级 of an entity, a collective or a village, with why there is none: requirements not met, or points too low. */
export function gradeWithoutCivility(card: Scorecard, points: number, facts: Facts, caps: readonly Grade[] = []): { grade: Grade | null; reasons: string[] } {
  const unmet = unmetRequirements(card, facts);
  if (unmet.length > 0) return { grade: null, reasons: unmet };
  const grade = gradeByPoints(card, points, caps);
  return { grade, reasons: grade === null ? ['below-lowest-grade'] : [] };
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
  const facts = deriveFacts(card, input.items, input.medians);
  const evaluation = compiled.evaluate(facts, input.consent);
  if (evaluation.status === 'not-rated-on-economics') return unrated(evaluation, evaluation.status, ['consent', ...evaluation.missing], input.civility);
  const unknown = (card.requires ?? []).filter(({ id }) => facts[id] === undefined).map(({ id }) => id);
  const lacking = [...evaluation.missing, ...unknown, ...(card.kind === 'H' && !input.civility ? ['civility'] : [])];
  if (lacking.length > 0 || evaluation.pointsHundredths === null) return unrated(evaluation, 'insufficient', lacking, input.civility);

  const caps = capsOf(card, input);
  const quantitative = evaluation.pointsHundredths;
  const base = { status: 'rated' as const, reasons: [], quantitativeHundredths: quantitative, caps, lines: evaluation.lines };
  if (card.weights && input.civility) {
    const total = householdTotal({ civility: input.civility.hundredths, quantitative, weights: card.weights, bands: gradeBands(card), caps: caps.map(({ cap }) => cap) });
    return { ...base, civilityHundredths: input.civility.hundredths, ...total };
  }
  const { grade, reasons } = gradeWithoutCivility(card, quantitative, facts, caps.map(({ cap }) => cap));
  return { ...base, reasons, civilityHundredths: null, totalHundredths: quantitative, grade, creditSubject: grade !== null && isCreditSubject(grade) };
}

/** 规范文本 — the same data give the same bytes, so that a replay can be compared to the letter. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
