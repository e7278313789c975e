import type { ProblemRow } from './row';

export const gatewayProblems = {
  'sign-in.failed': { status: 400, title: '登录没有完成，请重新登录' },
  'progress.unknown-kind': { status: 404, title: '没有这类进度可以查看' },
} satisfies Record<string, ProblemRow>;
