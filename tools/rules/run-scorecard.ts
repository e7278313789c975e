import { itemsKindOf, type Rules, scorecardOn } from '@credit/platform';
import { codesOf, compileScorecard, type Fact, factFrom, gradeWithoutCivility, type Indicator, plainDate, type Requirement, type Scorecard } from '@credit/policy';
import type { Situation } from './case-shapes';

/** The card in force on a day; without a day the latest. */
export function cardOn(rules: Rules, kind: Scorecard['kind'], on?: string): Scorecard {
  const latest = rules.scorecards.filter((card) => card.kind === kind && !card.profile).toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom) || a.version - b.version).at(-1);
  const card = on === undefined ? latest : scorecardOn(rules, kind, plainDate(on));
  if (!card) throw new Error(`${on ?? ''} 没有生效的 ${kind} 类评分卡`);
  return card;
}

function factOfCase(rules: Rules, kind: Scorecard['kind'], judged: Indicator | Requirement, written: unknown): Fact {
  const fact = factFrom(written, judged);
  const { item } = judged.fact;
  const known = item === undefined ? undefined : codesOf(rules.items[itemsKindOf[kind]][item]);
  if ('code' in fact && !known?.includes(fact.code)) throw new Error(`${judged.id} 没有取值“${fact.code}”；${known ? `可用：${known.join('、')}` : '请写数字'}`);
  return fact;
}

/** The points of a card on written facts: the total, each line, and for cards without civility the grade. */
export function scorecardOutcome(rules: Rules, { card: kind, on, facts: written, consent }: Situation<'scorecard'>): Readonly<Record<string, unknown>> {
  const card = cardOn(rules, kind, on);
  const judged = new Map<string, Indicator | Requirement>([...card.indicators, ...(card.requires ?? [])].map((one) => [one.id, one]));
  const facts: Record<string, Fact> = {};
  for (const [id, fact] of Object.entries(written)) {
    const one = judged.get(id);
    if (!one) throw new Error(`${kind} 类评分卡没有指标 ${id}`);
    facts[id] = factOfCase(rules, kind, one, fact);
  }
  const given = typeof consent === 'boolean' ? { economics: consent, credit: consent } : consent;
  const { status, pointsHundredths, lines, missing, withoutConsent } = compileScorecard(card).evaluate(facts, given);
  const places = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100);
  return {
    status,
    points: places(pointsHundredths),
    lines: Object.fromEntries(lines.map((line) => [line.indicator, places(line.pointsHundredths)])),
    missing,
    withoutConsent,
    grade: pointsHundredths === null || card.weights ? null : gradeWithoutCivility(card, pointsHundredths, facts).grade,
  };
}
