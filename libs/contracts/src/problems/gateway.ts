import type { ProblemRow } from './row';

export const gatewayProblems = {
  'sign-in.failed': { status: 400, title: '登录没有完成，请重新登录' },
  'form.stale': { status: 403, title: '页面已失效，请刷新后再操作' },
  'progress.unknown-kind': { status: 404, title: '没有这类进度可以查看' },
  'export.unknown-list': { status: 404, title: '没有这份清单，请使用总图中清单的名称' },
  'export.too-large': { status: 422, title: '这份清单太长，请缩小范围后再导出' },
} satisfies Record<string, ProblemRow>;
