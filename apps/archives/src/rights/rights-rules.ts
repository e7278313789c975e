import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';

const named = { zh: z.string(), source: z.string() };
const shape = z
  .array(
    z.strictObject({
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
    }),
  )
  .min(1);

/** 个人信息权利规则 of `rules/rights.yaml`. */
export type RightsRules = z.output<typeof shape>[number];

const versions = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/rights.yaml'), 'utf8')));

/** The version in force on a day. */
export function rightsRules(today: string): RightsRules {
  const version = versions.findLast(({ from }) => from <= today) ?? versions[0];
  if (!version) throw new Error('rules/rights.yaml is empty');
  return version;
}
