import type { Grade } from '../grades';

export type ScorecardKind = 'H' | 'E' | 'C' | 'V';
/** 授权类别 — an indicator with one is used only with that written consent of each adult concerned. */
export type ConsentKind = 'economics' | 'credit';

/** When an indicator takes a special state, tried before any number. */
export type StateWhen = { readonly item: string; readonly equals: string } | { readonly item: string; readonly notPositive: true };

/** How an indicator's fact is made from the archive's items: data, not code. */
export interface FactRule {
  readonly states?: readonly { readonly state: string; readonly when: StateWhen }[];
  /** The item itself. */
  readonly item?: string;
  /** First ÷ second; a divisor of zero or less takes the state `denominator`. */
  readonly ratio?: readonly [string, string];
  /** (first − second) ÷ second. */
  readonly growth?: readonly [string, string];
  /** Item ÷ the village's median of it; a median of zero or less takes the state `not-applicable`. */
  readonly overMedian?: string;
  /** How many of the items are more than zero. */
  readonly countPositive?: readonly string[];
}

/** A decimal, or a quotient of two such as `2/3`. */
export type Threshold = number | string;

/** 条件 — exactly one of them is written. */
export interface Condition {
  readonly state?: string;
  /** A code of an enumeration, or yes / no. */
  readonly is?: string;
  readonly atLeast?: Threshold;
  readonly above?: Threshold;
  readonly atMost?: Threshold;
  readonly below?: Threshold;
  readonly else?: true;
}

/** 档次 — bands are tried in order. */
export interface Band extends Condition {
  /** Points with at most two places. */
  readonly points: number;
  readonly zh?: string;
  readonly source: string;
}

export interface Indicator {
  readonly id: string;
  readonly zh: string;
  readonly points: number;
  readonly consent?: readonly ConsentKind[];
  readonly fact: FactRule;
  /** 中性档 — the state taken when the data or the consent are absent; without it the subject is not rated. */
  readonly neutral?: string;
  readonly bands: readonly Band[];
  readonly source: string;
}

/** 封顶项 — while the fact holds, the grade is at most the cap. */
export interface Gate {
  readonly id: string;
  readonly zh: string;
  readonly item: string;
  readonly is: string;
  readonly cap: Grade;
  readonly source: string;
}

/** 前置条件 — a village that does not meet it is not recognised, whatever its points. */
export interface Requirement extends Condition {
  readonly id: string;
  readonly zh: string;
  readonly fact: FactRule;
  readonly source: string;
}

/** 评分卡 — versioned data with an effective day and a reference per value. 三(六) */
export interface Scorecard {
  readonly id: string;
  readonly kind: ScorecardKind;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly zh: string;
  readonly source: string;
  /** An alternative that ships beside the default and is never in force by itself. */
  readonly profile?: boolean;
  /** Percent; households only. */
  readonly weights?: { readonly civility: number; readonly quantitative: number };
  /** What a veto does to the grade, as the county recorded it: `none` or a grade. Households only. */
  readonly vetoGradeCap?: 'none' | Grade;
  readonly grades: readonly { readonly grade: Grade; readonly from: number; readonly source: string }[];
  readonly gates: readonly Gate[];
  /** Villages only. */
  readonly requires?: readonly Requirement[];
  readonly indicators: readonly Indicator[];
}

/** Every special state a rule can make. A divisor that is caught by a state of its own never takes `denominator`. */
export function statesOf(rule: FactRule): string[] {
  const divisor = (rule.ratio ?? rule.growth)?.[1];
  const caught = (rule.states ?? []).some(({ when }) => 'notPositive' in when && when.item === divisor);
  return [
    ...(rule.states ?? []).map(({ state }) => state),
    ...(divisor !== undefined && !caught ? ['denominator'] : []),
    ...(rule.overMedian ? ['not-applicable'] : []),
  ];
}

/** Whether an indicator is judged by codes of an enumeration; otherwise it is judged by numbers. */
export function isCoded({ bands }: Indicator): boolean {
  return bands.some((band) => band.is !== undefined);
}

/** The items a rule reads. */
export function itemsOf(rule: FactRule): string[] {
  return [
    ...(rule.states ?? []).map(({ when }) => when.item),
    ...(rule.item ? [rule.item] : []),
    ...(rule.ratio ?? []),
    ...(rule.growth ?? []),
    ...(rule.overMedian ? [rule.overMedian] : []),
    ...(rule.countPositive ?? []),
  ];
}

/** Every item a card reads: nothing else of a file has a place in a rating. */
export function itemsOfCard(card: Scorecard): Set<string> {
  const rules = [...card.indicators, ...(card.requires ?? [])].flatMap(({ fact }) => itemsOf(fact));
  return new Set([...rules, ...card.gates.map(({ item }) => item)]);
}
