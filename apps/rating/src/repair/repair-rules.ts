import { DatedRules } from '@credit/platform';
import { grades, type PlainDate } from '@credit/policy';
import { z } from 'zod';

const text = z.string().min(1);
const whole = z.int().positive();
const counts = z.union([z.strictObject({ above: z.int().nonnegative() }), z.strictObject({ equals: text })]);

const shape = z
.strictObject({
  from: z.iso.date(),
  regrade: z.strictObject({
    answerDays: whole,
    causes: z.record(text, z.strictObject({ zh: text, underReview: z.boolean(), ends: z.boolean(), endsRepairOf: z.array(text), breaksPledge: z.boolean().default(false) })),
  }),
  repair: z.strictObject({
    levels: z.record(text, z.strictObject({ zh: text, waitMonths: whole, observationMonths: whole })),
    facts: z.record(text, z.strictObject({ zh: text, item: text, counts, repairedAs: text, level: text })),
    longestYears: whole,
    reviewDays: whole,
  }),
  registers: z.strictObject({
    longestYears: whole,
    legalBases: z.record(text, text),
    ordinaryService: text,
    leaderGrade: z.enum(grades),
    supportCivilityAtLeast: z.number().min(0).max(100),
  }),
  source: text,
})
.refine(({ repair }) => Object.values(repair.facts).every(({ level }) => repair.levels[level] !== undefined), '每种不良事实的程度须在 levels 中登记');

/** 动态调整、信用修复和名册的规则 of `rules/repair.yaml`. 三(八)3 */
export type RepairRules = z.output<typeof shape>;
export type AdverseFact = RepairRules['repair']['facts'][string];

const rules = new DatedRules('rules/repair.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function repairRulesOn(day: PlainDate): RepairRules {
  return rules.on(day);
}

/** Whether an item's value is one that counts against its subject. */
export function isAdverse({ counts: rule }: AdverseFact, value: string): boolean {
  return 'above' in rule ? Number(value) > rule.above : value === rule.equals;
}
