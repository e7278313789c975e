import { DatedRules } from '@credit/platform';
import { z } from 'zod';

const villageCode = z.string().regex(/^\d{12}$/, '须为 12 位区划代码');
const names = z.record(z.string(), z.string().min(1));

const phase = z
  .strictObject({
    code: z.string().min(1),
    zh: z.string().min(1),
    division: villageCode,
    from: z.iso.date(),
    to: z.iso.date(),
    filingGoal: z.number().gt(0).max(1),
    villages: z.array(villageCode).min(1).optional(),
    villageShare: z.int().positive().max(100).optional(),
    source: z.string().min(1),
  })
  .refine(({ villages, villageShare }) => (villages === undefined) !== (villageShare === undefined), '须点名各村（villages）或写明占比（villageShare），二者取一')
  .refine(({ from, to }) => from <= to, '阶段的起始日不得晚于截止日');

const seat = z
  .strictObject({ capacities: z.array(z.string()).min(1), zh: z.string().min(1), least: z.int().min(0), most: z.int().positive().optional() })
  .transform(({ most, ...rest }) => ({ ...rest, ...(most === undefined ? {} : { most }) }));

const shape = z.strictObject({
  from: z.iso.date(),
  phases: z.array(phase),
  exclusionReasons: names,
  trendWeeks: z.int().positive().max(53),
  bodies: z.record(z.string(), z.strictObject({ zh: z.string().min(1), seats: z.array(seat).min(1), source: z.string().min(1) })),
  trainingTopics: names,
  checklist: z.array(z.strictObject({ code: z.string().min(1), zh: z.string().min(2), perVillage: z.boolean().default(false), dueInDays: z.int().positive(), source: z.string().min(1) })),
  workKinds: names,
  mostLoggedMinutes: z.int().positive().max(1440),
  derivedLeastMinutes: z.int().min(0),
  derivedMostMinutes: z.int().positive().max(1440),
  knownSources: names,
  source: z.string().min(1),
});

/** 工作推进的规则 of `rules/programme.yaml`. 二、三(一)、三(二)、四 */
export type ProgrammeRules = z.output<typeof shape>;

/** 建设阶段 — which villages, or which share of them, reach the filing goal by when. 二 */
export type Phase = ProgrammeRules['phases'][number];

const rules = new DatedRules('rules/programme.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function programmeRules(day: string): ProgrammeRules {
  return rules.on(day);
}

/** The codes a person may choose from, in a sentence. */
export function choices(codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes)
    .map(([code, zh]) => `${code}（${zh}）`)
    .join('、');
}
