import type { PlainDate } from '@credit/policy';
import { dayInChinese } from '../sheet/chinese-day';
import { listMargins, putParagraph, putTitle } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { type Column, putTable } from '../sheet/table';

/** 签收表的一户 */
export interface SignOffRow {
  readonly label: string;
  readonly subjectNo: string;
  /** 告知方式; null leaves it to be written. */
  readonly howTold: string | null;
  /** Null: the day is written by hand. */
  readonly toldOn: PlainDate | null;
  readonly note: string;
}

/** 一个村民组的签收表 */
export interface SignOffSheet {
  readonly groupName: string;
  readonly rows: readonly SignOffRow[];
}

export interface SignOffInput extends DocumentMark {
  /** 告知事项 — what they are told of. */
  readonly about: string;
  readonly sheets: readonly SignOffSheet[];
}

const columns: readonly Column[] = [
  { head: '序号', share: 12 },
  { head: '户主（名称）', share: 28 },
  { head: '编号', share: 26 },
  { head: '告知方式', share: 20 },
  { head: '签名或手印', share: 34 },
  { head: '日期', share: 30 },
  { head: '备注', share: 26 },
];

/** 告知签收表 — a sheet for each villager group that goes from door to door, with rows high enough to sign in; no result stands on it. 三(三)3 */
export async function signOffSheetPdf(input: SignOffInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: listMargins });
  input.sheets.forEach(({ groupName, rows }, index) => {
    if (index > 0) paper.newPage();
    putTitle(paper, input, 18);
    putParagraph(paper, `村民组：${groupName}　　共${rows.length}户`, { indent: 0, size: 11 });
    putParagraph(paper, `告知事项：${input.about}`, { indent: 0, size: 11 });
    paper.y += 6;
    const cells = rows.map((row, at) => [String(at + 1), row.label, row.subjectNo, row.howTold ?? '', '', row.toldOn === null ? '' : dayInChinese(row.toldOn), row.note]);
    putTable(paper, { columns, rows: cells }, { size: 10.5, rowHeight: 30 });
    paper.y += 10;
    paper.room(24);
    putParagraph(paper, '告知人（签名）：　　　　　　　　　　见证人（签名）：', { indent: 0, size: 12 });
  });
  return paper.finish();
}
