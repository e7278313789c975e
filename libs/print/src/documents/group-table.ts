import type { PlainDate } from '@credit/policy';
import { dayInChinese } from '../sheet/chinese-day';
import { listMargins, putMiddle, putParagraph, putTitle } from '../sheet/letter';
import { type DocumentMark, Paper, type PrintedDocument } from '../sheet/paper';
import { type Column, putTable, type Table } from '../sheet/table';

/** 清单项目 in the legend. */
export interface LegendItem {
  readonly code: string;
  readonly zh: string;
  readonly polarity: 'positive' | 'negative' | 'veto';
  /** 分值 as shown, such as “3分”; null where the item has none. */
  readonly points: string | null;
}

/** 评议表的一户 — agreed items as codes; empty ones are written in by hand at the meeting. */
export interface GroupTableRow {
  readonly label: string;
  readonly subjectNo: string;
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
  readonly vetoes: readonly string[];
  /** 回避 — names of the members who withdrew for this household. */
  readonly withdrawn: readonly string[];
  /** 初评得分 as shown; null before the meeting. */
  readonly score: string | null;
}

export interface GroupTableInput extends DocumentMark {
  readonly groupName: string;
  /** 评议清单 by name and version. */
  readonly listName: string;
  readonly meetingOn: PlainDate | null;
  readonly place: string | null;
  readonly chair: string | null;
  readonly rows: readonly GroupTableRow[];
  readonly items: readonly LegendItem[];
  /** 全体成员, each with a line to sign. */
  readonly members: readonly { readonly name: string; readonly capacity: string }[];
}

const columns: readonly Column[] = [
  { head: '序号', share: 11 },
  { head: '户主', share: 24 },
  { head: '户编号', share: 24 },
  { head: '正面项目', share: 46, align: 'left' },
  { head: '负面项目（事实与日期另附）', share: 46, align: 'left' },
  { head: '一票否决（文书）', share: 34, align: 'left' },
  { head: '回避成员', share: 30 },
  { head: '初评得分', share: 18 },
];
const polarities = { positive: '正面', negative: '负面', veto: '一票否决' } as const;
const blank = '＿＿＿＿＿＿';

/** 小组评议表 — one paper for the whole villager group in place of sheets for each member; who withdrew stands beside the household. 三(三)2、3 */
export async function groupTablePdf(input: GroupTableInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: listMargins, landscape: true });
  putTitle(paper, input, 18);
  const meeting = `村民组：${input.groupName}　　评议日期：${dayInChinese(input.meetingOn)}　　地点：${input.place ?? blank}　　主持人：${input.chair ?? blank}`;
  for (const line of [meeting, `清单：${input.listName}　　共${input.rows.length}户，项目以编号填写，编号的意义见后附清单`]) putParagraph(paper, line, { indent: 0, size: 11 });
  paper.y += 4;
  const rows = input.rows.map((row, index) => [
    String(index + 1),
    row.label,
    row.subjectNo,
    ...[row.positives, row.negatives, row.vetoes, row.withdrawn].map((parts) => parts.join('、')),
    row.score ?? '',
  ]);
  putTable(paper, { columns, rows }, { size: 10.5, rowHeight: 30 });
  paper.newPage();
  putMiddle(paper, '参加评议人员签名', { size: 16, weight: 'bold' });
  putParagraph(paper, '以上各户的评议项目经到会成员共同议定；回避成员未参加所列农户的评议。', { indent: 0, size: 11 });
  putTable(paper, signatures(input.members), { size: 10.5, rowHeight: 32 });
  paper.y += 16;
  putTable(paper, legend(input.items), { size: 9.5 });
  return paper.finish();
}

/** Two members side by side. */
function signatures(members: GroupTableInput['members']): Table {
  const half: readonly Column[] = [
    { head: '姓名', share: 26 },
    { head: '身份', share: 34 },
    { head: '签名', share: 40 },
    { head: '日期', share: 30 },
  ];
  const pairs = Array.from({ length: Math.ceil(members.length / 2) }, (_, pair) => members.slice(2 * pair, 2 * pair + 2));
  return {
    columns: [...half, ...half],
    rows: pairs.map((pair) => [0, 1].flatMap((at) => [pair[at]?.name ?? '', pair[at]?.capacity ?? '', '', ''])),
  };
}

/** Two items side by side. */
function legend(items: readonly LegendItem[]): Table {
  const half: readonly Column[] = [
    { head: '编号', share: 12 },
    { head: '类别', share: 18 },
    { head: '内容', share: 70, align: 'left' },
    { head: '分值', share: 12 },
  ];
  const middle = Math.ceil(items.length / 2);
  const cells = (item: LegendItem | undefined) => (item ? [item.code, polarities[item.polarity], item.zh, item.points ?? ''] : ['', '', '', '']);
  return {
    caption: '评议清单',
    columns: [...half, ...half],
    rows: items.slice(0, middle).map((item, index) => [...cells(item), ...cells(items[middle + index])]),
  };
}
