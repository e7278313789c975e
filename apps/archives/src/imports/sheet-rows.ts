import { Problem } from '@credit/contracts';
import { readPart, unescaped } from './sheet-parts';
import type { ZipArchive } from './zip-archive';

/** What the cells of every sheet refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly from1904: boolean;
}

/** 一行 as it is written: its number and the text of each cell that has one, by column from 1. */
export type RowListener = (number: number, cells: ReadonlyMap<number, string>) => void;

const mostRows = 1_048_576;
const dayMs = 86_400_000;
const firstDay = Date.UTC(1899, 11, 30);
const days1904 = 1_462;
const lastSerial = 2_958_465;
const letters = 26;
const letterBefore = 'A'.charCodeAt(0) - 1;

/** `AB12` → 28; 0 when there is no such reference. */
function columnOf(reference: string | undefined): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference ?? '')?.[0] ?? '') column = column * letters + letter.charCodeAt(0) - letterBefore;
  return column;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
}

/** What a cell shows, as text: a formula's last value, a number plain, a day as 2022-12-01, an error by its code; undefined when empty. */
function textOf({ type, style }: Cell, value: string, inline: string, { strings, dateStyles, from1904 }: CellContext): string | undefined {
  switch (type) {
    case 's':
      return strings[Number(value)]?.trim() || undefined;
    case 'inlineStr':
      return unescaped(inline).trim() || undefined;
    case 'str':
      return unescaped(value).trim() || undefined;
    case 'b':
      return value === '1' ? 'true' : value === '0' ? 'false' : undefined;
    case 'd':
      return value.slice(0, 10) || undefined;
    case 'e':
      return value.trim() || undefined;
    default: {
      const written = value.trim();
      const number = Number(written);
      if (written === '' || !Number.isFinite(number)) return written || undefined;
      const serial = Math.floor(number) + (from1904 ? days1904 : 0);
      return dateStyles.has(style) && serial >= 0 && serial <= lastSerial ? new Date(firstDay + serial * dayMs).toISOString().slice(0, 10) : String(number);
    }
  }
}

/** Reads a sheet row by row; formulas, links and everything else in it do nothing. */
export async function readRows(archive: ZipArchive, part: string, context: CellContext, listen: RowListener): Promise<void> {
  let row = 0;
  let cells = new Map<number, string>();
  let cell: Cell = { column: 0, type: '', style: 0 };
  let field: 'value' | 'inline' | null = null;
  let value = '';
  let inline = '';
  let phonetic = false;
  await readPart(archive, part, {
    open: (name, attributes) => {
      switch (name) {
        case 'row':
          row = Number(attributes['r'] ?? row + 1);
          if (!Number.isInteger(row) || row < 1) throw new Problem('import.not-a-workbook');
          if (row > mostRows) throw new Problem('import.too-large', { rows: row });
          cells = new Map();
          cell = { column: 0, type: '', style: 0 };
          break;
        case 'c':
          cell = { column: columnOf(attributes['r']) || cell.column + 1, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) };
          value = '';
          inline = '';
          break;
        case 'v':
          field = 'value';
          break;
        case 't':
          field = phonetic ? null : 'inline';
          break;
        case 'rPh':
          phonetic = true;
          break;
        default:
      }
    },
    text: (text) => {
      if (field === 'value') value += text;
      else if (field === 'inline') inline += text;
    },
    close: (name) => {
      if (name === 'v' || name === 't') field = null;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'row') listen(row, cells);
      else if (name === 'c') {
        const text = textOf(cell, value, inline, context);
        if (text !== undefined) cells.set(cell.column, text);
      }
    },
  });
}
