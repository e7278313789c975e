import type { PlainDate } from '@credit/policy';

/** 成文日期 — `2022-12-08` becomes 2022年12月8日; null leaves room to write one by hand. */
export function dayInChinese(day: PlainDate | null): string {
  if (day === null) return '　　　　年　　月　　日';
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}
