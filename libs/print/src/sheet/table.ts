import type { Line, TextStyle } from './line-breaks';
import type { Paper } from './paper';

/** 一栏 — `share` is its part of the width, in any unit; cells stand in the middle unless said otherwise. */
export interface Column {
  readonly head: string;
  readonly share: number;
  readonly align?: 'left' | 'middle';
}

/** 表 — one cell of text per column and row; an empty cell is room to write. */
export interface Table {
  /** Stands above the head and, marked as continued, again on each further page. */
  readonly caption?: string | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

interface TableStyle {
  readonly size: number;
  /** In points; for rows that are written in by hand. */
  readonly rowHeight?: number;
  /** Height of what has to stand on the same page as the last row, in points. */
  readonly keepBelow?: number;
}

interface Cells {
  readonly cells: readonly (readonly Line[])[];
  readonly style: TextStyle;
}

const padding = 4;

/** 列表 — breaks over pages between rows, never inside one, with its head repeated; only a row longer than a page is cut. */
export function putTable(paper: Paper, { caption, columns, rows }: Table, { size, rowHeight = 0, keepBelow = 0 }: TableStyle): void {
  const pitch = size * 1.4;
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (paper.width * share) / total);
  const captionStyle: TextStyle = { size: size + 1, weight: 'bold' };
  const set = (texts: readonly string[], style: TextStyle): Cells => ({
    style,
    cells: widths.map((width, index) => (texts[index] ? paper.lines(texts[index], style, width - 2 * padding) : [])),
  });
  const heightOf = ({ cells }: Cells, least: number) => Math.max(least, Math.max(1, ...cells.map((lines) => lines.length)) * pitch + 6);

  const putRow = (row: Cells, least: number) => {
    const height = heightOf(row, least);
    let x = paper.left;
    row.cells.forEach((lines, index) => {
      const width = widths[index] ?? 0;
      const top = paper.y + (height - lines.length * pitch) / 2;
      const align = row.style.weight === 'bold' ? 'middle' : columns[index]?.align;
      lines.forEach((line, at) => {
        const inset = align === 'left' ? padding : (width - line.width) / 2;
        paper.put(line, { x: x + inset, y: top + at * pitch, pitch, style: row.style });
      });
      paper.rule([x, paper.y], [x, paper.y + height]);
      x += width;
    });
    paper.rule([x, paper.y], [x, paper.y + height]);
    paper.rule([paper.left, paper.y], [x, paper.y]);
    paper.rule([paper.left, paper.y + height], [x, paper.y + height]);
    paper.y += height;
  };

  const head = set(columns.map((column) => column.head), { size, weight: 'bold' });
  const captionLines = (text: string) => paper.lines(text, captionStyle, paper.width);
  const headHeight = heightOf(head, 0) + (caption === undefined ? 0 : (captionLines(caption).length * 1.6 + 0.4) * captionStyle.size);
  const putHead = (continued: boolean) => {
    if (caption !== undefined) {
      for (const line of captionLines(continued ? `${caption}（续）` : caption)) {
        paper.put(line, { x: paper.left, y: paper.y, pitch: captionStyle.size * 1.6, style: captionStyle });
        paper.y += captionStyle.size * 1.6;
      }
      paper.y += captionStyle.size * 0.4;
    }
    putRow(head, 0);
  };

  const mostLines = Math.floor((paper.height - headHeight - captionStyle.size * 1.6 - 6) / pitch);
  const pieces = rows.flatMap((texts) => cut(set(texts, { size, weight: 'regular' }), mostLines));
  const needed = (piece: Cells | undefined) => (piece ? heightOf(piece, rowHeight) : 0) + (piece === pieces.at(-1) ? keepBelow : 0);
  paper.room(headHeight + needed(pieces[0]));
  putHead(false);
  pieces.forEach((piece, index) => {
    if (index > 0 && paper.room(needed(piece))) putHead(true);
    putRow(piece, rowHeight);
  });
}

function cut({ cells, style }: Cells, mostLines: number): Cells[] {
  const longest = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: Math.ceil(longest / mostLines) }, (_, piece) => ({
    style,
    cells: cells.map((lines) => lines.slice(piece * mostLines, (piece + 1) * mostLines)),
  }));
}
