import fc from 'fast-check';
import { upperErrorBound } from './error-bound';

describe('误差上限', () => {
  // 1 − 0.05^(1/n) for no fault; the others from published tables of exact one-sided 95% limits.
  it.each([
    [10, 0, 0.2589],
    [59, 0, 0.0495],
    [10, 1, 0.3942],
    [20, 2, 0.2826],
    [100, 5, 0.1023],
  ])('of %d checked with %d wrong is %d', (checked, wrong, bound) => expect(upperErrorBound(checked, wrong, 0.95)).toBeCloseTo(bound, 3));

  it('is nothing known without a sample, and everything when all was wrong', () => {
    expect(upperErrorBound(0, 0, 0.95)).toBe(1);
    expect(upperErrorBound(7, 7, 0.95)).toBe(1);
  });

  it('is never below the share found, falls with more checked and rises with more wrong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 0, max: 50 }), (checked, wrong) => {
        fc.pre(wrong < checked);
        const bound = upperErrorBound(checked, wrong, 0.95);
        expect(bound).toBeGreaterThanOrEqual(wrong / checked);
        expect(upperErrorBound(checked + 50, wrong, 0.95)).toBeLessThanOrEqual(bound + 1e-5);
        expect(upperErrorBound(checked, Math.min(wrong + 1, checked), 0.95)).toBeGreaterThanOrEqual(bound - 1e-5);
      }),
    );
  });
});
