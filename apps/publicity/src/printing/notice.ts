import { daysBetween } from '@credit/policy';
import type { ObjectionContact } from '../notices/objection-contact.store';
import { dayInWords, fill } from '../rules/placeholders';
import type { NoticeFacts } from './gather-notice';

export interface NoticeRow {
  /** 序号 within its table. */
  readonly no: number;
  readonly label: string;
  /** What the kind shows; null where it shows none. */
  readonly result: string | null;
}

/** 公示文书 as plain data: every word of it, in the order in which it stands on the sheet. */
export interface NoticeDocument {
  readonly number: string;
  readonly title: string;
  readonly placeName: string | null;
  readonly opening: string;
  readonly period: string;
  readonly lines: string[];
  readonly subjectsHead: string;
  /** Null: no column of results. */
  readonly resultsHead: string | null;
  readonly tables: { readonly groupName: string; readonly rows: NoticeRow[] }[];
  /** How to object; null where the kind takes no objections. */
  readonly objections: string | null;
  readonly contact: ObjectionContact | null;
  readonly publisher: string;
  readonly postedOn: string;
}

/** 公示文书 — ready to hang: masked names by villager group, the last day written out, how to object. 三(三)3 */
export function noticeDocument({ publication, template, days, placeName, entries, groupNames, contact }: NoticeFacts): NoticeDocument {
  const filling = { ...publication.facts, place: publication.divisionName, ...days, days: String(daysBetween(days.postedOn, days.lastDay)) };
  const groups = [...new Set(entries.map(({ groupCode }) => groupCode))];
  return {
    number: publication.number,
    title: publication.title,
    placeName,
    opening: fill(template.opening, filling),
    period: fill(template.period, filling),
    lines: [...publication.lines],
    subjectsHead: template.subjects ?? '名称',
    resultsHead: template.results ?? null,
    tables: groups.map((code) => ({
      groupName: groupNames.get(code) ?? code,
      rows: entries.filter(({ groupCode }) => groupCode === code).map(({ label, result }, index) => ({ no: index + 1, label: label ?? '', result: template.results === undefined ? null : result })),
    })),
    objections: template.objections === undefined ? null : fill(template.objections, filling),
    contact,
    publisher: publication.divisionName,
    postedOn: dayInWords(days.postedOn),
  };
}

/** Every word that stands on the sheet. */
export function wordsOf({ title, opening, lines, tables, publisher }: NoticeDocument): string[] {
  return [title, opening, publisher, ...lines, ...tables.flatMap(({ groupName, rows }) => [groupName, ...rows.map(({ label }) => label)])];
}
