import { appealsProblems } from './appeals';
import { archivesProblems } from './archives';
import { civilityProblems } from './civility';
import { exchangeProblems } from './exchange';
import { gatewayProblems } from './gateway';
import { identityProblems } from './identity';
import { platformProblems } from './platform';
import { publicityProblems } from './publicity';
import { ratingProblems } from './rating';
import type { ProblemRow } from './row';

/** 问题目录 — one table of every stable code; a code without a row does not compile. */
export const problems = {
  ...platformProblems,
  ...identityProblems,
  ...archivesProblems,
  ...civilityProblems,
  ...publicityProblems,
  ...appealsProblems,
  ...ratingProblems,
  ...exchangeProblems,
  ...gatewayProblems,
} satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

/** One place in the input and what to do about it. */
export interface InputFault {
  readonly path: string;
  readonly message: string;
}

/**
 * 办理问题 — the one error that use cases throw towards people: a stable code, facts (ids, days, codes; never personal
 * data) and, for faulty input, each place with a Chinese sentence.
 */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly faults: readonly InputFault[] = [],
    readonly detail?: string,
  ) {
    super(code);
  }
}
