import { listMargins, putParagraph, putTitle } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { putTable, type Table } from '../sheet/table';

/** 说明的一节 — numbered sentences under a heading. */
export interface ExplanationSection {
  readonly caption: string;
  readonly sentences: readonly string[];
}

/** 评级说明 */
export interface ExplanationInput extends DocumentMark {
  /** Whose result it is and of which day. */
  readonly lines: readonly string[];
  /** What came of it, in a sentence. */
  readonly summary: string;
  /** 逐项得分; null where nothing was scored. */
  readonly scores: Table | null;
  /** Those without sentences are left out. */
  readonly sections: readonly ExplanationSection[];
  /** What the reader may do about it. */
  readonly closing: readonly string[];
}

const size = 11;
const tableSize = 10;
const gap = 8;

/** 评级说明 — why a household has its grade, to be read at home by people who see no screen; it carries no seal. 个人信息保护法 24 */
export async function explanationPdf(input: ExplanationInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: listMargins });
  putTitle(paper, input, 18);
  for (const line of input.lines) putParagraph(paper, line, { indent: 0, size });
  paper.y += gap;
  putParagraph(paper, input.summary, { indent: 0, size: size + 1, bold: true });
  for (const { caption, sentences } of input.sections.filter((section) => section.sentences.length > 0)) {
    paper.y += gap;
    putParagraph(paper, caption, { indent: 0, size, bold: true, keepBelow: size * 1.7 });
    sentences.forEach((sentence, index) => putParagraph(paper, `${index + 1}．${sentence}`, { indent: 0, size }));
  }
  if (input.scores) {
    paper.y += gap;
    putTable(paper, input.scores, { size: tableSize });
  }
  paper.y += gap;
  for (const line of input.closing) putParagraph(paper, line, { indent: 0, size });
  return paper.finish();
}
