import { type PlainDate, plainDate } from '@credit/policy';
import { dayInChinese, type ExplanationInput, type Table } from '@credit/print';
import type { ExplanationDocument } from './explanation-document';

/** Whose explanation it is, as it may be shown on paper. */
export interface Addressee {
  readonly label: string;
  readonly subjectNo: string;
  readonly villageName: string;
}

const numbers: Readonly<Record<string, string>> = { household: '户编号', entity: '主体编号', collective: '主体编号' };
/** What stands in the way of a grade besides single indicators, which are told line by line. */
const obstacles: Readonly<Record<string, string>> = {
  scorecard: '评级日没有生效的评分卡。',
  'file-not-verified': '信用档案尚未完成校核。',
  consent: '没有授权使用经济或信贷信息；不授权不影响其他权利，授权后可以参加评级。',
  'not-reviewed': '本年度没有乡风文明评议结果。',
  'not-published': '乡风文明评议结果尚未公示。',
  'not-told': '乡风文明评议结果尚未告知本户。',
  'window-open': '乡风文明评议结果的异议期未满。',
  'objection-open': '乡风文明评议结果的异议尚未答复。',
  'outcome-in-publication': '乡风文明评议的复议结果正在公示。',
};

/** 测评说明 on paper: what came of it and why first, then every line, then what the reader may do. 个人信息保护法 24 */
export function explanationPaper(document: ExplanationDocument, { label, subjectNo, villageName }: Addressee, printedOn: PlainDate): ExplanationInput {
  const { subjectKind, ratedOn, scorecard, reasons, explanation } = document;
  const card = scorecard === null ? '' : `　　评分卡：${scorecard.name}第${scorecard.version}版`;
  return {
    title: '信用评级说明',
    number: null,
    madeOn: printedOn,
    lines: [`${label}　　${numbers[subjectKind] ?? '编号'}：${subjectNo}　　${villageName}`, `评级日：${dayInChinese(plainDate(ratedOn))}${card}　　打印日：${dayInChinese(printedOn)}`],
    summary: explanation?.summary ?? '本次没有测评。',
    scores: document.lines.length > 0 ? scores(document) : null,
    sections: [
      { caption: '没有评定等级的原因', sentences: reasons.flatMap((reason) => obstacles[reason] ?? []) },
      { caption: '影响最大的原因', sentences: explanation?.strongest ?? [] },
      { caption: '没有计入的', sentences: explanation?.notCounted ?? [] },
      { caption: '怎样提高', sentences: explanation?.raises ?? [] },
    ],
    closing: [
      '得分由系统按全县统一的评分卡计算。认为计算所用的资料有误的，可以申请更正；不同意仅由系统作出的评定的，可以申请人工复核，由经办人重新审查并说明理由。向村文书提出，不收费用。',
    ],
  };
}

function scores({ lines, civility, quantitative }: ExplanationDocument): Table {
  return {
    caption: '逐项得分',
    columns: [{ head: '指标', share: 9, align: 'left' }, { head: '取值', share: 4 }, { head: '所在档次', share: 7 }, { head: '得分', share: 3 }, { head: '满分', share: 3 }],
    rows: [
      ...lines.map(({ indicator, name, value, band, points, maximum }) => [`${indicator} ${name}`, shown(value), band ?? '未计入', points ?? '—', maximum]),
      ...(quantitative === null ? [] : [['定量部分合计', '', '', quantitative, '100.00']]),
      ...(civility === null ? [] : [['乡风文明评议', '', '', civility, '100.00']]),
    ],
  };
}

/** Codes and special states are told by the name of their band. */
function shown(value: string | null): string {
  return value !== null && /^-?\d/.test(value) ? value : '';
}
