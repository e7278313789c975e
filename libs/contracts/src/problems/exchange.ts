import type { ProblemRow } from './row';

export const exchangeProblems = {} satisfies Record<string, ProblemRow>;
