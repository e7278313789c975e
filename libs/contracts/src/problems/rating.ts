import type { ProblemRow } from './row';

export const ratingProblems = {} satisfies Record<string, ProblemRow>;
