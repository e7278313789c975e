import ExcelJS from 'exceljs';
import type { CellFault } from './workbook';
import { ZipArchive } from './zip-archive';

const red: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };
const summaryName = '问题清单';
/** A workbook is opened whole to be marked; a larger one comes back as the list alone. */
const mostRowsMarked = 5_000;
const mostUnpackedMarked = 20 * 1024 * 1024;

/** Values only: whatever a formula or a link would do, it does not do here. */
function plainCells(worksheet: ExcelJS.Worksheet): void {
  worksheet.eachRow((row) =>
    row.eachCell((cell) => {
      const { value } = cell;
      if (value !== null && typeof value === 'object' && !(value instanceof Date)) cell.value = cell.text;
    }),
  );
}

function headOf(worksheet: ExcelJS.Worksheet, column: string): number | undefined {
  let place: number | undefined;
  worksheet.getRow(1).eachCell((cell, index) => {
    if (cell.text.trim() === column) place = index;
  });
  return place;
}

/** The sheets as they were sent, faulty cells red; null when they cannot be opened for marking. */
async function marked(bytes: Buffer, faults: readonly CellFault[]): Promise<ExcelJS.Workbook | null> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as never);
    const known = workbook.getWorksheet(summaryName);
    if (known) workbook.removeWorksheet(known.id);
    for (const worksheet of workbook.worksheets) plainCells(worksheet);
    for (const { sheet, row, column, message } of faults) {
      const worksheet = workbook.getWorksheet(sheet);
      if (!worksheet || row < 1) continue;
      const cell = worksheet.getCell(row, headOf(worksheet, column) ?? 1);
      const before = typeof cell.note === 'string' ? `${cell.note}\n` : '';
      cell.fill = red;
      cell.note = `${before}${message}`;
    }
    return workbook;
  } catch {
    return null;
  }
}

/** 标注的采集表 — the workbook as it was sent, each faulty cell red with what to do about it, and a sheet that lists them all; of a large or odd one the list alone. */
export async function markedWorkbook(bytes: Buffer, faults: readonly CellFault[], rows: number): Promise<Buffer> {
  const small = rows <= mostRowsMarked && ZipArchive.open(bytes).unpacked <= mostUnpackedMarked;
  const workbook = (small ? await marked(bytes, faults) : null) ?? new ExcelJS.Workbook();
  const list = workbook.addWorksheet(summaryName);
  list.addRow(['工作表', '行', '列', '怎么改']).font = { bold: true };
  for (const { sheet, row, column, message } of faults) list.addRow([sheet, row, column, message]);
  list.columns.forEach((column, index) => (column.width = index === 3 ? 60 : 16));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
