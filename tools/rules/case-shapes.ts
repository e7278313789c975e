import { grades, termKinds } from '@credit/policy';
import { z } from 'zod';

const points = z.number().nonnegative();
const twoPlaces = z.union([z.number(), z.string().regex(/^\d+(\.\d{1,2})?$/)]);

/** A number as people write it: long ones lose digits unless they stand in quotes. */
const writtenNumber = z.union([z.string(), z.number().refine(Number.isSafeInteger, '长号码请加引号，如 \'341525190001019912\'').transform(String)]);

/** 事例 — what a clerk writes: a name, one situation, and what is expected of it. */
export const situations = {
  window: z.strictObject({ kind: z.enum(termKinds), openedOn: z.string(), roll: z.boolean().optional(), days: z.int().optional() }),
  civility: z.strictObject({ positives: z.array(points).default([]), negatives: z.array(points).default([]), vetoes: z.int().nonnegative().default(0) }),
  household: z.strictObject({ civility: twoPlaces, quantitative: twoPlaces, caps: z.array(z.enum(grades)).default([]), on: z.string().optional() }),
  scorecard: z.strictObject({
    card: z.enum(['H', 'E', 'C', 'V']),
    on: z.string(),
    facts: z.record(z.string(), z.unknown()),
    consent: z.union([z.boolean(), z.strictObject({ economics: z.boolean(), credit: z.boolean() })]).default(true),
  }),
  identifier: z.strictObject({ kind: z.enum(['residentId', 'creditCode', 'division', 'mobile', 'householdNo']), value: writtenNumber, sandbox: z.boolean().optional() }),
} as const;

export type SituationKind = keyof typeof situations;

export const situationKinds = Object.keys(situations) as SituationKind[];

/** What each kind of situation can be expected to give. */
export const outcomes: Readonly<Record<SituationKind, readonly string[]>> = {
  window: ['lastDay', 'overAt', 'refused'],
  civility: ['score'],
  household: ['total', 'grade', 'creditSubject'],
  scorecard: ['points', 'lines', 'status', 'missing', 'grade'],
  identifier: ['valid', 'reason', 'normalised', 'warning'],
};
