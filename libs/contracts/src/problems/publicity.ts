import type { ProblemRow } from './row';

export const publicityProblems = {} satisfies Record<string, ProblemRow>;
