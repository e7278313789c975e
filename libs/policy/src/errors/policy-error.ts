/** 规则不允许 — thrown by pure rules: a stable code and the facts (days, codes, counts) that a sentence can be made from. */
export class PolicyError extends Error {
  constructor(
    readonly code: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

/** 规则数据的问题 — where in the data it lies and, in Chinese, what to do about it. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export function issue(path: readonly (string | number)[], code: string, message: string, severity: Issue['severity'] = 'error'): Issue {
  return { path, code, message, severity };
}
