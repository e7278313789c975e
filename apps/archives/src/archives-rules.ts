import { DatedRules } from '@credit/platform';
import { z } from 'zod';

const shape = z.strictObject({
  from: z.string(),
  coverageGoal: z.number(),
  sampleShare: z.number().positive(),
  sampleLeast: z.int().positive(),
  sampleErrorLimit: z.number().nonnegative(),
  missedReasons: z.record(z.string(), z.string()),
  keptWorkbookDays: z.int().positive(),
  sampleConfidence: z.number().gt(0.5).lt(1),
  adultAge: z.int().positive(),
  needDays: z.int().positive(),
  needCategories: z.record(z.string(), z.string()),
  visitPurposes: z.record(z.string(), z.string()),
  source: z.string(),
});

/** 建档与抽查规则 of `rules/archives.yaml`. */
export type ArchivesRules = z.output<typeof shape>;

const rules = new DatedRules('rules/archives.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function archivesRules(day: string): ArchivesRules {
  return rules.on(day);
}
