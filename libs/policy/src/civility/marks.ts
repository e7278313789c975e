import { addMonths, type PlainDate } from '../days';
import { isActive, type ItemList, type ListItem } from './item-list';

/** 一条评议标记 — one item agreed for one household, with what stands behind it. */
export interface Mark {
  readonly itemCode: string;
  /** Hundredths given for a positive item, at most the item's; the item's own points when absent. */
  readonly pointsHundredths?: number;
  readonly word?: string;
  readonly factText?: string;
  readonly factOn?: PlainDate;
  readonly documentNo?: string;
  /** The day the document took effect. */
  readonly documentOn?: PlainDate;
}

export interface MarkFault {
  readonly code: 'mark.unknown-item' | 'mark.sealed' | 'mark.word-missing' | 'mark.fact-missing' | 'mark.document-missing' | 'mark.out-of-look-back' | 'mark.in-future' | 'mark.points' | 'mark.repeated';
  readonly message: string;
}

/** 三年回溯 — the first day that still counts for a round's reference day. */
export function lookBackFrom(referenceDay: PlainDate, years: number): PlainDate {
  return addMonths(referenceDay, -12 * years);
}

function pointsFault(item: ListItem, given: number | undefined): string | null {
  if (given === undefined || given === item.pointsHundredths) return null;
  const most = (item.pointsHundredths ?? 0) / 100;
  if (item.polarity === 'veto') return `“${item.zh}”是一票否决项，不写分值`;
  if (item.polarity === 'negative') return `“${item.zh}”按清单扣 ${most} 分，不得增减`;
  return Number.isInteger(given) && given > 0 && given < most * 100 ? null : `“${item.zh}”的分值须大于 0 且不超过 ${most} 分`;
}

function faultOf(list: ItemList, item: ListItem, mark: Mark, referenceDay: PlainDate): MarkFault | null {
  if (!isActive(item)) return { code: 'mark.sealed', message: `“${item.zh}”的记录依法封存，未登记法律依据前不得使用` };
  const points = pointsFault(item, mark.pointsHundredths);
  if (points) return { code: 'mark.points', message: points };
  if (item.evidence === 'word' && !mark.word?.trim()) return { code: 'mark.word-missing', message: `“${item.zh}”须写一句事由` };
  if (item.evidence === 'fact' && (!mark.factText?.trim() || !mark.factOn)) return { code: 'mark.fact-missing', message: `“${item.zh}”须写明事实和日期` };
  if (item.evidence === 'document' && (!mark.documentNo?.trim() || !mark.documentOn)) return { code: 'mark.document-missing', message: `“${item.zh}”须写明文书编号和生效日期` };
  const on = item.evidence === 'document' ? mark.documentOn : mark.factOn;
  if (on && on > referenceDay) return { code: 'mark.in-future', message: `“${item.zh}”的日期晚于评议基准日 ${referenceDay}` };
  if (item.polarity === 'veto' && on && on < lookBackFrom(referenceDay, list.lookBackYears)) {
    return { code: 'mark.out-of-look-back', message: `“${item.zh}”的文书生效于 ${on}，早于评议基准日前 ${list.lookBackYears} 年，不再计入` };
  }
  return null;
}

/** 标记的证据 — positives need a word, negatives a fact and its date, vetoes a document within the look-back. 三(三)3 */
export function checkMark(list: ItemList, mark: Mark, referenceDay: PlainDate): MarkFault | null {
  const item = list.items.find(({ code }) => code === mark.itemCode);
  if (!item) return { code: 'mark.unknown-item', message: `清单中没有编号为 ${mark.itemCode} 的项目` };
  return faultOf(list, item, mark, referenceDay);
}

/** All marks of a household together: each checked, and items that count once not marked twice. */
export function checkMarks(list: ItemList, marks: readonly Mark[], referenceDay: PlainDate): MarkFault[] {
  const faults = marks.flatMap((mark) => checkMark(list, mark, referenceDay) ?? []);
  const seen = new Set<string>();
  for (const { itemCode } of marks) {
    const item = list.items.find(({ code }) => code === itemCode);
    if (item && !item.mayRepeat && seen.has(itemCode)) faults.push({ code: 'mark.repeated', message: `“${item.zh}”只能计一次` });
    seen.add(itemCode);
  }
  return faults;
}
