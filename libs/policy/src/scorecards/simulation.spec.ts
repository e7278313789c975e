import fc from 'fast-check';
import { addSums, noSums, type RatingOutcome, type SimulatedSubject, sumsOf } from '@credit/policy';

const outcome = (grade: 'AAA' | 'A' | 'B' | null, total: number, points: Record<string, number> = {}): RatingOutcome => ({
  status: grade === null ? 'insufficient' : 'rated',
  reasons: [],
  quantitativeHundredths: total,
  civilityHundredths: 8000,
  totalHundredths: total,
  grade,
  creditSubject: grade === 'AAA' || grade === 'A',
  caps: [],
  lines: Object.entries(points).map(([indicator, pointsHundredths]) => ({ indicator, zh: indicator, value: '1', band: 'x', pointsHundredths, maxHundredths: 2000, source: 'x', nearest: null })),
});
const subject = (before: RatingOutcome | null, after: RatingOutcome, facets = { village: 'v1' }): SimulatedSubject => ({ before, after, facets });

describe('评分卡试算', () => {
  it('says who moves where, and by which indicator most', () => {
    const sums = [
      subject(outcome('A', 7500, { H01: 1000, H02: 500 }), outcome('B', 6900, { H01: 900, H02: 0 })),
      subject(outcome('B', 6500, { H01: 500 }), outcome('A', 7100, { H01: 900 })),
      subject(outcome('A', 7500, { H01: 1000 }), outcome('AAA', 7500, { H01: 1000 })),
      subject(outcome('A', 7500), outcome('A', 7500)),
      subject(outcome('A', 7500), outcome('B', 7500)),
      subject(null, outcome('A', 7500)),
    ].map(sumsOf).reduce(addSums, noSums);
    expect(sums.subjects).toBe(6);
    expect(sums.matrix).toEqual({ 'A>B': 2, 'B>A': 1, 'A>AAA': 1, 'A>A': 1, 'none>A': 1 });
    expect(sums.movers).toEqual({ H02: { up: 0, down: 1 }, H01: { up: 1, down: 0 }, card: { up: 1, down: 1 } });
    expect(sums.shares).toEqual({ village: { v1: { subjects: 6, creditBefore: 4, creditAfter: 4 } } });
  });

  it('tells a status where there is no grade, and calls nobody moved for it', () => {
    const sums = sumsOf(subject(outcome('A', 7500), outcome(null, 0)));
    expect(sums.matrix).toEqual({ 'A>insufficient': 1 });
    expect(sums.movers).toEqual({});
  });

  it('adds up to the same whatever the order of villages', () => {
    const one = fc.constantFrom(subject(outcome('A', 7500), outcome('B', 6900), { village: 'v1' }), subject(outcome('B', 6000), outcome('A', 7000), { village: 'v2' }), subject(null, outcome('B', 6000), { village: 'v1' }));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (subjects) => {
        const sums = subjects.map(sumsOf);
        expect(sums.toReversed().reduce(addSums, noSums)).toEqual(sums.reduce(addSums, noSums));
      }),
    );
  });
});
