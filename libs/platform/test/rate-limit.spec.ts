import { RateLimit } from '../src/http/rate-limit';

describe('频率限制', () => {
  it('lets as many through at once as in a minute, then one whenever its share of the minute has passed', () => {
    let now = 0;
    const limit = new RateLimit(60, () => now);
    expect(Array.from({ length: 60 }, () => limit.take('a'))).toEqual(Array<number>(60).fill(0));
    expect(limit.take('a')).toBe(1);
    now += 1_000;
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 1]);
    now += 3_600_000;
    expect(Array.from({ length: 61 }, () => limit.take('a')).at(-1)).toBe(1);
  });

  it('counts every caller apart', () => {
    const limit = new RateLimit(1, () => 0);
    expect([limit.take('a'), limit.take('b'), limit.take('a')]).toEqual([0, 0, 60]);
  });

  it('says how long to wait', () => {
    let now = 0;
    const limit = new RateLimit(6, () => now);
    for (let n = 0; n < 6; n += 1) limit.take('a');
    expect(limit.take('a')).toBe(10);
    now += 10_000;
    expect(limit.take('a')).toBe(0);
  });

  it('keeps no more callers than memory is set aside for, and forgets first who was silent longest', () => {
    let now = 0;
    const limit = new RateLimit(1, () => now);
    for (let n = 0; n < 30_000; n += 1) {
      now += 0.001;
      limit.take(`caller ${n}`);
    }
    expect(limit.take('caller 29999')).toBeGreaterThan(0);
    expect(limit.take('caller 0')).toBe(0);
  });
});
