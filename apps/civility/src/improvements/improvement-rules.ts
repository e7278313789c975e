import type { InputFault } from '@credit/contracts';
import { DatedRules } from '@credit/platform';
import { addDays, type PlainDate } from '@credit/policy';
import { z } from 'zod';

const shape = z
.strictObject({ from: z.iso.date(), scoreBelow: z.number().positive().max(100), leastDays: z.int().positive(), mostDays: z.int().positive(), source: z.string().min(1) })
.refine(({ leastDays, mostDays }) => leastDays <= mostDays, '最短期限不得长于最长期限')
.transform(({ scoreBelow, ...rule }) => ({ ...rule, belowHundredths: Math.round(scoreBelow * 100) }));

/** 整改提升的界限和期限 of `rules/improvement.yaml`; scores in hundredths, natural days. 三(三) [D] */
export type ImprovementRule = z.output<typeof shape>;

const rules = new DatedRules('rules/improvement.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function improvementRuleOn(day: PlainDate): ImprovementRule {
  return rules.on(day);
}

/** 应当整改提升 — a veto, or a score below the limit. */
export function fallsShort({ hundredths, vetoed }: { readonly hundredths: number; readonly vetoed: boolean }, rule: ImprovementRule): boolean {
  return vetoed || hundredths < rule.belowHundredths;
}

/** Why a check cannot be agreed for this day: time to improve is left, and nobody is kept waiting for ever. */
export function checkDayFaults(rule: ImprovementRule, countedFrom: PlainDate, today: PlainDate, checkOn: PlainDate): InputFault[] {
  const earliest = [addDays(countedFrom, rule.leastDays), addDays(today, 1)].toSorted().at(-1) ?? today;
  const latest = addDays(countedFrom, rule.mostDays);
  if (checkOn < earliest) return [{ path: 'checkOn', message: `核查日最早为 ${earliest}，请改为这一天或以后` }];
  return checkOn > latest ? [{ path: 'checkOn', message: `核查日最迟为 ${latest}，请改为这一天或以前` }] : [];
}
