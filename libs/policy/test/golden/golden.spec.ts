import { join } from 'node:path';
import { itemsKindOf, loadRules, repositoryRoot } from '@credit/platform';
import { type Band, compileScorecard, type Condition, type Grade, hundredths, rateSubject, type Scorecard, type ScorecardKind } from '@credit/policy';
import { goldenSubjects, inWords } from './golden-file';
import { sidesOf, sidesReached } from './sides';

const rules = loadRules(join(repositoryRoot(), 'rules'));
const kinds: readonly ScorecardKind[] = ['H', 'E', 'C', 'V'];
const cards = kinds.map((kind) => {
  const card = rules.scorecards.find((one) => one.kind === kind && one.version === 1 && !one.profile);
  if (!card) throw new Error(`no default card ${kind}`);
  return { kind, card, items: rules.items[itemsKindOf[kind]], subjects: goldenSubjects(itemsKindOf[kind]) };
});

/** Values that no file can hold: fewer than no days, area or value insured, more than all years, quarters and kinds of property. */
const impossible = ['H01 just below 0', 'H11 just above 2', 'E01 just below 0', 'E07 just above 3', 'E12 just below 0', 'C04 just below 0', 'C07 just above 4'];

it('holds 200 subjects, each once', () => {
  const numbers = cards.flatMap(({ subjects }) => subjects.map(({ no }) => no));
  expect([numbers.length, new Set(numbers).size]).toEqual([200, 200]);
});

describe.each(cards)('card $kind', ({ card, items, subjects }) => {
  const compiled = compileScorecard(card);
  it.each(subjects)('$no is rated as worked out by hand', ({ input, expected }) => {
    expect(inWords(rateSubject(compiled, input), Object.keys(expected))).toEqual(expected);
  });

  it('reaches every band of every indicator from both sides, every special state and every code', () => {
    const wanted = card.indicators.flatMap((indicator) => sidesOf(indicator, items));
    const reached = new Set(card.indicators.flatMap((indicator) => subjects.flatMap((subject) => sidesReached(indicator, items, subject))));
    expect(wanted.filter((side) => !reached.has(side))).toEqual(impossible.filter((side) => side.startsWith(card.kind)));
  });

  it('reaches every grade on its cut-off and right below it', () => {
    const totals = subjects.map(({ expected }) => expected['total']);
    const step = card.weights ? 0.01 : 1;
    const wanted = card.grades.filter(({ from }) => from > 0).flatMap(({ from }) => [from, from - step]).map((total) => total.toFixed(2));
    expect(wanted.filter((total) => !totals.includes(total))).toEqual([]);
  });

  it('notices when any value of the card is another', () => {
    const unnoticed = changesOf(card).filter(({ changed }) => {
      const other = compileScorecard(changed);
      return subjects.every(({ input, expected }) => JSON.stringify(inWords(rateSubject(other, input), Object.keys(expected))) === JSON.stringify(inWords(rateSubject(compiled, input), Object.keys(expected))));
    });
    expect(unnoticed.map(({ what }) => what)).toEqual([]);
  });
});

interface Change {
  readonly what: string;
  readonly changed: Scorecard;
}

/** Every value of a card changed by the least that matters, one at a time. */
function changesOf(card: Scorecard): Change[] {
  const bands = card.indicators.flatMap((indicator, at) =>
    indicator.bands.flatMap((band, index) =>
      [{ ...band, points: band.points === 0 ? 1 : band.points - 1 }, ...withOtherSide(band)].map((changed) => ({
        what: `${indicator.id} ${JSON.stringify(changed)}`,
        changed: { ...card, indicators: card.indicators.with(at, { ...indicator, bands: indicator.bands.with(index, changed) }) },
      })),
    ),
  );
  const grades = card.grades.flatMap((band, index) => (band.from === 0 ? [] : [{ what: `${band.grade} later`, changed: { ...card, grades: card.grades.with(index, { ...band, from: hundredths(band.from + 0.01) / 100 }) } }]));
  const gates = card.gates.map((gate, index) => ({ what: gate.id, changed: { ...card, gates: card.gates.with(index, { ...gate, cap: 'D' as Grade }) } }));
  const requires = (card.requires ?? []).flatMap((requirement, index) =>
    withOtherSide(requirement).map((changed) => ({ what: requirement.id, changed: { ...card, requires: (card.requires ?? []).with(index, changed) } })),
  );
  const weights = card.weights ? [{ what: 'weights', changed: { ...card, weights: { civility: 31, quantitative: 69 } } }] : [];
  return [...bands, ...grades, ...gates, ...requires, ...weights];
}

/** “At least” for “more than” and the other way round; a code for another one. */
function withOtherSide<C extends Band | Condition>(condition: C): C[] {
  const { atLeast, above, atMost, below, is, ...rest } = condition;
  const bare = rest as C;
  if (atLeast !== undefined) return [{ ...bare, above: atLeast }];
  if (above !== undefined) return [{ ...bare, atLeast: above }];
  if (atMost !== undefined) return [{ ...bare, below: atMost }];
  if (below !== undefined) return [{ ...bare, atMost: below }];
  return is === undefined ? [] : [{ ...bare, is: 'another' }];
}
