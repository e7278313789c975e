import { type Rules, scorecardOn } from '@credit/platform';
import {
  checkCreditCode,
  checkDivision,
  checkHouseholdNo,
  checkMobile,
  checkResidentId,
  civilityFromCounted,
  compileScorecard,
  factFrom,
  type Facts,
  gradeOf,
  householdTotal,
  plainDate,
  PolicyError,
  type Scorecard,
  type Verdict,
  windowOf,
} from '@credit/policy';
import type { z } from 'zod';
import { type SituationKind, situations } from './case-shapes';

type Situation<K extends SituationKind> = z.output<(typeof situations)[K]>;
type Outcome = Readonly<Record<string, unknown>>;

/** Two places exactly: 90.45 → 9045, without passing through floats that are not whole. */
function hundredthsOf(value: number | string): number {
  const [whole = '0', places = ''] = String(value).split('.');
  return Number(whole) * 100 + Number(places.padEnd(2, '0').slice(0, 2));
}

function window(rules: Rules, { kind, openedOn, ...options }: Situation<'window'>): Outcome {
  const day = plainDate(openedOn);
  try {
    const { lastDay, overAt } = windowOf(rules.terms, kind, day, { calendar: rules.calendar, ...(options as { roll?: boolean; days?: number }) });
    return { lastDay, overAt };
  } catch (error) {
    if (error instanceof PolicyError) return { refused: error.code };
    throw error;
  }
}

function civility(rules: Rules, { positives, negatives, vetoes }: Situation<'civility'>): Outcome {
  const list = rules.itemLists.at(-1);
  if (!list) throw new Error('没有可用的评议清单');
  return { score: civilityFromCounted({ positives: positives.map(hundredthsOf), negatives: negatives.map(hundredthsOf), vetoes }, list) / 100 };
}

function cardOn(rules: Rules, kind: Scorecard['kind'], on: string | undefined): Scorecard {
  const latest = rules.scorecards.filter((card) => card.kind === kind && !card.profile).at(-1);
  const card = on === undefined ? latest : scorecardOn(rules, kind, plainDate(on));
  if (!card) throw new Error(`${on ?? ''} 没有生效的 ${kind} 类评分卡`);
  return card;
}

function household(rules: Rules, situation: Situation<'household'>): Outcome {
  const card = cardOn(rules, 'H', situation.on);
  const bands = card.grades.map(({ grade, from }) => ({ grade, fromHundredths: hundredthsOf(from) }));
  const { totalHundredths, grade, creditSubject } = householdTotal({
    civility: hundredthsOf(situation.civility),
    quantitative: hundredthsOf(situation.quantitative),
    weights: card.weights ?? { civility: 0, quantitative: 100 },
    bands,
    caps: situation.caps,
  });
  return { total: totalHundredths / 100, grade, creditSubject };
}

function scorecard(rules: Rules, { card: kind, on, facts: written, consent }: Situation<'scorecard'>): Outcome {
  const card = cardOn(rules, kind, on);
  const stray = Object.keys(written).find((id) => !card.indicators.some((indicator) => indicator.id === id));
  if (stray) throw new Error(`${kind} 类评分卡没有指标 ${stray}`);
  const facts: Facts = Object.fromEntries(Object.entries(written).map(([id, fact]) => [id, factFrom(fact)]));
  const given = typeof consent === 'boolean' ? { economics: consent, credit: consent } : consent;
  const { status, pointsHundredths, lines, missing } = compileScorecard(card).evaluate(facts, given);
  const known = lines.filter((line) => line.pointsHundredths !== null);
  return {
    status,
    points: pointsHundredths === null ? null : pointsHundredths / 100,
    lines: Object.fromEntries(known.map((line) => [line.indicator, (line.pointsHundredths ?? 0) / 100])),
    missing,
    grade: pointsHundredths === null || card.weights ? null : gradeOf(card.grades.map(({ grade, from }) => ({ grade, fromHundredths: hundredthsOf(from) })), pointsHundredths),
  };
}

function identifier(_rules: Rules, situation: Situation<'identifier'>): Outcome {
  return { ...verdictOn(situation) };
}

function verdictOn({ kind, value, sandbox }: Situation<'identifier'>): Verdict {
  switch (kind) {
    case 'residentId':
      return checkResidentId(value, { sandbox: sandbox ?? false });
    case 'creditCode':
      return checkCreditCode(value);
    case 'division':
      return checkDivision(value);
    case 'mobile':
      return checkMobile(value);
    case 'householdNo':
      return checkHouseholdNo(value);
  }
}

const runners: { readonly [K in SituationKind]: (rules: Rules, situation: Situation<K>) => Outcome } = { window, civility, household, scorecard, identifier };

/** What the rules make of one situation; faults of the situation itself are thrown as sentences. */
export function outcomeOf<K extends SituationKind>(rules: Rules, kind: K, situation: Situation<K>): Outcome {
  return runners[kind](rules, situation);
}
