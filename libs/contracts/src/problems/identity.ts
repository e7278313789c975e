import type { ProblemRow } from './row';

export const identityProblems = {} satisfies Record<string, ProblemRow>;
