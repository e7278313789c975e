import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';

/** 家庭变动的种类 */
export const eventKinds = ['birth', 'death', 'marriage', 'split', 'merge', 'move', 'village-merger', 'duplicate'] as const;
export type EventKind = (typeof eventKinds)[number];

const follows = z.strictObject({ zh: z.string().min(1), file: z.enum(['kept', 'recheck', 'recollect']), follows: z.string().min(1), source: z.string().min(1) });
const shape = z
  .array(
    z.strictObject({
      from: z.iso.date(),
      head: z.string().min(1),
      closedAs: z.string().min(1),
      consentsEndOnLeaving: z.boolean(),
      controlRoles: z.record(z.string(), z.string().min(1)),
      kinds: z.record(z.enum(eventKinds), follows),
      source: z.string().min(1),
    }),
  )
  .min(1);

/** 家庭变动规则 of `rules/households.yaml`. 三(六)1 */
export type HouseholdRules = z.output<typeof shape>[number];

const versions = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/households.yaml'), 'utf8')));

/** The version in force on a day; before the first one, the first. */
export function householdRules(day: string): HouseholdRules {
  const rules = versions.findLast(({ from }) => from <= day) ?? versions[0];
  if (!rules) throw new Error('rules/households.yaml is empty');
  return rules;
}
