import fc from 'fast-check';
import { capped, gradeOf, grades, householdTotal, isCreditSubject, totalHundredths } from '@credit/policy';
import { refused } from '../../test/refused';

const weights = { civility: 30, quantitative: 70 };
const bands = (['AAA', 'AA', 'A', 'B', 'C', 'D'] as const).map((grade, index) => ({ grade, fromHundredths: [9000, 8000, 7000, 6000, 5000, 0][index] ?? 0 }));

it.each([
  [80, 60, 66],
  [95, 88.5, 90.45],
  [71, 72, 71.7],
  [0, 100, 70],
  [0, 64.29, 45],
])('civility %d and quantitative %d make %d, half up', (civility, quantitative, total) => {
  expect(totalHundredths({ civility: Math.round(civility * 100), quantitative: Math.round(quantitative * 100) }, weights)).toBe(Math.round(total * 100));
});

it('gives each grade from its cut-off on, to the hundredth', () => {
  for (const { grade, fromHundredths } of bands) {
    expect(gradeOf(bands, fromHundredths)).toBe(grade);
    if (fromHundredths > 0) expect(gradeOf(bands, fromHundredths - 1)).not.toBe(grade);
  }
});

it('lets the lowest cap win and never raises', () => {
  expect(capped('AAA', ['C', 'B'])).toBe('C');
  expect(capped('D', ['C'])).toBe('D');
  expect(householdTotal({ civility: 9500, quantitative: 8850, weights, bands, caps: ['C'] })).toEqual({ totalHundredths: 9045, grade: 'C', creditSubject: false });
});

it('never makes a better total worse in grade', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (a, b) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    expect(grades.indexOf(gradeOf(bands, high))).toBeLessThanOrEqual(grades.indexOf(gradeOf(bands, low)));
  }));
});

it('calls A and above a credit subject', () => expect(grades.filter(isCreditSubject)).toEqual(['AAA', 'AA', 'A']));

it('gives no grade below the last band, and says which total', () => {
  expect(refused(() => gradeOf(bands.slice(0, 5), 4999))).toEqual({ code: 'grade.no-band', facts: { total: 4999 } });
});
