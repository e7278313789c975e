import type { InputFault } from '@credit/contracts';
import type { Rules } from '@credit/platform';
import { itemHint, itemText } from '../../imports/item-text';
import type { Subject } from '../../subjects/subject.store';

export interface KnownRow {
  readonly subjectNo: string;
  readonly item: string;
  readonly value: string;
}

/** A row as read: whose item it is, and the text that is stored. */
export interface ReadRow {
  readonly subject: Subject;
  readonly item: string;
  readonly text: string;
}

/** Makes rows of a delivery's rows; every fault with its path and what to do. */
export function readKnownRows(rows: readonly KnownRow[], subjects: ReadonlyMap<string, Subject>, rules: Rules): { read: ReadRow[]; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const seen = new Set<string>();
  const read = rows.flatMap(({ subjectNo, item, value }, index): ReadRow[] => {
    const fault = (field: string, message: string): ReadRow[] => {
      faults.push({ path: `rows.${index}.${field}`, message });
      return [];
    };
    const subject = subjects.get(subjectNo);
    if (!subject) return fault('subjectNo', '本村没有这个户编号或统一社会信用代码，请先登记主体');
    const rule = rules.items[subject.kind][item];
    if (!rule) return fault('item', `没有“${item}”这个数据项`);
    const text = itemText(rule, value.trim());
    if (text === null) return fault('value', `“${rule.zh}”${itemHint(rule)}`);
    if (seen.has(`${subject.subjectId} ${item}`)) return fault('item', '同一主体的同一项出现两次，请保留一个');
    seen.add(`${subject.subjectId} ${item}`);
    return [{ subject, item, text }];
  });
  return { read, faults };
}
