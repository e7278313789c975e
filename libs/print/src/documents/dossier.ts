import { listMargins, putParagraph, putTitle } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { putTable, type Table } from '../sheet/table';

/** 查阅件 — several lists of one file, one after the other. */
export interface DossierInput extends DocumentMark {
  /** Whose file it is and for whom it was printed. */
  readonly lines: readonly string[];
  readonly tables: readonly Table[];
  /** What the reader may ask for. */
  readonly closing: readonly string[];
}

const size = 10;
const lineSize = 11;
const none: readonly string[] = ['无'];

/** 档案查阅件 — what is kept about somebody, in full, to be read at home; it carries no seal. A list without rows says so. */
export async function dossierPdf(input: DossierInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: listMargins });
  putTitle(paper, input, 18);
  for (const line of input.lines) putParagraph(paper, line, { indent: 0, size: lineSize });
  for (const table of input.tables) {
    paper.y += size;
    putTable(paper, { ...table, rows: table.rows.length > 0 ? table.rows : [none] }, { size });
  }
  paper.y += size;
  for (const line of input.closing) putParagraph(paper, line, { indent: 0, size: lineSize });
  return paper.finish();
}
