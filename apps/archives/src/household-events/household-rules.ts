import { DatedRules } from '@credit/platform';
import { z } from 'zod';

/** 家庭变动的种类 */
export const eventKinds = ['birth', 'death', 'marriage', 'split', 'merge', 'move', 'village-merger', 'duplicate'] as const;
export type EventKind = (typeof eventKinds)[number];

const follows = z.strictObject({ zh: z.string().min(1), file: z.enum(['kept', 'recheck', 'recollect']), follows: z.string().min(1), source: z.string().min(1) });
const shape = z.strictObject({
  from: z.iso.date(),
  head: z.string().min(1),
  closedAs: z.string().min(1),
  consentsEndOnLeaving: z.boolean(),
  controlRoles: z.record(z.string(), z.string().min(1)),
  kinds: z.record(z.enum(eventKinds), follows),
  source: z.string().min(1),
});

/** 家庭变动规则 of `rules/households.yaml`. 三(六)1 */
export type HouseholdRules = z.output<typeof shape>;

const rules = new DatedRules('rules/households.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function householdRules(day: string): HouseholdRules {
  return rules.on(day);
}
