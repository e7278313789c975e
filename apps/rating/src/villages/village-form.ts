import type { InputFault } from '@credit/contracts';
import type { Rules } from '@credit/platform';
import { codesOf, deriveFacts, itemsOfCard, type Scorecard, unmetRequirements } from '@credit/policy';
import { z } from 'zod';
import type { FormLine } from './village-application.store';

/** 扫描件或照片的摘要: the paper itself is kept where it was made. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '扫描件或照片的摘要须为 64 位小写十六进制（SHA-256）');
/** 理由 written by a person; kept sealed. */
export const reasonsText = z.string().trim().min(6, '请写明理由').max(2000);

/** Items that the system computes from what was filed, rated and reviewed. */
export const computedItems: ReadonlySet<string> = new Set([
  'filedSubjects',
  'eligibleSubjects',
  'creditHouseholds',
  'ratedHouseholds',
  'creditEntities',
  'ratedEntities',
  'collectiveGrade',
  'soundGroups',
  'groups',
  'subjectsRatedFirst',
]);
/** Items that come from the poll of the village's committees. */
export const pollItems: ReadonlySet<string> = new Set(['pollFavourable', 'pollVotes', 'pollReturned', 'pollEligible']);

/** 待申报的项 — what the card reads and the system cannot compute. */
export function itemsToDeclare(card: Scorecard): string[] {
  return [...itemsOfCard(card)].filter((item) => !computedItems.has(item) && !pollItems.has(item));
}

/** Everything wrong with what was declared, at once. */
export function declarationFaults(card: Scorecard, declared: readonly FormLine[], rules: Rules): InputFault[] {
  const wanted = new Set(itemsToDeclare(card));
  const missing = [...wanted].filter((item) => !declared.some((line) => line.item === item));
  return [
    ...missing.map((item) => ({ path: 'declared', message: `请申报“${rules.items.village[item]?.zh ?? item}”（${item}），并附依据的扫描件摘要` })),
    ...declared.flatMap(({ item, value }, index) => {
      if (!wanted.has(item)) return [{ path: `declared.${index}.item`, message: `“${item}”由系统计算或不在申报表中，请删去这一项` }];
      if (declared.findIndex((line) => line.item === item) !== index) return [{ path: `declared.${index}.item`, message: `“${item}”重复申报，请只留一项` }];
      return valueFault(item, value, rules).map((message) => ({ path: `declared.${index}.value`, message }));
    }),
  ];
}

function valueFault(item: string, value: string, rules: Rules): string[] {
  const rule = rules.items.village[item];
  const codes = codesOf(rule);
  if (codes) return codes.includes(value) ? [] : [`“${rule?.zh ?? item}”须为 ${codes.join(' 或 ')} 之一`];
  const shape = rule?.type === 'integer' ? /^\d{1,9}$/ : /^\d{1,15}(\.\d{1,2})?$/;
  return shape.test(value) ? [] : [`“${rule?.zh ?? item}”须为不小于 0 的${rule?.type === 'integer' ? '整数' : '数，至多两位小数'}`];
}

export function itemsOfForm(lines: readonly FormLine[]): Record<string, string> {
  return Object.fromEntries(lines.map(({ item, value }) => [item, value]));
}

/** 未满足的前置条件, each in a sentence; what is not known yet (the poll) is not held against the village. 三(六) 信用村 */
export function requirementSentences(card: Scorecard, items: Readonly<Record<string, string>>, ratedFirst: readonly string[], rules: Rules): string[] {
  const unmet = new Set(unmetRequirements(card, deriveFacts(card, items, {})));
  return (card.requires ?? [])
    .filter(({ id }) => unmet.has(id))
    .flatMap(({ zh, fact, is, atLeast }) => {
      if (fact.item === 'subjectsRatedFirst' && ratedFirst.length > 0) return ratedFirst;
      const stated = (fact.item === undefined ? [] : [fact.item]).map((item) => `现为“${said(items[item], rules, item)}”`).join('');
      const asked = is === undefined ? (atLeast === undefined ? '' : `须不低于 ${atLeast}`) : `须为“${said(is, rules, fact.item)}”`;
      return [`${zh}：${[asked, stated].filter((part) => part !== '').join('，')}`];
    });
}

function said(value: string | undefined, rules: Rules, item: string | undefined): string {
  if (value === 'yes') return '是（有）';
  if (value === 'no') return '否（无）';
  return (item === undefined ? undefined : rules.items.village[item]?.values?.[value ?? '']) ?? value ?? '不明';
}
