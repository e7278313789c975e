import { RuleFile, type Rules } from '@credit/platform';
import { issue, PolicyError } from '@credit/policy';
import { z } from 'zod';
import { outcomes, type SituationKind, situationKinds, situations } from './case-shapes';
import { differences, shown } from './differences';
import { outcomeOf } from './run-case';

export interface CaseReport {
  readonly passed: number;
  readonly failed: number;
  /** One sentence per difference or fault, with file and line. */
  readonly failures: readonly string[];
}

type Path = readonly (string | number)[];
type Fault = { readonly path: Path; readonly sentence: string };

const caseShape = z.looseObject({ name: z.string(), expect: z.record(z.string(), z.unknown()).refine((expect) => Object.keys(expect).length > 0) });
const inChinese = z.locales.zhCN().localeError;

function why(error: unknown): string {
  if (error instanceof PolicyError) return `${error.code} ${JSON.stringify(error.facts)}`;
  return error instanceof Error ? error.message : String(error);
}

function compare(rules: Rules, kind: SituationKind, situation: unknown, expect: Readonly<Record<string, unknown>>): Fault[] {
  try {
    const actual = outcomeOf(rules, kind, situation as never);
    return differences(expect, actual).map(({ path, expected, actual: got }) => ({ path: ['expect', ...path], sentence: `${path.join('.')}：预期 ${shown(expected)}，实际 ${shown(got)}` }));
  } catch (error) {
    return [{ path: [kind], sentence: `无法计算：${why(error)}` }];
  }
}

function faultsOf(rules: Rules, written: unknown): { name: string; faults: Fault[] } {
  const parsed = caseShape.safeParse(written);
  if (!parsed.success) return { name: '事例', faults: [{ path: [], sentence: '每个事例须有 name（名称）和 expect（预期）' }] };
  const { name, expect, ...rest } = parsed.data;
  const keys = Object.keys(rest);
  const kind = situationKinds.find((one) => one === keys[0]);
  if (keys.length !== 1 || !kind) {
    const stray = keys.find((key) => !(situationKinds as string[]).includes(key)) ?? keys[1] ?? 'name';
    return { name, faults: [{ path: [stray], sentence: `须且只须写一种情形：${situationKinds.join('、')}；现有：${keys.join('、') || '无'}` }] };
  }
  const situation = situations[kind].safeParse(rest[kind], { error: inChinese });
  if (!situation.success) {
    return { name, faults: situation.error.issues.map((fault) => ({ path: [kind, ...fault.path.map(String)], sentence: `${[kind, ...fault.path].join('.')} 填写有误：${fault.message}` })) };
  }
  const stray = Object.keys(expect).find((key) => !outcomes[kind].includes(key));
  if (stray !== undefined) return { name, faults: [{ path: ['expect', stray], sentence: `预期里没有 ${stray} 这一项；${kind} 可用：${outcomes[kind].join('、')}` }] };
  return { name, faults: compare(rules, kind, situation.data, expect) };
}

function unreadable(sentence: string): CaseReport {
  return { passed: 0, failed: 1, failures: [sentence] };
}

/** 运行一个事例文件; `name` is what people call the file. */
export function runCaseFile(rules: Rules, path: string, name: string = path): CaseReport {
  const file = RuleFile.open(path, name);
  const [syntax] = file.syntaxFaults();
  if (syntax !== undefined) return unreadable(syntax);
  const cases = file.data;
  if (!Array.isArray(cases) || cases.length === 0) return unreadable(`${name}:1 事例文件须是一个列表，每项以“- name:”开头`);
  const results = cases.map((one: unknown, index) => ({ index, ...faultsOf(rules, one) }));
  return {
    passed: results.filter(({ faults }) => faults.length === 0).length,
    failed: results.filter(({ faults }) => faults.length > 0).length,
    failures: results.flatMap(({ index, name: title, faults }) => faults.map(({ path: at, sentence }) => file.sentence(issue([index, ...at], 'case', `“${title}” ${sentence}`)))),
  };
}
