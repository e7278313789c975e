import type { ItemList, ListItem } from './item-list';

/** One difference between two versions of the list, in the words of the list. */
export interface ListChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** 方面 or 项目 */
  readonly of: 'area' | 'item' | 'list';
  readonly code: string;
  readonly zh: string;
  /** The field that changed; null for an addition or removal. */
  readonly field: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

interface Named {
  readonly code: string;
  readonly zh: string;
}

const points = (hundredths: number | undefined): string | null => (hundredths === undefined ? null : (hundredths / 100).toFixed(2));
const yesNo = (value: boolean): string => (value ? '是' : '否');

function fieldsOfItem(item: ListItem): Readonly<Record<string, string | null>> {
  return {
    内容: item.zh,
    方面: item.area,
    性质: item.polarity,
    分值: points(item.pointsHundredths),
    可重复计分: yesNo(item.mayRepeat),
    证据要求: item.evidence,
    法律依据: item.legalBasis ?? null,
    依据: item.source,
  };
}

function compared<T extends Named>(of: 'area' | 'item', before: readonly T[], after: readonly T[], fieldsOf: (one: T) => Readonly<Record<string, string | null>>): ListChange[] {
  const old = new Map(before.map((one) => [one.code, one]));
  const codes = new Set(after.map(({ code }) => code));
  const gone = before.filter(({ code }) => !codes.has(code)).map(({ code, zh }): ListChange => ({ kind: 'removed', of, code, zh, field: null, before: zh, after: null }));
  const rest = after.flatMap((one): ListChange[] => {
    const was = old.get(one.code);
    if (!was) return [{ kind: 'added', of, code: one.code, zh: one.zh, field: null, before: null, after: one.zh }];
    const [then, now] = [fieldsOf(was), fieldsOf(one)];
    return Object.keys(now)
      .filter((field) => then[field] !== now[field])
      .map((field) => ({ kind: 'changed', of, code: one.code, zh: one.zh, field, before: then[field] ?? null, after: now[field] ?? null }));
  });
  return [...gone, ...rest];
}

/** 版本比较 — what a list changes against the one before it, item by item. 三(三)1 */
export function listChanges(before: ItemList, after: ItemList): ListChange[] {
  const whole = (list: ItemList): Readonly<Record<string, string>> => ({
    基本分: points(list.baseHundredths) ?? '',
    正面清单满分: points(list.positivesCapHundredths) ?? '',
    满分: points(list.maximumHundredths) ?? '',
    回溯年数: String(list.lookBackYears),
  });
  const [then, now] = [whole(before), whole(after)];
  return [
    ...Object.keys(now)
      .filter((field) => then[field] !== now[field])
      .map((field): ListChange => ({ kind: 'changed', of: 'list', code: after.id, zh: '清单', field, before: then[field] ?? null, after: now[field] ?? null })),
    ...compared('area', before.areas, after.areas, (area) => ({ 名称: area.zh, 正面上限: points(area.positiveCapHundredths) })),
    ...compared('item', before.items, after.items, fieldsOfItem),
  ];
}
