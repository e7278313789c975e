import { plainDate } from '@credit/policy';
import type { Column, NoticeInput, ObjectionDoor, Table } from '../src';

export const mark = { title: '乡风文明评议结果公示', number: '青山村公示〔2022〕3号', madeOn: plainDate('2022-12-08'), check: '7F3A-91C2' };
export const door: ObjectionDoor = { receiver: '青山村党总支', address: '党群服务中心一楼', phone: '0564-0000000', lastDay: plainDate('2022-12-25') };
export const signature = { by: '中共青山村总支部委员会', on: plainDate('2022-12-08') };
export const columns: readonly Column[] = [
  { head: '序号', share: 1 },
  { head: '户主', share: 3 },
  { head: '评议得分', share: 2 },
];

export function tableOf(count: number, caption?: string): Table {
  return { caption, columns, rows: Array.from({ length: count }, (_, index) => [String(index + 1), `户${index + 1}号`, '88.50']) };
}

export function notice(change: Partial<NoticeInput> = {}): NoticeInput {
  return { ...mark, placeName: '党务公开栏', paragraphs: ['现将评议结果予以公示。'], tables: [tableOf(3, '上冲村民组')], objections: { sentence: '有异议的可以提出。', door }, signature, ...change };
}
