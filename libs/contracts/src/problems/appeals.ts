import type { ProblemRow } from './row';

export const appealsProblems = {
  'objection.not-objectable': { status: 409, title: '这类公示不设异议，请针对评议结果、评定名单或信用村名单的公示提出' },
  'objection.duplicate': { status: 409, title: '同一申请人就同一理由已提出过异议，请查看原件的办理情况' },
  'objection.unknown-subject': { status: 409, title: '所异议的对象不在这次公示的范围内，请核对公示编号和对象' },
  'objection.not-own': { status: 403, title: '只能办理本户的异议' },
  'objection.not-late': { status: 409, title: '只有因逾期未受理的异议才能因故补充受理' },
  'objection.already-reviewed': { status: 409, title: '这份不予受理决定已经复核过' },
  'objection.ended': { status: 409, title: '这份异议已不在办理中，请刷新后查看' },
  'objection.in-file': { status: 409, title: '这件反映的是档案差错，已移送档案更正，请在档案更正中办理' },
  'panel.not-needed': { status: 409, title: '评定名单的异议由县联席会议办公室办理，不召集村级复议' },
  'panel.composition': { status: 409, title: '复议人员组成不符合要求，请按提示调整' },
  'panel.no-quorum': { status: 409, title: '回避后到会人员不足法定人数，请增邀未涉及回避的人员后再议' },
  'panel.recused': { status: 403, title: '您须对这一户回避，请由其他负责人办理' },
  'panel.not-convened': { status: 409, title: '评议结果的异议须经复议会议决定，请先召集复议并在会后答复' },
  'panel.not-heard': { status: 409, title: '申请人或被异议户尚未听取陈述，请先记录陈述（经通知未到场的写明通知情况）后再作决定' },
  'answer.none': { status: 409, title: '这件异议尚未答复，没有可打印的答复书' },
  'answer.not-possible': { status: 409, title: '答复内容与所异议的结果不符，请按提示改正' },
} satisfies Record<string, ProblemRow>;
