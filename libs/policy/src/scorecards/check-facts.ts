import { type Issue, issue } from '../errors';
import type { Condition, FactRule, Indicator } from './scorecard';

/** 数据项 as far as a card must know it. */
export interface KnownItem {
  readonly zh: string;
  readonly type: 'money' | 'integer' | 'decimal' | 'boolean' | 'enum' | 'day' | 'text';
  readonly values?: Readonly<Record<string, string>> | undefined;
  readonly consent: 'none' | 'economics' | 'credit';
}
export type KnownItems = Readonly<Record<string, KnownItem>>;

type Path = readonly (string | number)[];

const numericTypes = ['money', 'integer', 'decimal'];
const thresholds = ['atLeast', 'above', 'atMost', 'below'] as const;

/** Every code that an item can have; undefined when it is no enumeration. */
export function codesOf(item: KnownItem | undefined): string[] | undefined {
  if (item?.type === 'boolean') return ['yes', 'no'];
  return item?.type === 'enum' ? Object.keys(item.values ?? {}) : undefined;
}

/** The items that a rule reads as numbers. */
function numbersOf(rule: FactRule): string[] {
  const divisors = (rule.states ?? []).flatMap(({ when }) => ('notPositive' in when ? [when.item] : []));
  return [...divisors, ...(rule.ratio ?? []), ...(rule.growth ?? []), ...(rule.overMedian ? [rule.overMedian] : []), ...(rule.countPositive ?? [])];
}

/** The items a rule reads exist, and are of the type that it takes them for. */
export function checkFact(rule: FactRule, path: Path, id: string, items: KnownItems): Issue[] {
  const issues: Issue[] = [];
  const ways = [rule.item, rule.ratio, rule.growth, rule.overMedian, rule.countPositive].filter((way) => way !== undefined);
  if (ways.length !== 1) issues.push(issue(path, 'fact.way', `${id} 的 fact 须且只须写 item、ratio、growth、overMedian、countPositive 之一`));
  for (const name of numbersOf(rule)) {
    const item = items[name];
    if (item && !numericTypes.includes(item.type)) issues.push(issue(path, 'fact.number', `${id} 把“${item.zh}”（${name}）当作数字使用，但它不是数字，请核对`));
  }
  rule.states?.forEach(({ when }, index) => {
    if ('equals' in when) issues.push(...checkCode(when.equals, [...path, 'states', index, 'when', 'equals'], id, when.item, items[when.item]));
  });
  return issues;
}

function checkCode(code: string, path: Path, id: string, name: string, item: KnownItem | undefined): Issue[] {
  const known = codesOf(item);
  if (!item || known?.includes(code)) return [];
  return [issue(path, 'fact.code', known ? `${id} 的取值“${code}”不在“${item.zh}”（${name}）的取值中：${known.join('、')}` : `“${item.zh}”（${name}）没有固定取值，${id} 不能按取值“${code}”分档`)];
}

/** A condition on an item asks for what the item can be. */
export function checkCondition(condition: Condition, path: Path, id: string, rule: FactRule, items: KnownItems): Issue[] {
  const item = rule.item === undefined ? undefined : items[rule.item];
  if (condition.is !== undefined) {
    return rule.item === undefined ? [issue([...path, 'is'], 'fact.code', `${id} 由计算得出数字，不能按取值“${condition.is}”分档`)] : checkCode(condition.is, [...path, 'is'], id, rule.item, item);
  }
  const asksForNumber = thresholds.some((name) => condition[name] !== undefined);
  return asksForNumber && item && !numericTypes.includes(item.type) ? [issue(path, 'fact.number', `“${item.zh}”（${rule.item}）不是数字，${id} 请改用 is 分档`)] : [];
}

/** An indicator asks for every consent that its items need. 征信业管理条例 14 */
export function checkConsent({ id, consent = [] }: Indicator, read: readonly string[], path: Path, items: KnownItems): Issue[] {
  const needed = new Set(read.map((name) => items[name]?.consent ?? 'none'));
  return (['economics', 'credit'] as const)
    .filter((kind) => needed.has(kind) && !consent.includes(kind))
    .map((kind) => issue([...path, 'consent'], 'indicator.consent', `${id} 使用了须${kind === 'economics' ? '经济信息' : '信贷信息'}授权的数据项，请在 consent 中写上 ${kind}`));
}
