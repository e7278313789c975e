import { PolicyError } from '../errors';
import { compare, decimalText, type Fraction, fractionOf } from './fraction';
import type { Fact, Facts } from './facts';
import type { Band, ConsentKind, Indicator, Scorecard } from './scorecard';

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
  const limit: Fraction = fractionOf(threshold);
  return (fact) => 'number' in fact && holds(compare(fact.number, limit));
}

/** The test of a band; a number never matches a state's or a code's band, nor the other way round. */
function testOf(band: Band): Matches {
  if (band.state !== undefined) return (fact) => 'state' in fact && fact.state === band.state;
  if (band.is !== undefined) return (fact) => 'code' in fact && fact.code === band.is;
  if (band.atLeast !== undefined) return numberTest(band.atLeast, (comparison) => comparison >= 0);
  if (band.above !== undefined) return numberTest(band.above, (comparison) => comparison > 0);
  if (band.atMost !== undefined) return numberTest(band.atMost, (comparison) => comparison <= 0);
  if (band.below !== undefined) return numberTest(band.below, (comparison) => comparison < 0);
  return (fact) => !('state' in fact);
}

/** How a band is named to people. */
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

function compileBands({ bands }: Indicator): CompiledBand[] {
  return bands.map((band) => ({
    matches: testOf(band),
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

/**
 * 编译评分卡 — the evaluator of a card: the total and a line per indicator with value, band, points, reference and the
 * nearest change that would raise it. Missing data make the subject “insufficient”; a missing consent makes it “not rated
 * on economics”, the other lines still shown.
 */
export function compileScorecard(card: Scorecard): CompiledScorecard {
  const compiled = card.indicators.map((indicator) => ({ indicator, maxHundredths: hundredths(indicator.points), bands: compileBands(indicator) }));
  return {
    card,
    evaluate: (facts, consent = allGiven) => {
      const lines: ScoreLine[] = [];
      const missing: string[] = [];
      const withoutConsent: string[] = [];
      let points = 0;
      for (const { indicator, maxHundredths, bands } of compiled) {
        const blank = { indicator: indicator.id, zh: indicator.zh, value: null, band: null, pointsHundredths: null, maxHundredths, source: indicator.source, nearest: null };
        if (indicator.consent?.some((kind) => !consent[kind])) {
          withoutConsent.push(indicator.id);
          lines.push(blank);
          continue;
        }
        const fact = facts[indicator.id];
        if (fact === undefined) {
          missing.push(indicator.id);
          lines.push(blank);
          continue;
        }
        const band = bands.find(({ matches }) => matches(fact));
        if (!band) throw new PolicyError('scorecard.no-band', { indicator: indicator.id, value: valueText(fact) });
        points += band.pointsHundredths;
        lines.push({ ...blank, value: valueText(fact), band: band.text, pointsHundredths: band.pointsHundredths, source: band.source, nearest: band.nearest });
      }
      const status: RatedStatus = withoutConsent.length > 0 ? 'not-rated-on-economics' : missing.length > 0 ? 'insufficient' : 'rated';
      return { status, pointsHundredths: status === 'rated' ? points : null, lines, missing, withoutConsent };
    },
  };
}
