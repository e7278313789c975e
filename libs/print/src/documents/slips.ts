import type { PlainDate } from '@credit/policy';
import { missingCharacters } from '../sheet/characters';
import { dayInChinese } from '../sheet/chinese-day';
import type { Line, TextStyle } from '../sheet/line-breaks';
import { type DocumentMark, millimetres, Paper, type PrintedDocument } from '../sheet/paper';
import { type ObjectionDoor, objectionLines } from './notice';

/** 告知单 of one subject. No score stands on it. */
export interface Slip {
  /** 户主或名称, as it may be shown at the door. */
  readonly label: string;
  readonly subjectNo: string;
  readonly groupName: string;
  /** What happened, in a sentence. */
  readonly text: string;
  /** 取号码 of this household, good once; null for a subject that has none. */
  readonly code: { readonly text: string; readonly lastDay: PlainDate } | null;
}

export interface SlipsInput extends DocumentMark {
  /** 公示地点 — where it can be read; null where nothing hangs. */
  readonly where: string | null;
  /** 公示至 — the last whole day; null where nothing hangs. */
  readonly lastDay: PlainDate | null;
  readonly objections: ObjectionDoor | null;
  readonly issuer: string;
  readonly slips: readonly Slip[];
}

/** A slip is longer than a quarter of a page even in the smallest type that can be read. */
export class SlipTooLong extends RangeError {
  override readonly name = 'SlipTooLong';
  constructor(readonly subjectNo: string) {
    super(`the slip of ${subjectNo} does not fit on a quarter of a page`);
  }
}

interface Block {
  readonly line: Line;
  readonly style: TextStyle;
  readonly middle: boolean;
  /** Space above, in points. */
  readonly above: number;
}

const inset = millimetres(9);
const sizes = [13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5];
const pitchOf = ({ size }: TextStyle) => size * 1.5;
const heightOf = (blocks: readonly Block[]) => blocks.reduce((sum, { style, above }) => sum + above + pitchOf(style), 0);

/** 告知单 — four to a page with lines to cut along; the type of a long one is made smaller, nothing is cut off. 三(三)3 */
export async function slipsPdf(input: SlipsInput): Promise<PrintedDocument> {
  const paper = new Paper(input, { margins: { top: 0, right: 0, bottom: 0, left: 0 }, cut: true });
  const width = paper.width / 2;
  const height = paper.height / 2;
  input.slips.forEach((slip, index) => {
    if (index > 0 && index % 4 === 0) paper.newPage();
    if (index % 4 === 0) cuttingLines(paper);
    const x = (index % 2) * width + inset;
    let y = Math.floor((index % 4) / 2) * height + inset;
    for (const { line, style, middle, above } of fitting(paper, input, slip, width - 2 * inset, height - 2 * inset)) {
      y += above;
      paper.put(line, { x: middle ? x + (width - 2 * inset - line.width) / 2 : x, y, pitch: pitchOf(style), style });
      y += pitchOf(style);
    }
  });
  return paper.finish();
}

function cuttingLines(paper: Paper): void {
  paper.rule([paper.width / 2, 0], [paper.width / 2, paper.height], { dashed: true });
  paper.rule([0, paper.height / 2], [paper.width, paper.height / 2], { dashed: true });
}

function fitting(paper: Paper, input: SlipsInput, slip: Slip, width: number, height: number): Block[] {
  for (const size of sizes) {
    const blocks = blocksOf(paper, input, slip, size, width);
    if (heightOf(blocks) <= height) return blocks;
  }
  throw new SlipTooLong(slip.subjectNo);
}

function blocksOf(paper: Paper, input: SlipsInput, slip: Slip, size: number, width: number): Block[] {
  const regular: TextStyle = { size, weight: 'regular' };
  const bold: TextStyle = { size, weight: 'bold' };
  const small: TextStyle = { size: Math.min(size, 10), weight: 'regular' };
  const block = (text: string, style: TextStyle, { middle = false, above = 0 } = {}): Block[] =>
    paper.lines(text, style, width).map((line, index) => ({ line, style, middle, above: index === 0 ? above : 0 }));
  const published = [
    ...(input.where === null ? [] : [`公示地点：${input.where}`]),
    ...(input.lastDay === null ? [] : [`公示至：${dayInChinese(input.lastDay)}24时`]),
  ];
  const objections = input.objections === null ? [] : ['有异议的，请在截止时间以前提出，当面、来电或者书面都可以：', ...objectionLines(input.objections)];
  const list = (texts: readonly string[]) => texts.flatMap((text, index) => block(text, regular, { above: index === 0 ? 6 : 0 }));
  const missing = missingCharacters([slip.label, slip.groupName, slip.subjectNo, slip.text]).map(({ codePoint }) => codePoint);
  return [
    ...block(input.title, { size: 16, weight: 'bold' }, { middle: true }),
    ...(input.number === null ? [] : block(input.number, small, { middle: true })),
    ...block(`${slip.label}　${slip.groupName}　${slip.subjectNo}`, bold, { above: 6 }),
    ...block(`　　${slip.text}`, regular, { above: 4 }),
    ...(missing.length === 0 ? [] : block(`缺字请手写补正：${missing.join('、')}`, small)),
    ...list(published),
    ...list(objections),
    ...(slip.code === null
      ? []
      : [
          ...block(`取号码　${slip.code.text}`, { size: size + 5, weight: 'bold' }, { middle: true, above: 8 }),
          ...block('限本户使用一次，请勿转告他人', small, { middle: true }),
          ...block(`有效至${dayInChinese(slip.code.lastDay)}24时`, small, { middle: true }),
        ]),
    ...block([input.issuer, dayInChinese(input.madeOn), ...(input.check === undefined ? [] : [`校验码 ${input.check}`])].join('　'), small, { middle: true, above: 8 }),
  ];
}
