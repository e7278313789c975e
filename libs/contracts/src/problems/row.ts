/** 问题 — HTTP status and the Chinese sentence that says what to do. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
}
