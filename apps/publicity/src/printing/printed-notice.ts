import type { ListInput, NoticeInput, ObjectionDoor, Table } from '@credit/print';
import type { PlainDate } from '@credit/policy';
import type { ObjectionContact } from '../notices/objection-contact.store';
import type { NoticeFacts } from './gather-notice';
import { listDocument } from './list';
import { type NoticeDocument, noticeDocument } from './notice';

const blank = '＿＿＿＿＿＿＿＿';

/** 异议渠道 on paper; what no office has recorded yet is left to be written. */
export function objectionDoor(contact: ObjectionContact | null, lastDay: PlainDate | null): ObjectionDoor | null {
  return lastDay === null ? null : { receiver: contact?.receiver ?? blank, address: contact?.address ?? blank, phone: contact?.phone ?? blank, lastDay };
}

/** 公示文书 for the printer: a table per villager group, the door for objections beside the sentence. 三(三)3 */
export function noticeInput(facts: NoticeFacts): NoticeInput {
  const notice = noticeDocument(facts);
  const door = objectionDoor(facts.contact, facts.days.objectionLastDay);
  return {
    ...markOf(facts),
    placeName: notice.placeName,
    paragraphs: [notice.opening, notice.period],
    tables: [...(notice.lines.length > 0 ? [linesTable(notice.lines)] : []), ...notice.tables.map((table) => groupTable(table, notice))],
    objections: notice.objections === null || door === null ? null : { sentence: notice.objections, door },
    signature: { by: notice.publisher, on: facts.days.postedOn },
  };
}

/** 公示名单 for the printer. */
export function listInput(facts: NoticeFacts): ListInput {
  const { period, columns, rows } = listDocument(facts);
  return { ...markOf(facts), lines: [period], table: { columns: columns.map((head, at) => ({ head, share: at === 0 ? 12 : 36 })), rows } };
}

function markOf({ publication, days }: NoticeFacts): { title: string; number: string; madeOn: PlainDate } {
  return { title: publication.title, number: publication.number, madeOn: days.postedOn };
}

function linesTable(lines: readonly string[]): Table {
  return {
    columns: [
      { head: '序号', share: 14 },
      { head: '内容', share: 126, align: 'left' },
    ],
    rows: lines.map((line, index) => [String(index + 1), line]),
  };
}

function groupTable({ groupName, rows }: NoticeDocument['tables'][number], { subjectsHead, resultsHead }: NoticeDocument): Table {
  return {
    caption: groupName,
    columns: [{ head: '序号', share: 20 }, { head: subjectsHead, share: 60 }, ...(resultsHead === null ? [] : [{ head: resultsHead, share: 60 }])],
    rows: rows.map(({ no, label, result }) => [String(no), label, ...(resultsHead === null ? [] : [result ?? ''])]),
  };
}
