import ExcelJS from 'exceljs';

/** 电子表格的一栏 — `width` in characters of Excel; by default as wide as what stands in it, within reason. */
export interface WorkbookColumn {
  readonly head: string;
  readonly width?: number;
}

const forbiddenInNames = /[[\]:*?/\\']/g;
const widest = 40;

/** 列表的电子表格 — every cell is text, so that no name is read as a formula and no number loses its leading zeros; the head stays in view. */
export async function listWorkbook(columns: readonly WorkbookColumn[], rows: readonly (readonly string[])[], title: string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(title.replaceAll(forbiddenInNames, ' ').trim().slice(0, 31) || '列表', {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '2:2' },
  });
  columns.forEach(({ width }, index) => {
    const column = sheet.getColumn(index + 1);
    column.width = width ?? fittingWidth([columns[index]?.head ?? '', ...rows.map((row) => row[index] ?? '')]);
    column.numFmt = '@';
  });
  sheet.addRow([title]).font = { bold: true, size: 14 };
  sheet.mergeCells(1, 1, 1, Math.max(1, columns.length));
  sheet.addRow(columns.map(({ head }) => head)).font = { bold: true };
  sheet.addRows(rows.map((row) => columns.map((_, index) => row[index] ?? '')));
  sheet.eachRow((row, number) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.numFmt = '@';
      cell.alignment = { vertical: 'middle', horizontal: number === 1 ? 'center' : 'left', wrapText: true };
    }),
  );
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A Chinese character takes the width of two Latin ones. */
function fittingWidth(texts: readonly string[]): number {
  const widths = texts.map((text) => Array.from(text).reduce((sum, character) => sum + (character > '\u00ff' ? 2 : 1), 0));
  return Math.min(widest, widths.reduce((most, width) => Math.max(most, width), 6) + 2);
}
