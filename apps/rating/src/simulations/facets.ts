import { addMonths, type PlainDate, plainDate } from '@credit/policy';
import type { RatingFile } from '../runs/rate-subject';

const adultMonths = 18 * 12;
const largestSizeTold = 6;

/** 年龄段 of the head: bands to read a table by, which judge nobody. */
function ageBand(adultFrom: string | null, today: PlainDate): string {
  if (adultFrom === null) return '不详';
  const bornOn = addMonths(plainDate(adultFrom), -adultMonths);
  const isAtLeast = (years: number): boolean => addMonths(bornOn, years * 12) <= today;
  if (isAtLeast(60)) return '60岁及以上';
  return isAtLeast(40) ? '40至59岁' : '40岁以下';
}

/** 分组口径 of a trial: by village, group, age of the head, household size and hardship. 三(六) */
export function facetsOf(file: RatingFile, villageCode: string, today: PlainDate): Record<string, string> {
  const place = { 村: villageCode, 组: file.groupCode };
  if (!file.facets) return place;
  const { headAdultFrom, size } = file.facets;
  return {
    ...place,
    户主年龄: ageBand(headAdultFrom, today),
    家庭人口: size >= largestSizeTold ? `${largestSizeTold}人及以上` : `${size}人`,
    困难情况: file.items['transfersOnly'] === 'yes' ? '仅有转移性收入' : '其他',
  };
}
