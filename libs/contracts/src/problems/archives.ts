import type { ProblemRow } from './row';

export const archivesProblems = {
  'import.not-a-workbook': { status: 400, title: '无法读取上传的文件，请上传 .xlsx 格式的村级信息采集表' },
  'import.not-previewed': { status: 409, title: '这次导入没有等待确认的预览，请重新上传' },
  'import.too-large': { status: 413, title: '上传的工作簿过大，请分村上传' },
  'import.file-missing': { status: 400, title: '没有收到文件，请在 file 字段中上传工作簿' },
  'file.not-submitted': { status: 409, title: '档案尚未提交校核，请先由村级提交' },
  'file.verifier-collected': { status: 403, title: '采集人不能校核自己采集的档案，请由他人校核' },
  'file.not-assigned': { status: 403, title: '这份档案没有分派给您校核' },
  'verdict.incomplete': { status: 409, title: '逐项校核须对每一项给出结论，请补齐后再提交' },
  'verdict.changed': { status: 409, title: '档案内容在您查看之后有更新，请刷新后重新校核' },
  'need.answered': { status: 409, title: '这件诉求已经答复' },
  'need.not-assigned': { status: 403, title: '这件诉求交办给了他人，请由承办人答复' },
  'member.elsewhere': { status: 409, title: '该人员已登记在另一户，请先办理迁出' },
  'consent.not-a-member': { status: 409, title: '该人员不是本户现有成员' },
  'sample.seed-mismatch': { status: 409, title: '公布的随机数与事先承诺的摘要不符' },
  'sample.concluded': { status: 409, title: '这次抽查已有结论，不能再登记' },
  'sample.drawn': { status: 409, title: '这次抽查已经抽取样本' },
} satisfies Record<string, ProblemRow>;
