import { Problem, type Sheet } from '@credit/contracts';
import ExcelJS from 'exceljs';

/** 一行 of a sheet: fields as text; empty cells are absent. `number` is the row in the workbook. */
export interface SheetRow {
  readonly number: number;
  readonly cells: Readonly<Record<string, string | undefined>>;
}

export interface CellFault {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

export interface ReadWorkbook {
  readonly rows: ReadonlyMap<Sheet['kind'], readonly SheetRow[]>;
  readonly faults: readonly CellFault[];
}

const endRecord = 0x06054b50;
const centralRecord = 0x02014b50;
const largestUnpacked = 200 * 1024 * 1024;
const mostEntries = 2_000;

/** Adds up what a zip says it unpacks to, before anything is unpacked: a bomb is refused by its directory. */
export function refuseBomb(bytes: Buffer): void {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endRecord) throw new Problem('import.not-a-workbook');
  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralRecord) throw new Problem('import.not-a-workbook');
    unpacked += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (entries > mostEntries || unpacked > largestUnpacked) throw new Problem('import.too-large', { unpacked, limit: largestUnpacked });
}

/** What a cell shows, as text: numbers plain, formulas by their last value, rich text without its looks. */
function textOf(value: ExcelJS.CellValue): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'object') {
    if ('richText' in value) return value.richText.map((part) => part.text).join('').trim() || undefined;
    if ('result' in value) return textOf(value.result as ExcelJS.CellValue);
    if ('text' in value) return String(value.text).trim() || undefined;
    return undefined;
  }
  return String(value).trim() || undefined;
}

function readSheet(worksheet: ExcelJS.Worksheet, sheet: Sheet, faults: CellFault[]): SheetRow[] {
  const places = new Map<string, number>();
  worksheet.getRow(1).eachCell((cell, index) => places.set(textOf(cell.value) ?? '', index));
  const missing = sheet.columns.filter((column) => !places.has(column.header));
  for (const column of missing) faults.push({ sheet: sheet.name, row: 1, column: column.header, message: '缺少这一列，请使用原样的采集表' });
  if (missing.length > 0) return [];
  const rows: SheetRow[] = [];
  worksheet.eachRow((row, number) => {
    if (number === 1) return;
    const cells = Object.fromEntries(sheet.columns.map((column) => [column.field, textOf(row.getCell(places.get(column.header) ?? 0).value)]));
    if (Object.values(cells).every((cell) => cell === undefined)) return;
    for (const column of sheet.columns) {
      if (column.required && cells[column.field] === undefined) faults.push({ sheet: sheet.name, row: number, column: column.header, message: '不能为空，请填写' });
    }
    rows.push({ number, cells });
  });
  return rows;
}

/** Reads a village collection workbook; macros, links and formulas in it do nothing. */
export async function readWorkbook(bytes: Buffer, sheets: readonly Sheet[]): Promise<ReadWorkbook> {
  refuseBomb(bytes);
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as never);
  } catch {
    throw new Problem('import.not-a-workbook');
  }
  const faults: CellFault[] = [];
  const rows = new Map<Sheet['kind'], SheetRow[]>();
  for (const sheet of sheets) {
    const worksheet = workbook.getWorksheet(sheet.name);
    if (worksheet) rows.set(sheet.kind, readSheet(worksheet, sheet, faults));
    else faults.push({ sheet: sheet.name, row: 1, column: '', message: '缺少这张工作表，请使用原样的采集表' });
  }
  return { rows, faults };
}
