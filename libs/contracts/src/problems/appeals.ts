import type { ProblemRow } from './row';

export const appealsProblems = {} satisfies Record<string, ProblemRow>;
