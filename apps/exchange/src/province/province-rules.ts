import { DatedRules } from '@credit/platform';
import { z } from 'zod';

const items = z.array(z.string()).min(1);
const shape = z.strictObject({
  from: z.string(),
  schema: z.int().positive(),
  purpose: z.string(),
  chunkRows: z.int().positive().max(1000),
  nightlyFrom: z.int().min(0).max(23),
  retryMinutes: z.strictObject({ first: z.number().positive(), most: z.number().positive() }),
  answerMinutes: z.number().positive(),
  rejections: z.record(z.string(), z.string()),
  items: z.strictObject({ household: items, entity: items, collective: items }),
  source: z.string(),
});

/** 省平台规则 of `rules/province.yaml`. */
export type ProvinceRules = z.output<typeof shape>;

const rules = new DatedRules('rules/province.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function provinceRules(day: string): ProvinceRules {
  return rules.on(day);
}
