import { collectionSheets, no, type SheetColumn, type SheetItem, yes } from '@credit/contracts';
import type { Rules } from '@credit/platform';
import ExcelJS from 'exceljs';
import type { Values } from './items';
import type { DemoVillage } from './town';

/** A stored value as a person writes it in a cell. */
function shown(item: SheetItem, text: string): string | number {
  switch (item.type) {
    case 'boolean':
      return text === 'yes' ? yes : no;
    case 'enum':
      return item.values?.[text] ?? text;
    case 'money':
    case 'decimal':
    case 'integer':
      return Number(text);
    case 'day':
    case 'text':
      return text;
  }
}

/** 村级信息采集表 of a village, as the village itself would fill it in. */
export async function villageWorkbook(rules: Rules, village: DemoVillage): Promise<Buffer> {
  const organisations = (rows: readonly { name: string; creditCode: string; items: Values }[]): Values[] => rows.map((one) => ({ name: one.name, creditCode: one.creditCode, ...one.items }));
  const rowsOf: Readonly<Record<string, readonly Values[]>> = {
    groups: village.groups.map((group) => ({ groupCode: group.code, name: group.name })),
    households: village.households.map(({ householdNo, groupCode, address }) => ({ householdNo, groupCode, address })),
    members: village.households.flatMap(({ householdNo, members, consent }) =>
      members.map((member) => ({
        householdNo,
        name: member.name,
        residentId: member.residentId,
        relation: member.relation,
        ...(member.phone ? { phone: member.phone } : {}),
        economics: consent.economics ? yes : no,
        credit: consent.credit ? yes : no,
        publishName: consent.publishName ? yes : no,
      })),
    ),
    'household-items': village.households.map(({ householdNo, items }) => ({ householdNo, ...items })),
    entities: organisations(village.entities),
    collectives: organisations(village.collective ? [village.collective] : []),
  };
  const workbook = new ExcelJS.Workbook();
  for (const sheet of collectionSheets(rules.items)) {
    const worksheet = workbook.addWorksheet(sheet.name);
    worksheet.addRow(sheet.columns.map((column) => column.header));
    for (const row of rowsOf[sheet.kind] ?? []) worksheet.addRow(sheet.columns.map((column) => cell(column, row)));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function cell(column: SheetColumn, row: Values): string | number | null {
  const text = row[column.field];
  if (text === undefined) return null;
  return column.item ? shown(column.item, text) : text;
}
