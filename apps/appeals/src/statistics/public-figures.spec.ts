import fc from 'fast-check';
import { publicFigures } from './public-figures';

const figures = { villageCode: '341525109204', ground: 'own-score', number: 7, results: [{ result: 'score-kept', number: 4 }, { result: 'score-changed', number: 3 }], overdue: 0, answered: 7, answeredLate: 1, minDays: 1, medianDays: 3, maxDays: 6, onTimePercent: 85.7 };

it('shows counts, results and days when none is small', () => {
  expect(publicFigures(figures, 3)).toEqual({
    villageCode: '341525109204',
    ground: 'own-score',
    number: '7',
    results: [{ result: 'score-kept', number: '4' }, { result: 'score-changed', number: '3' }],
    medianDays: 3,
    maxDays: 6,
    onTimePercent: 85.7,
  });
});

it('says only that a small number is small, and nothing about its days', () => {
  expect(publicFigures({ ...figures, number: 2, results: [{ result: 'score-kept', number: 2 }], answered: 2 }, 3)).toMatchObject({ number: '少于3', results: null, medianDays: null, maxDays: null, onTimePercent: null });
});

it('leaves all results out when one of them is small, because it could be told from the others', () => {
  expect(publicFigures({ ...figures, results: [{ result: 'score-kept', number: 6 }, { result: 'score-changed', number: 1 }] }, 3)).toMatchObject({ number: '7', results: null });
});

it('never lets a count below the least out, whatever the figures', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 2, max: 6 }), (numbers, least) => {
      const shown = publicFigures({ ...figures, number: numbers.reduce((sum, one) => sum + one, 0), results: numbers.map((number, index) => ({ result: `r${index}`, number })) }, least);
      for (const text of [shown.number, ...(shown.results ?? []).map(({ number }) => number)]) if (text !== `少于${least}`) expect(Number(text)).toBeGreaterThanOrEqual(least);
    }),
  );
});
