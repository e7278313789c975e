import { collectionSheets, type SheetColumn, yes } from '@credit/contracts';
import type { Rules } from '@credit/platform';
import { residentIdCheckCharacter } from '@credit/policy';
import ExcelJS from 'exceljs';

const householdsPerGroup = 2_500;
const membersEach = 2;

/** `of` goes from 0: dates of birth and orders that give each a number of their own. */
function residentId(of: number): string {
  const day = new Date(Date.UTC(1950, 0, 1) + (of % 18_000) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `999999${day}${String(Math.floor(of / 18_000) + 1).padStart(3, '0')}`;
  return first17 + residentIdCheckCharacter(first17);
}

function itemOf({ item }: SheetColumn, of: number): string | number | null {
  switch (item?.type) {
    case 'money':
    case 'decimal':
      return 1_000 + (of % 900) / 10;
    case 'integer':
      return of % 5;
    case 'boolean':
      return yes;
    case 'enum':
      return Object.values(item.values ?? {})[0] ?? null;
    case 'day':
      return '2022-12-01';
    case 'text':
      return '茶叶';
    case undefined:
      return null;
  }
}

/** 大采集表 — about so many rows, every household with two members and every item filled in, written to a file as a stream. */
export async function writeImportWorkbook(filename: string, rules: Rules, villageCode: string, rows: number): Promise<{ households: number; rows: number; values: number }> {
  const households = Math.floor(rows / (2 + membersEach));
  const groups = Math.ceil(households / householdsPerGroup);
  const groupOf = (of: number): string => `${villageCode}${String(Math.floor(of / householdsPerGroup) + 1).padStart(2, '0')}`;
  const noOf = (of: number): string => `H${groupOf(of)}${String((of % householdsPerGroup) + 1).padStart(4, '0')}`;
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: true });
  let values = 0;
  for (const sheet of collectionSheets(rules.items)) {
    const worksheet = workbook.addWorksheet(sheet.name);
    worksheet.addRow(sheet.columns.map(({ header }) => header)).commit();
    if (sheet.kind === 'groups') for (let of = 0; of < groups; of += 1) worksheet.addRow([groupOf(of * householdsPerGroup), `第${of + 1}组`]).commit();
    for (let of = 0; of < households; of += 1) {
      if (sheet.kind === 'households') worksheet.addRow([noOf(of), groupOf(of), `白莲崖村${of + 1}号`]).commit();
      if (sheet.kind === 'household-items') {
        worksheet.addRow([noOf(of), ...sheet.columns.slice(1).map((column) => itemOf(column, of))]).commit();
        values += sheet.columns.length - 1;
      }
      if (sheet.kind !== 'members') continue;
      for (let member = 0; member < membersEach; member += 1) {
        worksheet.addRow([noOf(of), member === 0 ? '张晓明' : '李秀英', residentId(of * membersEach + member), member === 0 ? '户主' : '配偶', null, yes, yes, yes]).commit();
      }
    }
    worksheet.commit();
  }
  await workbook.commit();
  return { households, rows: groups + households * (2 + membersEach), values };
}
