import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { parse } from 'yaml';
import { z } from 'zod';

const shape = z.array(z.strictObject({ from: z.iso.date(), publicLeast: z.int().positive(), source: z.string() })).min(1);

/** 异议规则 of `rules/appeals.yaml`. */
export type AppealsRules = z.output<typeof shape>[number];

const versions = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/appeals.yaml'), 'utf8')));

/** The version in force on a day. */
export function appealsRules(today: string): AppealsRules {
  const version = versions.findLast(({ from }) => from <= today) ?? versions[0];
  if (!version) throw new Error('rules/appeals.yaml is empty');
  return version;
}
