import { listMargins, putParagraph, putTitle } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { putTable, type Table } from '../sheet/table';

/** 名单、列表 */
export interface ListInput extends DocumentMark {
  /** What the list is of, such as the term of a publication. */
  readonly lines: readonly string[];
  readonly table: Table;
}

/** 列表 — any number of rows, for those who work with it; it carries no seal. */
export async function listPdf(input: ListInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: listMargins });
  putTitle(paper, input, 18);
  for (const line of input.lines) putParagraph(paper, line, { indent: 0, size: 11 });
  paper.y += 6;
  putTable(paper, input.table, { size: 10.5 });
  return paper.finish();
}
