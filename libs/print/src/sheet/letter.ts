import type { PlainDate } from '@credit/policy';
import { dayInChinese } from './chinese-day';
import type { Line, TextStyle } from './line-breaks';
import { type DocumentMark, type Margins, millimetres, type Paper } from './paper';

/** 落款 — who answers for the document; `on` null leaves the day to be written. */
export interface Signature {
  readonly by: string;
  readonly on: PlainDate | null;
}

/** 版心 156×225 mm of official documents (GB/T 9704). */
export const letterMargins: Margins = { top: millimetres(37), right: millimetres(26), bottom: millimetres(35), left: millimetres(28) };
export const listMargins: Margins = { top: millimetres(20), right: millimetres(18), bottom: millimetres(20), left: millimetres(18) };

/** 二号 for the title; 三号 for the body, 22 lines to a page. */
const title: TextStyle = { size: 22, weight: 'bold' };
const body: TextStyle = { size: 16, weight: 'regular' };
const sealStyle: TextStyle = { size: 9, weight: 'regular' };
const bodyPitch = millimetres(225) / 22;
const sealRadius = millimetres(20);

/** 标题与文号 — in the middle; one that does not fit on a line is set smaller by up to two sizes, then broken into lines of like length. */
export function putTitle(paper: Paper, { title: text, number }: DocumentMark, size = title.size): void {
  const { lines, style } = titleLines(paper, text, size);
  for (const line of lines) {
    paper.put(line, { x: paper.left + (paper.width - line.width) / 2, y: paper.y, pitch: style.size * 1.5, style });
    paper.y += style.size * 1.5;
  }
  if (number !== null) putMiddle(paper, number, { size: Math.min(14, size * 0.7), weight: 'regular' });
  paper.y += size * 0.7;
}

function titleLines(paper: Paper, text: string, largest: number): { readonly lines: readonly Line[]; readonly style: TextStyle } {
  for (const size of [largest, largest - 2, largest - 4]) {
    const style: TextStyle = { ...title, size };
    const lines = paper.lines(text, style, paper.width);
    if (lines.length === 1) return { lines, style };
  }
  const style: TextStyle = { ...title, size: largest };
  return { lines: balanced(paper, text, style), style };
}

function balanced(paper: Paper, text: string, style: TextStyle): readonly Line[] {
  const lines = paper.lines(text, style, paper.width);
  const even = lines.reduce((sum, { width }) => sum + width, 0) / lines.length + style.size;
  const evened = paper.lines(text, style, Math.min(even, paper.width));
  return evened.length === lines.length ? evened : lines;
}

export function putMiddle(paper: Paper, text: string, style: TextStyle): void {
  for (const line of paper.lines(text, style, paper.width)) {
    paper.put(line, { x: paper.left + (paper.width - line.width) / 2, y: paper.y, pitch: style.size * 1.6, style });
    paper.y += style.size * 1.6;
  }
}

interface ParagraphStyle {
  /** In characters. */
  readonly indent?: number;
  readonly bold?: boolean;
  readonly size?: number;
  /** Height of what has to stand on the same page as the end of the paragraph, in points. */
  readonly keepBelow?: number;
}

/** 正文 — set in by two characters, spread to the measure; no line of a paragraph stands alone before or after a page break. */
export function putParagraph(paper: Paper, text: string, { indent = 2, bold = false, size = body.size, keepBelow = 0 }: ParagraphStyle = {}): void {
  const style: TextStyle = { size, weight: bold ? 'bold' : 'regular' };
  const pitch = size === body.size ? bodyPitch : size * 1.7;
  const lines = paper.lines(text, style, paper.width, indent * size);
  lines.forEach((line, index) => {
    const together = linesTogether(index, lines.length);
    paper.room(pitch * together + (index + together === lines.length ? keepBelow : 0));
    const inset = index === 0 || !lines[index - 1]?.open ? indent * size : 0;
    const measure = paper.width - inset;
    paper.put(line, { x: paper.left + inset, y: paper.y, pitch, style, spreadTo: line.open && measure - line.width < 2 * size ? measure : undefined });
    paper.y += pitch;
  });
}

/** How many lines from this one on must stand on one page: the first two, and the last two. */
function linesTogether(index: number, count: number): number {
  if (count <= 3) return count - index;
  return index === 0 || index === count - 2 ? 2 : 1;
}

/** 结尾与落款 — the last paragraphs and the seal, on one page unless they are long; the seal never stands on a page without text. */
export function putEnding(paper: Paper, paragraphs: readonly string[], signature: Signature): void {
  const block = signatureBlock(paper, signature);
  const count = paragraphs.reduce((sum, paragraph) => sum + paper.lines(paragraph, body, paper.width, 2 * body.size).length, 0);
  const whole = count * bodyPitch + block.height;
  if (whole <= paper.height / 2) paper.room(whole);
  paragraphs.forEach((paragraph, index) => putParagraph(paper, paragraph, { keepBelow: index === paragraphs.length - 1 ? block.height : 0 }));
  putSignature(paper, block);
}

/** What the seal and the lines under it take, in points. */
export function signatureHeight(paper: Paper, signature: Signature): number {
  return signatureBlock(paper, signature).height;
}

interface SignatureBlock {
  readonly lines: readonly Line[];
  readonly height: number;
}

function signatureBlock(paper: Paper, { by, on }: Signature): SignatureBlock {
  const lines = [...paper.lines(by, body, paper.width * 0.6), ...paper.lines(dayInChinese(on), body, paper.width)];
  return { lines, height: Math.max(lines.length * bodyPitch, 2 * sealRadius) + bodyPitch };
}

function putSignature(paper: Paper, { lines, height }: SignatureBlock): void {
  paper.room(height);
  const widest = Math.max(2 * sealRadius, ...lines.map(({ width }) => width));
  const middle = paper.left + paper.width - widest / 2 - body.size;
  const centre = paper.y + height / 2;
  paper.ring(middle, centre, sealRadius);
  for (const line of paper.lines('（盖章处）', sealStyle, paper.width)) {
    paper.put(line, { x: middle - line.width / 2, y: centre - sealRadius + 4, pitch: 14, style: sealStyle, grey: true });
  }
  lines.forEach((line, index) =>
    paper.put(line, { x: middle - line.width / 2, y: centre + (index - lines.length / 2) * bodyPitch, pitch: bodyPitch, style: body }),
  );
  paper.y += height;
}
