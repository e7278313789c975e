import { DatedRules } from '@credit/platform';
import { z } from 'zod';

const shape = z.strictObject({ from: z.iso.date(), publicLeast: z.int().positive(), source: z.string() });

/** 异议规则 of `rules/appeals.yaml`. */
export type AppealsRules = z.output<typeof shape>;

const rules = new DatedRules('rules/appeals.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function appealsRules(day: string): AppealsRules {
  return rules.on(day);
}
