import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';

const items = z.array(z.string()).min(1);
const shape = z
  .array(
    z.strictObject({
      from: z.string(),
      schema: z.int().positive(),
      purpose: z.string(),
      chunkRows: z.int().positive().max(1000),
      nightlyFrom: z.int().min(0).max(23),
      retryMinutes: z.strictObject({ first: z.number().positive(), most: z.number().positive() }),
      answerMinutes: z.number().positive(),
      rejections: z.record(z.string(), z.string()),
      items: z.strictObject({ household: items, entity: items, collective: items }),
      source: z.string(),
    }),
  )
  .min(1);

/** 省平台规则 of `rules/province.yaml`. */
export type ProvinceRules = z.output<typeof shape>[number];

const versions = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/province.yaml'), 'utf8')));

/** The version in force on a day. */
export function provinceRules(today: string): ProvinceRules {
  const version = versions.findLast(({ from }) => from <= today) ?? versions[0];
  if (!version) throw new Error('rules/province.yaml is empty');
  return version;
}
