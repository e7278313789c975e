import type { ProblemRow } from './row';

export const identityProblems = {
  'account.login-name-taken': { status: 409, title: '这个登录名已被使用，请换一个' },
  'account.password-weak': { status: 400, title: '口令太短或过于简单，请按要求重新设置' },
  'account.wrong-password': { status: 403, title: '原口令不正确' },
  'account.no-upstream': { status: 409, title: '本系统没有接入单位统一认证，请先由运维人员配置' },
  'account.subject-taken': { status: 409, title: '这个统一认证编号已关联其他账号，请核对' },
  'post.unknown-role': { status: 400, title: '没有这种任职，请核对角色' },
  'post.wrong-level': { status: 400, title: '任职的行政区划级别与角色不符，请核对' },
  'post.to-oneself': { status: 403, title: '不能给自己任职' },
  'post.separated-roles': { status: 409, title: '系统、安全、审计管理员须由三个不同的人担任' },
  'post.ended': { status: 409, title: '这项任职已经结束' },
  'client.name-taken': { status: 409, title: '这个接入方名称已登记' },
  'client.keys-invalid': { status: 400, title: '公钥格式有误：请提交只含公钥的 JWKS' },
  'sign-in.refused': { status: 401, title: '登录信息不正确，或账号暂时锁定，请稍后再试' },
} satisfies Record<string, ProblemRow>;
