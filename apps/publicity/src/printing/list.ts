import type { NoticeFacts } from './gather-notice';
import { noticeDocument } from './notice';

/** 公示名单 as plain data: one row per subject, for a spreadsheet or a list of its own. */
export interface ListDocument {
  readonly number: string;
  readonly title: string;
  readonly period: string;
  /** Heads of the columns; each row has as many cells. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** 公示名单 — exactly what hangs, numbered through the whole village; no column that the notice does not show. 三(三)3 */
export function listDocument(facts: NoticeFacts): ListDocument {
  const { number, title, period, subjectsHead, resultsHead, tables } = noticeDocument(facts);
  const rows = tables.flatMap(({ groupName, rows: listed }) => listed.map(({ label, result }) => [groupName, label, ...(resultsHead === null ? [] : [result ?? ''])]));
  return { number, title, period, columns: ['序号', '村民组', subjectsHead, ...(resultsHead === null ? [] : [resultsHead])], rows: rows.map((cells, index) => [String(index + 1), ...cells]) };
}
