import { fractionOf, grades, isPlainDate, termKinds } from '@credit/policy';
import { z } from 'zod';

const decimal = /^\d+(\.\d{1,2})?$/;
const day = z.string().refine(isPlainDate, '日期须形如 2022-12-01，且为真实日期');

/** Points as people write them, kept exactly: 90.45 → 9045 hundredths. */
const hundredths = z.union([z.number(), z.string()]).transform((written, context) => {
  const text = String(written);
  if (decimal.test(text)) return Number((fractionOf(text).num * 100n) / fractionOf(text).den);
  context.addIssue({ code: 'custom', message: '分值须为不小于 0 的数，至多两位小数' });
  return z.NEVER;
});

/** A number as people write it: long ones lose digits unless they stand in quotes. */
const writtenNumber = z.union([z.string(), z.number()]).transform((written, context) => {
  if (typeof written === 'string' || Number.isSafeInteger(written)) return String(written);
  context.addIssue({ code: 'custom', message: "长号码请加引号，如 '341525190001019912'" });
  return z.NEVER;
});

/** 事例 — what a clerk writes: a name, one situation, and what is expected of it. */
export const situations = {
  window: z.strictObject({ kind: z.enum(termKinds), openedOn: day, roll: z.boolean().optional(), days: z.int().optional() }),
  civility: z.strictObject({ positives: z.array(hundredths).default([]), negatives: z.array(hundredths).default([]), vetoes: z.int().nonnegative().default(0), on: day.optional() }),
  household: z.strictObject({ civility: hundredths, quantitative: hundredths, caps: z.array(z.enum(grades)).default([]), on: day.optional() }),
  scorecard: z.strictObject({
    card: z.enum(['H', 'E', 'C', 'V']),
    on: day,
    facts: z.record(z.string(), z.unknown()),
    consent: z.union([z.boolean(), z.strictObject({ economics: z.boolean(), credit: z.boolean() })]).default(true),
  }),
  identifier: z.strictObject({ kind: z.enum(['residentId', 'creditCode', 'division', 'mobile', 'householdNo']), value: writtenNumber, sandbox: z.boolean().optional() }),
} as const;

export type SituationKind = keyof typeof situations;
export type Situation<K extends SituationKind> = z.output<(typeof situations)[K]>;

export const situationKinds = Object.keys(situations) as SituationKind[];

/** What each kind of situation can be expected to give; `refused` is the code of the rule that says no. */
export const outcomes: Readonly<Record<SituationKind, readonly string[]>> = {
  window: ['lastDay', 'overAt', 'refused'],
  civility: ['score'],
  household: ['total', 'grade', 'creditSubject'],
  scorecard: ['points', 'lines', 'status', 'missing', 'withoutConsent', 'grade'],
  identifier: ['valid', 'reason', 'normalised', 'warning', 'message', 'birthDate', 'gender', 'kind', 'level', 'groupCode', 'villageCode'],
};
