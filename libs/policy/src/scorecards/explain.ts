import { capped, type Grade, grades, isCreditSubject, totalHundredths } from '../grades';
import { hundredths, type ScoreLine } from './evaluate';
import type { RatingOutcome } from './rate';
import type { Scorecard } from './scorecard';

/** 评级说明 in plain Chinese, sentence by sentence. */
export interface Explanation {
  readonly summary: string;
  /** 计入的 */
  readonly counted: readonly string[];
  /** 没有计入的, with why. */
  readonly notCounted: readonly string[];
  /** The reasons that weigh most, at most four. */
  readonly strongest: readonly string[];
  /** 怎样提高 */
  readonly raises: readonly string[];
}

const strongestTold = 4;
const fullHundredths = 10_000;

const points = (value: number): string => `${(value / 100).toFixed(2)} 分`;
const short = (value: number): string => `${value / 100} 分`;

const unratedBecause: Readonly<Record<RatingOutcome['status'], string>> = {
  rated: '',
  insufficient: '资料不足，暂不评级',
  'not-rated-on-economics': '未授权使用经济或信贷信息，暂不评定等级',
};

function weightsOf(card: Scorecard): { civility: number; quantitative: number } {
  return card.weights ?? { civility: 0, quantitative: 100 };
}

function summaryOf(card: Scorecard, outcome: RatingOutcome): string {
  const { totalHundredths: total, civilityHundredths, quantitativeHundredths, grade, caps } = outcome;
  if (total === null) return `${unratedBecause[outcome.status]}。`;
  const weights = weightsOf(card);
  const parts =
    card.weights && civilityHundredths !== null && quantitativeHundredths !== null
      ? `：乡风文明评议 ${points(civilityHundredths)}，占 ${weights.civility}%；定量部分 ${points(quantitativeHundredths)}，占 ${weights.quantitative}%`
      : '';
  const capNames = caps.map(({ id, cap }) => `因“${card.gates.find((gate) => gate.id === id)?.zh ?? '一票否决'}”，等级至多为 ${cap}`);
  const result = grade === null ? '未达到最低等级' : `等级 ${grade}${isCreditSubject(grade) ? '，为信用主体' : ''}`;
  return `总分 ${points(total)}，${result}${parts}。${capNames.map((text) => `${text}。`).join('')}`;
}

/** The total and the grade before any cap; null below the lowest grade. */
function totalWith({ grades: bands, weights }: Scorecard, civility: number | null, quantitative: number): { total: number; grade: Grade | null } {
  const total = weights && civility !== null ? totalHundredths({ civility, quantitative }, weights) : quantitative;
  return { total, grade: bands.find(({ from }) => total >= hundredths(from))?.grade ?? null };
}

interface Loss {
  readonly text: string;
  /** What it costs of the total, in hundredths of a hundredth. */
  readonly weighted: number;
}

/** 失分最多的几项 — of the total, so that civility and the indicators are compared fairly. */
function strongestOf(card: Scorecard, outcome: RatingOutcome): string[] {
  const weights = weightsOf(card);
  const lost = (text: string, by: number, weight: number): Loss => ({ text: `${text}，折合总分少 ${points(Math.round((by * weight) / 100))}`, weighted: by * weight });
  const losses = outcome.lines.flatMap((line): Loss[] => {
    const by = line.maxHundredths - (line.pointsHundredths ?? line.maxHundredths);
    return by > 0 ? [lost(`“${line.zh}”为“${line.band}”，得 ${short(line.pointsHundredths ?? 0)}（满分 ${short(line.maxHundredths)}）`, by, weights.quantitative)] : [];
  });
  const { civilityHundredths } = outcome;
  if (card.weights && civilityHundredths !== null && civilityHundredths < fullHundredths) losses.push(lost(`乡风文明评议得 ${points(civilityHundredths)}`, fullHundredths - civilityHundredths, weights.civility));
  return losses.toSorted((a, b) => b.weighted - a.weighted).slice(0, strongestTold).map(({ text }) => `${text}。`);
}

/** 怎样提高 — each nearest step by itself: what the total and the grade would be. Caps that hold are told as such. */
function raisesOf(card: Scorecard, outcome: RatingOutcome): string[] {
  const { grade, totalHundredths: total, quantitativeHundredths, civilityHundredths, caps, lines } = outcome;
  if (grade === null || total === null || quantitativeHundredths === null) return lines.filter(({ pointsHundredths }) => pointsHundredths === null).map(({ zh }) => `补充或授权使用“${zh}”的资料。`);
  const uncapped = totalWith(card, civilityHundredths, quantitativeHundredths).grade;
  const held = uncapped !== null && capped(uncapped, caps.map(({ cap }) => cap)) !== uncapped ? [`封顶的情形解除后，按现有得分等级为 ${uncapped}。`] : [];
  const steps = lines.flatMap(({ zh, nearest, pointsHundredths }) => {
    if (!nearest || pointsHundredths === null) return [];
    const after = totalWith(card, civilityHundredths, quantitativeHundredths - pointsHundredths + nearest.pointsHundredths);
    const reached = after.grade === null ? grade : capped(after.grade, caps.map(({ cap }) => cap));
    return [{ zh, nearest, after: { ...after, grade: reached }, rises: grades.indexOf(reached) < grades.indexOf(grade) }];
  });
  const ordered = steps.toSorted((a, b) => Number(b.rises) - Number(a.rises) || b.after.total - a.after.total);
  const next = card.grades.filter(({ from }) => hundredths(from) > total).at(-1);
  const gap = next ? [`距离 ${next.grade} 级还差 ${points(hundredths(next.from) - total)}。`] : [];
  return [...held, ...gap, ...ordered.map(({ zh, nearest, after, rises }) => `“${zh}”达到“${nearest.band}”，总分可为 ${points(after.total)}${rises ? `，等级可升为 ${after.grade}` : ''}。`)];
}

function countedText({ zh, band, pointsHundredths, maxHundredths, source }: ScoreLine): string {
  return `“${zh}”：${band}，得 ${short(pointsHundredths ?? 0)}（满分 ${short(maxHundredths)}；依据 ${source}）。`;
}

/** 评级说明 — what counted, what did not, the strongest reasons, and what would raise the grade. 三(六)；个人信息保护法 24 */
export function explain(card: Scorecard, outcome: RatingOutcome): Explanation {
  const counted = outcome.lines.filter(({ pointsHundredths }) => pointsHundredths !== null);
  const missing = outcome.lines.filter(({ pointsHundredths }) => pointsHundredths === null);
  return {
    summary: summaryOf(card, outcome),
    counted: counted.map(countedText),
    notCounted: [
      ...missing.map(({ zh }) => `“${zh}”：没有资料或没有授权，未计入。`),
      ...(card.weights && outcome.civilityHundredths === null ? ['乡风文明评议：尚无生效的得分，未计入。'] : []),
    ],
    strongest: outcome.totalHundredths === null ? [] : strongestOf(card, outcome),
    raises: raisesOf(card, outcome),
  };
}
