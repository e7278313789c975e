import type { PlainDate } from '@credit/policy';
import { dayInChinese } from '../sheet/chinese-day';
import { letterMargins, putEnding, putParagraph, putTitle, type Signature, signatureHeight } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { putTable, type Table } from '../sheet/table';

/** 异议渠道 — where and until when an objection is taken; the last day counts whole. 三(三)3 */
export interface ObjectionDoor {
  readonly receiver: string;
  readonly address: string;
  readonly phone: string;
  readonly lastDay: PlainDate;
}

/** 公示、公告 */
export interface NoticeInput extends DocumentMark {
  /** 张贴地点 of this copy; null for one that hangs everywhere. */
  readonly placeName: string | null;
  /** 正文, a paragraph each. */
  readonly paragraphs: readonly string[];
  /** 名单 — usually one table per villager group, captioned with its name. */
  readonly tables: readonly Table[];
  /** What is said on objections, and the door for them; null where none are taken. */
  readonly objections: { readonly sentence: string; readonly door: ObjectionDoor } | null;
  readonly signature: Signature;
}

/** 公示、公告 — the list stands between the text and the seal, so that nothing can be added to it after it was sealed. 三(三)3 */
export async function noticePdf(input: NoticeInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: letterMargins });
  putTitle(paper, input);
  if (input.placeName !== null) {
    putParagraph(paper, `本份张贴于：${input.placeName}`, { indent: 0, size: 12 });
    paper.y += 6;
  }
  const listed = input.tables.length > 0;
  const objections = input.objections ? [input.objections.sentence, ...objectionLines(input.objections.door)] : [];
  const ending = listed || objections.length > 0 ? objections : input.paragraphs.slice(-1);
  for (const paragraph of ending === objections ? input.paragraphs : input.paragraphs.slice(0, -1)) putParagraph(paper, paragraph);
  input.tables.forEach((table, index) => {
    const sealed = index === input.tables.length - 1 && ending.length === 0;
    paper.y += 8;
    putTable(paper, table, { size: 12, keepBelow: sealed ? 12 + signatureHeight(paper, input.signature) : 0 });
  });
  if (listed) paper.y += 12;
  putEnding(paper, ending, input.signature);
  return paper.finish();
}

export function objectionLines({ receiver, address, phone, lastDay }: ObjectionDoor): string[] {
  return [`受理单位：${receiver}`, `受理地址：${address}`, `联系电话：${phone}`, `截止时间：${dayInChinese(lastDay)}24时`];
}
