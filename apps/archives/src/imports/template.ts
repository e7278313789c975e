import { no, type Sheet, type SheetColumn, yes } from '@credit/contracts';
import ExcelJS from 'exceljs';

const preparedRows = 2_000;
const columnWidth = 18;

const hints: Readonly<Record<SheetItemType, string>> = {
  money: '填数字，单位元，可有两位小数',
  integer: '填整数',
  decimal: '填数字',
  boolean: `填“${yes}”或“${no}”`,
  enum: '从下拉列表中选',
  day: '填日期，如 2022-12-01',
  text: '填文字',
};
type SheetItemType = NonNullable<SheetColumn['item']>['type'];

/** The values a column takes, when they are few. */
function choices({ item, header }: SheetColumn): readonly string[] | null {
  if (item?.type === 'boolean' || header.includes(`${yes}/${no}`)) return [yes, no];
  return item?.type === 'enum' ? Object.values(item.values ?? {}) : null;
}

function hint({ item, required }: SheetColumn): string {
  const need = required ? '必填' : '可不填；不填表示不详，不等于零';
  return item ? `${need}。${hints[item.type]}${item.unit ? `（${item.unit}）` : ''}` : need;
}

/** 采集表模板 — every sheet with its heads, hints and drop-down lists; numbers of people stay text. 三(四) */
export async function templateOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const sheet of sheets) {
    const worksheet = workbook.addWorksheet(sheet.name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns.forEach((column, index) => {
      const place = worksheet.getColumn(index + 1);
      place.width = columnWidth;
      place.numFmt = '@';
      const head = worksheet.getCell(1, index + 1);
      head.value = column.header;
      head.font = { bold: true };
      head.note = hint(column);
      const list = choices(column);
      if (!list) return;
      const letter = place.letter;
      const validations = (worksheet as unknown as { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } }).dataValidations;
      validations.add(`${letter}2:${letter}${preparedRows}`, { type: 'list', allowBlank: true, formulae: [`"${list.join(',')}"`], showErrorMessage: true, errorTitle: column.header, error: `请从列表中选：${list.join('、')}` });
    });
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
