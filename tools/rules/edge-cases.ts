import { type Band, compileScorecard, factFrom, type Facts, fractionOf, type Indicator, type Scorecard } from '@credit/policy';

const step = 0.0001;

/** Written facts at, just below and just above every edge of an indicator, and every state and code it knows. */
export function edgeFacts(indicator: Indicator): object[] {
  const edges = indicator.bands.flatMap((band) => [band.atLeast, band.above, band.atMost, band.below].filter((edge) => edge !== undefined));
  const numbers = edges.flatMap((edge) => [-step, 0, step].map((shift) => ({ ratio: (Number(edge) + shift).toFixed(4) })));
  const states = indicator.bands.flatMap((band) => (band.state === undefined ? [] : [{ state: band.state }]));
  const codes = indicator.bands.flatMap((band) => (band.is === undefined ? [] : [{ value: band.is }]));
  return [...states, ...codes, ...numbers, ...(codes.length > 0 ? [{ value: 'something-else' }] : [])];
}

/** The best fact of every indicator, so that one indicator can be tried while the others stay at their top. */
export function bestFacts(card: Scorecard): Facts {
  return Object.fromEntries(card.indicators.map((indicator) => [indicator.id, bestFact(card, indicator)]));
}

function bestFact(card: Scorecard, indicator: Indicator): Facts[string] {
  const evaluator = compileScorecard({ ...card, indicators: [indicator] });
  const tried = edgeFacts(indicator).map((written) => factFrom(written, indicator));
  return tried.toSorted((a, b) => points(b) - points(a))[0];

  function points(fact: Facts[string]): number {
    return evaluator.evaluate({ [indicator.id]: fact }).pointsHundredths ?? 0;
  }
}

/** A fact that lies in a band of numbers or codes: what a household would have to reach. */
export function factIn(band: Band): Facts[string] {
  if (band.is !== undefined) return { code: band.is };
  if (band.atLeast !== undefined) return { number: fractionOf(band.atLeast) };
  if (band.above !== undefined) return { number: fractionOf((Number(band.above) + step).toFixed(4)) };
  if (band.atMost !== undefined) return { number: fractionOf(band.atMost) };
  if (band.below !== undefined) return { number: fractionOf((Number(band.below) - step).toFixed(4)) };
  return undefined;
}
