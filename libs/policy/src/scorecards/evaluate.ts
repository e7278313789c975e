import { PolicyError } from '../errors';
import { compare, decimalText, type Fraction, thresholdOf } from './fraction';
import type { Fact, Facts } from './facts';
import { type Band, type Condition, type ConsentKind, type Indicator, isCoded, type Scorecard } from './scorecard';

export type ConsentGiven = Readonly<Record<ConsentKind, boolean>>;
export type RatedStatus = 'rated' | 'insufficient' | 'not-rated-on-economics';

/** 逐项说明 */
export interface ScoreLine {
  readonly indicator: string;
  readonly zh: string;
  /** What it was judged by; null when not known or not consented to. */
  readonly value: string | null;
  readonly band: string | null;
  readonly pointsHundredths: number | null;
  readonly maxHundredths: number;
  readonly source: string;
  /** 最近的提升途径: the next better band; null at the top. */
  readonly nearest: { readonly band: string; readonly pointsHundredths: number } | null;
}

export interface Evaluation {
  readonly status: RatedStatus;
  /** Null unless rated. */
  readonly pointsHundredths: number | null;
  readonly lines: readonly ScoreLine[];
  readonly missing: readonly string[];
  readonly withoutConsent: readonly string[];
}

export interface CompiledScorecard {
  readonly card: Scorecard;
  evaluate(facts: Facts, consent?: ConsentGiven): Evaluation;
}

export function hundredths(points: number): number {
  return Math.round(points * 100);
}

type Matches = (fact: Fact) => boolean;

function numberTest(threshold: number | string, holds: (comparison: number) => boolean): Matches {
  const limit: Fraction = thresholdOf(threshold);
  return (fact) => 'number' in fact && holds(compare(fact.number, limit));
}

/** The test of a condition; states, codes and numbers never match each other's, `else` takes the rest of its own kind. */
export function testOf(condition: Condition, rest: 'code' | 'number'): Matches {
  if (condition.state !== undefined) return (fact) => 'state' in fact && fact.state === condition.state;
  if (condition.is !== undefined) return (fact) => 'code' in fact && fact.code === condition.is;
  if (condition.atLeast !== undefined) return numberTest(condition.atLeast, (comparison) => comparison >= 0);
  if (condition.above !== undefined) return numberTest(condition.above, (comparison) => comparison > 0);
  if (condition.atMost !== undefined) return numberTest(condition.atMost, (comparison) => comparison <= 0);
  if (condition.below !== undefined) return numberTest(condition.below, (comparison) => comparison < 0);
  return (fact) => rest in fact;
}

/** How a band is called for people. */
export function bandText(band: Band): string {
  if (band.zh) return band.zh;
  if (band.atLeast !== undefined) return `不低于 ${band.atLeast}`;
  if (band.above !== undefined) return `高于 ${band.above}`;
  if (band.atMost !== undefined) return `不超过 ${band.atMost}`;
  if (band.below !== undefined) return `低于 ${band.below}`;
  return band.state ?? band.is ?? '其他';
}

interface CompiledBand {
  readonly matches: Matches;
  readonly text: string;
  readonly pointsHundredths: number;
  readonly source: string;
  readonly nearest: ScoreLine['nearest'];
}

/** The next better band a household can work towards: the least points above its own, special states left out. */
function nearestAbove(bands: readonly Band[], points: number): ScoreLine['nearest'] {
  const better = bands.filter((band) => band.state === undefined && band.points > points).toSorted((a, b) => a.points - b.points)[0];
  return better ? { band: bandText(better), pointsHundredths: hundredths(better.points) } : null;
}

function compileBands(indicator: Indicator): CompiledBand[] {
  const { bands } = indicator;
  return bands.map((band) => ({
    matches: testOf(band, isCoded(indicator) ? 'code' : 'number'),
    text: bandText(band),
    pointsHundredths: hundredths(band.points),
    source: band.source,
    nearest: nearestAbove(bands, band.points),
  }));
}

function valueText(fact: Fact): string {
  if ('state' in fact) return fact.state;
  return 'code' in fact ? fact.code : decimalText(fact.number);
}

const allGiven: ConsentGiven = { economics: true, credit: true };

interface CompiledIndicator {
  readonly id: string;
  readonly consent: readonly ConsentKind[];
  readonly neutral: Fact | undefined;
  readonly bands: readonly CompiledBand[];
  /** The line while nothing is known. */
  readonly blank: ScoreLine;
}

function compileIndicator(indicator: Indicator): CompiledIndicator {
  const { id, zh, points, source, consent = [], neutral } = indicator;
  return {
    id,
    consent,
    neutral: neutral === undefined ? undefined : { state: neutral },
    bands: compileBands(indicator),
    blank: { indicator: id, zh, value: null, band: null, pointsHundredths: null, maxHundredths: hundredths(points), source, nearest: null },
  };
}

function lineOf({ id, bands, blank }: CompiledIndicator, fact: Fact): ScoreLine & { readonly pointsHundredths: number } {
  const band = bands.find(({ matches }) => matches(fact));
  if (!band) throw new PolicyError('scorecard.no-band', { indicator: id, value: valueText(fact) });
  return { ...blank, value: valueText(fact), band: band.text, pointsHundredths: band.pointsHundredths, source: band.source, nearest: band.nearest };
}

/**
 * 编译评分卡 — the evaluator of a card: the total and a line per indicator with value, band, points, reference and the
 * nearest change that would raise it. Missing data make the subject “insufficient”; a missing consent makes it “not rated
 * on economics”, the other lines still shown. `scorecard.no-band` for a code where numbers are judged, or the other way round.
 */
export function compileScorecard(card: Scorecard): CompiledScorecard {
  const compiled = card.indicators.map(compileIndicator);
  return {
    card,
    evaluate: (facts, consent = allGiven) => {
      const lines: ScoreLine[] = [];
      const missing: string[] = [];
      const withoutConsent: string[] = [];
      let points = 0;
      for (const indicator of compiled) {
        const withheld = indicator.consent.some((kind) => !consent[kind]);
        const fact = (withheld ? undefined : facts[indicator.id]) ?? indicator.neutral;
        if (fact === undefined) {
          (withheld ? withoutConsent : missing).push(indicator.id);
          lines.push(indicator.blank);
          continue;
        }
        const line = lineOf(indicator, fact);
        points += line.pointsHundredths;
        lines.push(line);
      }
      const status: RatedStatus = withoutConsent.length > 0 ? 'not-rated-on-economics' : missing.length > 0 ? 'insufficient' : 'rated';
      return { status, pointsHundredths: status === 'rated' ? points : null, lines, missing, withoutConsent };
    },
  };
}
