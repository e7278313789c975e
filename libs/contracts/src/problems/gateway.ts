import type { ProblemRow } from './row';

export const gatewayProblems = {} satisfies Record<string, ProblemRow>;
