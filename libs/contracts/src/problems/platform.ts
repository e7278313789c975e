import type { ProblemRow } from './row';

/** Problems every service can answer. */
export const platformProblems = {
  'input.invalid': { status: 400, title: '提交的内容有误，请按提示逐项改正后重新提交' },
  'input.too-large': { status: 413, title: '提交的内容过大，请分批提交' },
  'input.unreadable': { status: 400, title: '无法读取提交的内容，请检查格式后重新提交' },
  'media.unsupported': { status: 415, title: '不支持这种内容类型，请按接口说明提交' },
  'subject.erased': { status: 410, title: '该主体的个人信息已依法删除，不能再登记或查阅' },
  'not-found': { status: 404, title: '没有找到所要的内容，请核对编号' },
  'request.key-missing': { status: 400, title: '缺少请求编号（requestId / Idempotency-Key），请补上后重试' },
  'request.key-reused': { status: 422, title: '这个请求编号已用于内容不同的另一请求，请换一个新编号' },
  'request.in-progress': { status: 409, title: '同一请求正在处理，请稍候再查看结果' },
  'conflict.changed': { status: 409, title: '内容已被他人更新，请刷新后再操作' },
  'auth.missing': { status: 401, title: '尚未登录，请先登录' },
  'auth.invalid': { status: 401, title: '登录凭证无效，请重新登录' },
  'auth.expired': { status: 401, title: '登录已过期，请重新登录' },
  'auth.scope-missing': { status: 403, title: '登录凭证没有这一范围（scope），请在取得凭证时申请；登记时未约定的范围须先办理登记' },
  'access.denied': { status: 403, title: '您当前的任职没有这项权限' },
  'access.outside-division': { status: 403, title: '所办事项不在您任职的行政区划内' },
  'rate.limited': { status: 429, title: '操作过于频繁，请稍后再试' },
  'query.too-deep': { status: 400, title: '查询层次过深，请简化查询' },
  'query.too-costly': { status: 400, title: '一次查询的内容过多，请减少字段或分页查询' },
  'peer.unavailable': { status: 503, title: '相关服务暂时不可用，未作任何更改，请稍后重试' },
  'storage.unavailable': { status: 503, title: '系统存储暂时不可用，请稍后用原请求编号重试，不会重复办理' },
  'sandbox.only': { status: 403, title: '此功能仅限演示环境使用' },
  'state.illegal-move': { status: 409, title: '当前状态不允许这一步操作' },
  'internal.error': { status: 500, title: '系统内部错误，已记录，请联系管理员并提供请求编号' },
} satisfies Record<string, ProblemRow>;
