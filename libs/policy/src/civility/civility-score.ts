import { PolicyError } from '../errors';
import { isActive, type ItemList } from './item-list';
import type { Mark } from './marks';

export interface CivilityLine {
  readonly itemCode: string;
  readonly zh: string;
  readonly area: string;
  readonly polarity: 'positive' | 'negative' | 'veto';
  /** What the mark was given; a negative's is negative. */
  readonly markedHundredths: number;
}

/** 评议得分及其说明 */
export interface CivilityScore {
  readonly hundredths: number;
  readonly baseHundredths: number;
  /** After area caps and the cap of the positive list. */
  readonly positivesHundredths: number;
  readonly negativesHundredths: number;
  readonly vetoed: boolean;
  readonly lines: readonly CivilityLine[];
}

export interface CountedMarks {
  /** Counted marks after area caps, positive hundredths. */
  readonly positives: readonly number[];
  /** Deductions as positive hundredths. */
  readonly negatives: readonly number[];
  readonly vetoes: number;
}

export interface CivilityScale {
  readonly baseHundredths: number;
  readonly positivesCapHundredths: number;
  readonly maximumHundredths: number;
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** 80 + positives (at most the cap) − each negative, within 0 and the maximum; a veto makes it zero. 三(三)3 */
export function civilityFromCounted(marks: CountedMarks, scale: CivilityScale): number {
  if (marks.vetoes > 0) return 0;
  const positives = Math.min(total(marks.positives), scale.positivesCapHundredths);
  return Math.max(0, Math.min(scale.maximumHundredths, scale.baseHundredths + positives - total(marks.negatives)));
}

/**
 * 乡风文明评议得分 — from agreed marks by a list: area caps first, then the cap of the positive list. `mark.unknown-item` and
 * `mark.sealed` when a mark may not count at all. 三(三)1, 三(三)3
 */
export function civilityScore(list: ItemList, marks: readonly Mark[]): CivilityScore {
  const perArea = new Map<string, number>();
  const lines: CivilityLine[] = [];
  const negatives: number[] = [];
  let vetoes = 0;
  for (const mark of marks) {
    const item = list.items.find(({ code }) => code === mark.itemCode);
    if (!item) throw new PolicyError('mark.unknown-item', { itemCode: mark.itemCode });
    if (!isActive(item)) throw new PolicyError('mark.sealed', { itemCode: mark.itemCode });
    const points = mark.pointsHundredths ?? item.pointsHundredths ?? 0;
    if (item.polarity === 'positive') perArea.set(item.area, (perArea.get(item.area) ?? 0) + points);
    if (item.polarity === 'negative') negatives.push(points);
    if (item.polarity === 'veto') vetoes += 1;
    const markedHundredths = item.polarity === 'positive' ? points : item.polarity === 'negative' ? -points : 0;
    lines.push({ itemCode: item.code, zh: item.zh, area: item.area, polarity: item.polarity, markedHundredths });
  }
  const positives = list.areas.map((area) => Math.min(perArea.get(area.code) ?? 0, area.positiveCapHundredths));
  return {
    hundredths: civilityFromCounted({ positives, negatives, vetoes }, list),
    baseHundredths: list.baseHundredths,
    positivesHundredths: Math.min(total(positives), list.positivesCapHundredths),
    negativesHundredths: total(negatives),
    vetoed: vetoes > 0,
    lines,
  };
}
