import { divide, type Fraction, fractionOf, isPositive, subtract } from './fraction';
import type { FactRule, Scorecard } from './scorecard';

/** 指标事实 — what an indicator is judged by: a special state, an exact number or a code. Absent = not known. */
export type Fact = { readonly state: string } | { readonly number: Fraction } | { readonly code: string };
export type Facts = Readonly<Record<string, Fact | undefined>>;

/** Items of a subject as verified, by name, as text. */
export type Items = Readonly<Record<string, string | undefined>>;
/** Medians of the village, fixed for the rating year, by item. */
export type Medians = Readonly<Record<string, string | undefined>>;

const numeric = /^-?\d+(\.\d+)?$/;

export function valueOf(text: string): Fact {
  return numeric.test(text) ? { number: fractionOf(text) } : { code: text };
}

function special(rule: FactRule, items: Items): Fact | undefined {
  for (const { state, when } of rule.states ?? []) {
    const text = items[when.item];
    if (text === undefined) continue;
    if ('equals' in when ? text === when.equals : !isPositive(fractionOf(text))) return { state };
  }
  return undefined;
}

function quotient(dividend: Fraction, divisor: Fraction, otherwise: string): Fact {
  return isPositive(divisor) ? { number: divide(dividend, divisor) } : { state: otherwise };
}

/** The fact of one rule; undefined when an item that it needs is not known. */
export function factOf(rule: FactRule, items: Items, medians: Medians): Fact | undefined {
  const state = special(rule, items);
  if (state) return state;
  if (rule.item !== undefined) {
    const text = items[rule.item];
    return text === undefined ? undefined : valueOf(text);
  }
  const pair = rule.ratio ?? rule.growth;
  if (pair) {
    const [first, second] = [items[pair[0]], items[pair[1]]];
    if (first === undefined || second === undefined) return undefined;
    const [a, b] = [fractionOf(first), fractionOf(second)];
    return quotient(rule.growth ? subtract(a, b) : a, b, 'denominator');
  }
  if (rule.overMedian !== undefined) {
    const [text, median] = [items[rule.overMedian], medians[rule.overMedian]];
    return text === undefined || median === undefined ? undefined : quotient(fractionOf(text), fractionOf(median), 'not-applicable');
  }
  const counted = (rule.countPositive ?? []).map((name) => items[name]);
  if (counted.length === 0 || counted.includes(undefined)) return undefined;
  return { number: { num: BigInt(counted.filter((text) => text !== undefined && isPositive(fractionOf(text))).length), den: 1n } };
}

/** 事实推导 — the fact of every indicator and requirement from the archive's items; missing is not zero. */
export function deriveFacts(card: Scorecard, items: Items, medians: Medians): Facts {
  const facts: Record<string, Fact | undefined> = {};
  for (const indicator of card.indicators) facts[indicator.id] = factOf(indicator.fact, items, medians);
  for (const requirement of card.requires ?? []) facts[requirement.id] = factOf(requirement.fact, items, medians);
  return facts;
}

/** The items whose village median a card needs. */
export function medianItems(card: Scorecard): string[] {
  return card.indicators.flatMap(({ fact }) => (fact.overMedian ? [fact.overMedian] : []));
}
