import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.string().min(1);
const share = z
  .strictObject({ numerator: z.int().positive(), denominator: z.int().positive() })
  .refine(({ numerator, denominator }) => numerator <= denominator, '比例须在 0 与 1 之间');
const named = share.safeExtend({ zh: text });

const shape = z
  .array(
    z.strictObject({
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
    }),
  )
  .min(1)
  .refine((versions) => versions.every(({ from }, index) => index === 0 || (versions[index - 1]?.from ?? '') < from), '版本须按起始日先后排列，且不得重复');

/** 信用村评定规则 of `rules/villages.yaml`. 三(六) 信用村 */
export type VillageRules = z.output<typeof shape>[number];
export type Share = z.output<typeof share>;

const versions = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/villages.yaml'), 'utf8')));

/** The version in force on a day; before the first one, the first. */
export function villageRulesOn(day: PlainDate): VillageRules {
  const version = versions.findLast(({ from }) => from <= day) ?? versions[0];
  if (!version) throw new Error('rules/villages.yaml is empty');
  return version;
}

/** The least whole number that makes up the share of a number. */
export function leastOf({ numerator, denominator }: Share, whole: number): number {
  return Math.ceil((whole * numerator) / denominator);
}
