import type { ProblemRow } from './row';

export const civilityProblems = {} satisfies Record<string, ProblemRow>;
