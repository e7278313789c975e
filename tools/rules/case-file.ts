import { RuleFile, type Rules } from '@credit/platform';
import { issue, PolicyError } from '@credit/policy';
import { z } from 'zod';
import { outcomes, situationKinds, situations } from './case-shapes';
import { outcomeOf } from './run-case';

export interface CaseReport {
  readonly passed: number;
  /** One sentence per failed or unreadable case, with file and line. */
  readonly failures: readonly string[];
}

const caseShape = z.looseObject({ name: z.string(), expect: z.record(z.string(), z.unknown()) });

/** Numbers of equal value and texts of equal letters are the same; of objects only the keys that are expected are compared. */
function differs(expected: unknown, actual: unknown): boolean {
  if (expected !== null && typeof expected === 'object' && !Array.isArray(expected)) {
    return actual === null || typeof actual !== 'object' || Object.entries(expected).some(([key, value]) => differs(value, (actual as Record<string, unknown>)[key]));
  }
  if (Array.isArray(expected)) return !Array.isArray(actual) || expected.length !== actual.length || expected.some((value, index) => differs(value, actual[index]));
  if (typeof expected === 'number' || typeof actual === 'number') return Number(expected) !== Number(actual);
  return expected !== actual;
}

const shown = (value: unknown): string => (value === undefined ? '（没有这一项）' : typeof value === 'string' ? value : JSON.stringify(value));

function failuresOf(rules: Rules, file: RuleFile, written: unknown, index: number): string[] {
  const at = (path: readonly (string | number)[], sentence: string): string => file.sentence(issue([index, ...path], 'case', sentence));
  const parsed = caseShape.safeParse(written);
  if (!parsed.success) return [at([], '每个事例须有 name（名称）和 expect（预期）')];
  const { name, expect, ...rest } = parsed.data;
  const keys = Object.keys(rest);
  const kind = situationKinds.find((one) => one === keys[0]);
  if (keys.length !== 1 || !kind) return [at([keys[0] ?? 'name'], `“${name}”须且只须写一种情形：${situationKinds.join('、')}；现有：${keys.join('、') || '无'}`)];
  const situation = situations[kind].safeParse(rest[kind]);
  if (!situation.success) return situation.error.issues.map((fault) => at([kind, ...fault.path.map(String)], `“${name}”的 ${kind}.${fault.path.join('.')} 填写有误：${fault.message}`));
  const stray = Object.keys(expect).filter((key) => !outcomes[kind].includes(key));
  if (stray.length > 0) return [at(['expect', stray[0] ?? ''], `“${name}”的预期里没有 ${stray.join('、')} 这一项；${kind} 可用：${outcomes[kind].join('、')}`)];
  try {
    const actual = outcomeOf(rules, kind, situation.data as never);
    return Object.entries(expect)
      .filter(([key, value]) => differs(value, actual[key]))
      .map(([key, value]) => at(['expect', key], `“${name}” ${key}：预期 ${shown(value)}，实际 ${shown(actual[key])}`));
  } catch (error) {
    const reason = error instanceof PolicyError ? `${error.code} ${JSON.stringify(error.facts)}` : error instanceof Error ? error.message : String(error);
    return [at([kind], `“${name}”无法计算：${reason}`)];
  }
}

/** Runs one file of cases. */
export function runCaseFile(rules: Rules, path: string, name: string = path): CaseReport {
  const file = new RuleFile(path, name);
  const syntax = file.syntaxFaults();
  if (syntax.length > 0) return { passed: 0, failures: syntax };
  const cases = file.data;
  if (!Array.isArray(cases)) return { passed: 0, failures: [`${name}:1 事例文件须是一个列表，每项以“- name:”开头`] };
  const failures = cases.map((one: unknown, index) => failuresOf(rules, file, one, index));
  return { passed: failures.filter((found) => found.length === 0).length, failures: failures.flat() };
}
