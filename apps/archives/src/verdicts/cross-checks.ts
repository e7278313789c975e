import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { compare, type Fraction, fractionOf } from '@credit/policy';
import { parse } from 'yaml';
import { z } from 'zod';

const shape = z.array(
  z.strictObject({
    id: z.string(),
    kind: z.enum(['household', 'entity', 'collective']),
    /** The value on the left must not be more than the one on the right; `members` and `adults` are counted in the file. */
    left: z.string(),
    atMost: z.string(),
    zh: z.string(),
    source: z.string(),
  }),
);

const checks = shape.parse(parse(readFileSync(join(repositoryRoot(), 'rules/cross-checks.yaml'), 'utf8')));

/** 交叉核对 — places where two values of a file do not go together: offered to the verifier, judged by nobody. 三(五) */
export function crossChecks(kind: string, values: Readonly<Record<string, string>>): { id: string; message: string }[] {
  const numberOf = (name: string): Fraction | undefined => {
    const text = values[name];
    return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? fractionOf(text) : undefined;
  };
  return checks
    .filter((check) => check.kind === kind)
    .flatMap(({ id, left, atMost, zh }) => {
      const [a, b] = [numberOf(left), numberOf(atMost)];
      return a && b && compare(a, b) > 0 ? [{ id, message: `${zh}（${values[left]} 与 ${values[atMost]}）` }] : [];
    });
}
