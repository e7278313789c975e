import { DatedRules } from '@credit/platform';
import { z } from 'zod';

const named = { zh: z.string(), source: z.string() };
const shape = z.strictObject({
  from: z.string(),
  handoverReasons: z.record(z.string(), z.string()),
  accesses: z.record(z.string(), z.string()),
  accessesShown: z.int().positive(),
  erasureAnswerDays: z.int().positive(),
  grounds: z.record(z.string(), z.strictObject({ ...named, despiteRetention: z.boolean().default(false) })),
  retention: z.strictObject({ ...named, years: z.int().nonnegative() }),
  refusals: z.record(z.string(), z.strictObject({ ...named, untilRetentionEnds: z.boolean() })),
  excludedAs: z.strictObject({ erased: z.string(), retained: z.string() }),
  source: z.string(),
});

/** 个人信息权利规则 of `rules/rights.yaml`. */
export type RightsRules = z.output<typeof shape>;

const rules = new DatedRules('rules/rights.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function rightsRules(day: string): RightsRules {
  return rules.on(day);
}
