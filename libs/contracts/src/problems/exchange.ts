import type { ProblemRow } from './row';

export const exchangeProblems = {
  'consent.missing': { status: 403, title: '没有可用的授权，不能查询；请先由有关成年成员全部授权' },
  'consent.revoked': { status: 403, title: '授权已撤回，不能查询' },
  'consent.unknown-client': { status: 409, title: '没有登记过这个机构或已停用，不能向其授权' },
  'consent.purpose-not-agreed': { status: 409, title: '这个机构没有登记这一用途，不能为此授权' },
  'consent.not-own': { status: 403, title: '只能为本人给出或撤回授权' },
  'consent.not-adult': { status: 409, title: '授权人须为这一户现有的成年成员，请核对' },
  'consent.already-given': { status: 409, title: '同一授权人对同一机构、同一用途的授权仍在有效期内，无需重复登记' },
  'consent.already-revoked': { status: 409, title: '这份授权此前已经撤回' },
  'province.unavailable': { status: 503, title: '省平台暂时不能接收，系统将自动重试，无须操作' },
  'province.refused': { status: 502, title: '省平台拒绝了这次请求，请县级管理员核对接入配置与协议版本' },
  'province.not-configured': { status: 409, title: '本县没有启用省平台对接，请管理员设置 PROVINCE_COUNTY 后再试' },
} satisfies Record<string, ProblemRow>;
