import type { PlainDate } from '@credit/policy';
import { dayInChinese } from '../sheet/chinese-day';
import { letterMargins, putEnding, putParagraph, putTitle, type Signature } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';

/** 会议通知 */
export interface MeetingNoticeInput extends DocumentMark {
  /** 主送 — who is asked to come. */
  readonly addressees: string;
  readonly paragraphs: readonly string[];
  readonly meetingOn: PlainDate;
  /** 时间 of that day in words, such as “上午9时”. */
  readonly time: string;
  readonly place: string;
  readonly chair: string;
  /** 议程, in order. */
  readonly agenda: readonly string[];
  readonly contact: { readonly name: string; readonly phone: string } | null;
  readonly signature: Signature;
}

/** 会议通知 — when, where, on what, and whom to call; on paper, because many members have no telephone that shows more. 三(三)2 */
export async function meetingNoticePdf(input: MeetingNoticeInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: letterMargins });
  putTitle(paper, input);
  putParagraph(paper, `${input.addressees}：`, { indent: 0 });
  for (const paragraph of input.paragraphs) putParagraph(paper, paragraph);
  const ending = [
    `时间：${dayInChinese(input.meetingOn)}${input.time}`,
    `地点：${input.place}`,
    `主持人：${input.chair}`,
    ...(input.agenda.length > 0 ? ['议程：'] : []),
    ...input.agenda.map((point, index) => `${index + 1}．${point}`),
    ...(input.contact ? [`联系人：${input.contact.name}　　联系电话：${input.contact.phone}`] : []),
  ];
  putEnding(paper, ending, input.signature);
  return paper.finish();
}
