import { compare, type Fact, factOf, fractionOf, type Indicator, isCoded, statesOf, subtract, thresholdOf } from '@credit/policy';
import type { ItemRule } from '@credit/platform';
import type { GoldenSubject } from './golden-file';

type ItemRules = Readonly<Record<string, ItemRule>>;

/** What the golden file has to hold for an indicator: each special state, each code, and of every edge the value on it and its neighbours. */
export function sidesOf(indicator: Indicator, items: ItemRules): string[] {
  const edges = indicator.bands.flatMap(({ atLeast, above, atMost, below }) => [atLeast ?? above ?? atMost ?? below ?? []].flat());
  const special = isCoded(indicator) ? codesOf(indicator, items) : statesOf(indicator.fact);
  return [...special, ...edges.flatMap((edge) => [`just below ${edge}`, `${edge}`, `just above ${edge}`])].map((side) => `${indicator.id} ${side}`);
}

function codesOf({ fact }: Indicator, items: ItemRules): string[] {
  const rule = items[fact.item ?? ''];
  return rule?.type === 'boolean' ? ['yes', 'no'] : Object.keys(rule?.values ?? {});
}

/** Which of them a subject's file is. */
export function sidesReached(indicator: Indicator, items: ItemRules, { input }: GoldenSubject): string[] {
  const fact = factOf(indicator.fact, input.items, input.medians);
  if (!fact) return [];
  const code = 'code' in fact ? fact.code : undefined;
  if (code !== undefined) return [`${indicator.id} ${code}`];
  if ('state' in fact) return [`${indicator.id} ${fact.state}`];
  const places = [['just below ', neighbour(1)], ['', fact], ['just above ', neighbour(-1)]] as const;
  return indicator.bands.flatMap(({ atLeast, above, atMost, below }) => {
    const edge = atLeast ?? above ?? atMost ?? below;
    return edge === undefined ? [] : places.filter(([, at]) => isOn(at, edge)).map(([word]) => `${indicator.id} ${word}${edge}`);
  });

  /** The fact if the counted item were by one of its smallest units more or less. */
  function neighbour(steps: 1 | -1): Fact | undefined {
    const rule = indicator.fact;
    if (rule.countPositive && fact && 'number' in fact) return { number: subtract(fact.number, fractionOf(-steps)) };
    const name = rule.item ?? (rule.ratio ?? rule.growth)?.[0] ?? rule.overMedian ?? '';
    const unit = items[name]?.type === 'integer' ? 1 : 0.01;
    const moved = (Number(input.items[name]) + steps * unit).toFixed(2);
    return factOf(rule, { ...input.items, [name]: moved }, input.medians);
  }
}

function isOn(fact: Fact | undefined, edge: number | string): boolean {
  return fact !== undefined && 'number' in fact && compare(fact.number, thresholdOf(edge)) === 0;
}
