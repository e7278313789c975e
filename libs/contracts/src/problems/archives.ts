import type { ProblemRow } from './row';

export const archivesProblems = {} satisfies Record<string, ProblemRow>;
