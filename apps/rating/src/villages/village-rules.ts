import { DatedRules } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { z } from 'zod';

const text = z.string().min(1);
const share = z
  .strictObject({ numerator: z.int().positive(), denominator: z.int().positive() })
  .refine(({ numerator, denominator }) => numerator <= denominator, '比例须在 0 与 1 之间');
const named = share.safeExtend({ zh: text });

const shape = z.strictObject({
  from: z.iso.date(),
  ratedFirst: z.strictObject({ household: named, entity: named, collective: named }),
  poll: z.strictObject({
    voters: z.record(text, text),
    ways: z.record(text, text),
    answers: z.record(text, z.strictObject({ zh: text, counts: z.enum(['favourable', 'valid', 'returned']) })),
    quorum: share,
    quorumOfEachKind: share,
  }),
  departments: z.record(text, text).refine((all) => Object.keys(all).length > 1, '县级复审须有两个以上部门'),
  changeAnswerDays: z.int().positive(),
  plaque: z.strictObject({ text: text.refine((one) => one.includes('{grade}'), '牌匾文字须写明 {grade}'), issuer: text }),
  source: text,
});

/** 信用村评定规则 of `rules/villages.yaml`. 三(六) 信用村 */
export type VillageRules = z.output<typeof shape>;
export type Share = z.output<typeof share>;

const rules = new DatedRules('rules/villages.yaml', shape);

/** The version in force on a day; before the first one, the first. */
export function villageRulesOn(day: PlainDate): VillageRules {
  return rules.on(day);
}

/** The least whole number that makes up the share of a number. */
export function leastOf({ numerator, denominator }: Share, whole: number): number {
  return Math.ceil((whole * numerator) / denominator);
}
