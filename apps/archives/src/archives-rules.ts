import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';

const shape = z
  .array(
    z.strictObject({
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
    }),
  )
  .min(1);

/** 建档与抽查规则 of `rules/archives.yaml`. */
export type ArchivesRules = z.output<typeof shape>[number];

const versions = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/archives.yaml'), 'utf8')));

/** The version in force on a day. */
export function archivesRules(today: string): ArchivesRules {
  const version = versions.findLast(({ from }) => from <= today) ?? versions[0];
  if (!version) throw new Error('rules/archives.yaml is empty');
  return version;
}
