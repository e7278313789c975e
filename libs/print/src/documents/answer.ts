import { letterMargins, putEnding, putParagraph, putTitle, type Signature } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { type Column, putTable } from '../sheet/table';

/** 复议理由的一项 */
export interface AnsweredItem {
  readonly code: string;
  readonly zh: string;
  /** 处理 — kept, added or removed, as shown. */
  readonly result: string;
  readonly reason: string;
}

/** 复议答复书 */
export interface AnswerInput extends DocumentMark {
  /** 申请人, as it may be shown. */
  readonly applicantLabel: string;
  /** 受理、听取陈述和调查的经过, a paragraph each. */
  readonly paragraphs: readonly string[];
  /** 复议决定 — what was decided, in a sentence. */
  readonly decision: string;
  /** 理由, in sentences. */
  readonly reasons: readonly string[];
  /** 逐项理由; empty where the objection was not on items. */
  readonly items: readonly AnsweredItem[];
  /** 复议小组 — who decided, by capacity, and whether by vote or by consent. */
  readonly panel: readonly string[];
  /** What the applicant can still do, in sentences. */
  readonly remedies: readonly string[];
  readonly signature: Signature;
}

const columns: readonly Column[] = [
  { head: '编号', share: 12 },
  { head: '项目', share: 34, align: 'left' },
  { head: '处理', share: 18 },
  { head: '理由', share: 60, align: 'left' },
];

/** 复议答复书 — the answer with its reasons item by item, sealed, for the hand of the applicant. 三(三)3 */
export async function answerPdf(input: AnswerInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: letterMargins });
  putTitle(paper, input);
  putParagraph(paper, `${input.applicantLabel}：`, { indent: 0 });
  for (const paragraph of input.paragraphs) putParagraph(paper, paragraph);
  putParagraph(paper, `复议决定：${input.decision}`, { bold: true });
  for (const reason of input.reasons) putParagraph(paper, reason);
  if (input.items.length > 0) {
    paper.y += 6;
    putTable(paper, { caption: '逐项理由', columns, rows: input.items.map(({ code, zh, result, reason }) => [code, zh, result, reason]) }, { size: 12 });
    paper.y += 10;
  }
  putEnding(paper, [...input.panel, ...input.remedies], input.signature);
  return paper.finish();
}
