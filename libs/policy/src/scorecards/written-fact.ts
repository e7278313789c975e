import { PolicyError } from '../errors';
import { type Fact, factOf, valueOf } from './facts';
import { type Indicator, isCoded, type Requirement, statesOf } from './scorecard';

type Judged = Indicator | Requirement;

function unreadable(id: string): PolicyError {
  return new PolicyError('fact.unreadable', { id, write: '{ state: … } | { value: … } | { ratio: … } | { of: [分子, 分母] }' });
}

/** Where yes or no is judged, true and false are the same words. */
function writtenText(judged: Judged, value: unknown): string {
  const conditions = 'bands' in judged ? judged.bands : [judged];
  const yesOrNo = conditions.some(({ is }) => is === 'yes' || is === 'no');
  if (typeof value === 'boolean' && yesOrNo) return value ? 'yes' : 'no';
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return String(value);
  throw unreadable(judged.id);
}

function fromState({ id, fact: rule }: Judged, state: unknown): Fact {
  const known = statesOf(rule);
  if (typeof state !== 'string' || !known.includes(state)) throw new PolicyError('fact.unknown-state', { id, state, known });
  return { state };
}

/** The two numbers stand for the two items of the rule, or for the item and its median. */
function fromPair(judged: Judged, pair: unknown): Fact {
  const { id, fact: rule } = judged;
  if (!Array.isArray(pair) || pair.length !== 2) throw unreadable(id);
  const [first, second] = pair.map((part: unknown) => writtenText(judged, part)) as [string, string];
  const items = rule.ratio ?? rule.growth;
  const fact = items
    ? factOf(rule, { [items[0]]: first, [items[1]]: second }, {})
    : rule.overMedian !== undefined && factOf(rule, { [rule.overMedian]: first }, { [rule.overMedian]: second });
  if (!fact) throw unreadable(id);
  return fact;
}

/**
 * 事实的书写 — a fact as people write it in a case: `{ state }`, `{ value }`, `{ ratio }` or `{ of: [first, second] }`. An item's
 * value and a pair go the way of the archive's items, special states included; where codes are judged, a state is such a code.
 * `fact.unreadable`, `fact.unknown-state`.
 */
export function factFrom(written: unknown, judged: Judged): Fact {
  const [entry, ...more] = typeof written === 'object' && written !== null ? Object.entries(written as Record<string, unknown>) : [];
  if (!entry || more.length > 0) throw unreadable(judged.id);
  const [shape, value] = entry;
  const coded = 'bands' in judged && isCoded(judged);
  if (shape === 'state' && !coded) return fromState(judged, value);
  if (shape === 'of') return fromPair(judged, value);
  if (!['state', 'value', 'ratio'].includes(shape)) throw unreadable(judged.id);
  const text = writtenText(judged, value);
  const { item } = judged.fact;
  return (item !== undefined && factOf(judged.fact, { [item]: text }, {})) || valueOf(text);
}
