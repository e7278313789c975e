import { no, type Sheet, type SheetColumn, yes } from '@credit/contracts';
import { addMonths, checkCreditCode, checkDivision, checkHouseholdNo, checkMobile, checkResidentId, type PlainDate } from '@credit/policy';
import { itemHint, itemText } from './item-text';
import type { CellFault, ReadWorkbook, SheetRow } from './workbook';

export interface ReadMember {
  /** The row in the sheet, for faults found later. */
  readonly row: number;
  readonly name: string;
  readonly residentId: string;
  readonly birthDate: PlainDate;
  readonly adultFrom: PlainDate;
  readonly phone: string | null;
  readonly relation: string;
  readonly head: boolean;
  readonly economics: boolean;
  readonly credit: boolean;
  readonly publishName: boolean;
}

export interface ReadHousehold {
  readonly row: number;
  readonly householdNo: string;
  readonly groupCode: string;
  readonly address: string;
  readonly members: ReadMember[];
  items: Readonly<Record<string, string>>;
}

export interface ReadOrganisation {
  readonly name: string;
  readonly creditCode: string;
  readonly items: Readonly<Record<string, string>>;
}

/** 一村的采集数据 as read and found sound. */
export interface VillageData {
  readonly groups: readonly { readonly code: string; readonly name: string }[];
  readonly households: readonly ReadHousehold[];
  readonly entities: readonly ReadOrganisation[];
  readonly collectives: readonly ReadOrganisation[];
}

export interface ReadingOptions {
  readonly villageCode: string;
  readonly sandbox: boolean;
  readonly adultAge: number;
  readonly today: PlainDate;
}

const head = '户主';
const longestText = 200;
const agreements: readonly string[] = ['economics', 'credit', 'publishName'];

/** Makes a village's data of its workbook, noting every fault by sheet, row and column. */
export class VillageReader {
  readonly faults: CellFault[] = [];
  private readonly sheets: ReadonlyMap<Sheet['kind'], Sheet>;
  private readonly groups = new Map<string, string>();
  private readonly households = new Map<string, ReadHousehold>();
  private readonly persons = new Set<string>();
  private readonly described = new Set<string>();

  constructor(
    sheets: readonly Sheet[],
    private readonly workbook: ReadWorkbook,
    private readonly options: ReadingOptions,
  ) {
    this.sheets = new Map(sheets.map((sheet) => [sheet.kind, sheet]));
    this.faults.push(...workbook.faults);
  }

  read(): VillageData {
    for (const kind of this.sheets.keys()) this.lengths(kind);
    this.each('groups', (row, fault) => this.group(row, fault));
    this.each('households', (row, fault) => this.household(row, fault));
    this.each('members', (row, fault) => this.member(row, fault));
    this.each('household-items', (row, fault) => this.householdItems(row, fault));
    const entities = this.organisations('entities');
    const collectives = this.organisations('collectives');
    this.each('households', (row, fault) => {
      const household = this.households.get(row.cells['householdNo'] ?? '');
      const heads = household?.members.filter((member) => member.head).length;
      if (heads !== undefined && heads !== 1) fault('householdNo', `本户须有且只有一名户主，现有 ${heads} 名，请在“家庭成员”表中核对`);
    });
    return { groups: [...this.groups].map(([code, name]) => ({ code, name })), households: [...this.households.values()], entities, collectives };
  }

  private each(kind: Sheet['kind'], read: (row: SheetRow, fault: (field: string, message: string) => void) => void): void {
    const sheet = this.sheets.get(kind);
    if (!sheet) return;
    for (const row of this.workbook.rows.get(kind) ?? []) {
      read(row, (field, message) => {
        const column = sheet.columns.find((one) => one.field === field)?.header ?? field;
        this.faults.push({ sheet: sheet.name, row: row.number, column, message });
      });
    }
  }

  /** What is written must fit: an address a page long is a slip of the mouse. */
  private lengths(kind: Sheet['kind']): void {
    const texts = this.sheets.get(kind)?.columns.filter(({ item }) => item === undefined) ?? [];
    this.each(kind, ({ cells }, fault) => {
      for (const { field } of texts) if ((cells[field]?.length ?? 0) > longestText) fault(field, `文字过长，至多 ${longestText} 个字`);
    });
  }

  private group({ cells }: SheetRow, fault: (field: string, message: string) => void): void {
    const { groupCode, name } = cells;
    if (!groupCode || !name) return;
    const checked = checkDivision(groupCode);
    if (!checked.valid) fault('groupCode', checked.message);
    else if (!groupCode.startsWith(this.options.villageCode) || groupCode.length !== 14) fault('groupCode', `组代码须以本村代码 ${this.options.villageCode} 开头，共 14 位`);
    else if (this.groups.has(groupCode)) fault('groupCode', '组代码重复');
    else this.groups.set(groupCode, name);
  }

  private household({ cells, number }: SheetRow, fault: (field: string, message: string) => void): void {
    const { householdNo, groupCode, address } = cells;
    if (!householdNo || !groupCode || !address) return;
    const checked = checkHouseholdNo(householdNo);
    if (!checked.valid) fault('householdNo', checked.message);
    else if (checked.groupCode !== groupCode) fault('householdNo', '户编号与组代码不一致，请核对');
    else if (!this.groups.has(groupCode)) fault('groupCode', '“村民小组”表中没有这个组，请先登记');
    else if (this.households.has(householdNo)) fault('householdNo', '户编号重复');
    else this.households.set(householdNo, { row: number, householdNo, groupCode, address, members: [], items: {} });
  }

  private member({ cells, number }: SheetRow, fault: (field: string, message: string) => void): void {
    const { householdNo, name, residentId, relation, phone } = cells;
    if (!householdNo || !name || !residentId || !relation) return;
    const household = this.households.get(householdNo);
    if (!household) return fault('householdNo', '“农户”表中没有这个户编号，或该户有误');
    const person = checkResidentId(residentId, { sandbox: this.options.sandbox });
    if (!person.valid) return fault('residentId', person.message);
    if (this.persons.has(person.normalised)) return fault('residentId', '同一身份证号在本表中出现两次，一人只能登记在一户');
    const mobile = phone === undefined ? null : checkMobile(phone);
    if (mobile && !mobile.valid) return fault('phone', mobile.message);
    const unclear = agreements.filter((field) => cells[field] !== undefined && cells[field] !== yes && cells[field] !== no);
    if (unclear.length > 0) return unclear.forEach((field) => fault(field, `请填“${yes}”或“${no}”，不填为未授权`));
    this.persons.add(person.normalised);
    household.members.push({
      row: number,
      name,
      residentId: person.normalised,
      birthDate: person.birthDate,
      adultFrom: addMonths(person.birthDate, this.options.adultAge * 12),
      phone: mobile?.normalised ?? null,
      relation,
      head: relation === head,
      economics: cells['economics'] === yes,
      credit: cells['credit'] === yes,
      publishName: cells['publishName'] === yes,
    });
  }

  private householdItems(row: SheetRow, fault: (field: string, message: string) => void): void {
    const number = row.cells['householdNo'];
    if (!number) return;
    const household = this.households.get(number);
    if (!household) return fault('householdNo', '“农户”表中没有这个户编号，或该户有误');
    if (this.described.has(number)) fault('householdNo', '户编号重复，一户只填一行');
    this.described.add(number);
    household.items = this.items('household-items', row, fault);
  }

  private organisations(kind: 'entities' | 'collectives'): ReadOrganisation[] {
    const read: ReadOrganisation[] = [];
    this.each(kind, (row, fault) => {
      const { name, creditCode } = row.cells;
      if (!name || !creditCode) return;
      const checked = checkCreditCode(creditCode);
      if (!checked.valid) return fault('creditCode', checked.message);
      if (read.some((one) => one.creditCode === checked.normalised)) return fault('creditCode', '统一社会信用代码重复');
      read.push({ name, creditCode: checked.normalised, items: this.items(kind, row, fault) });
    });
    return read;
  }

  private items(kind: Sheet['kind'], row: SheetRow, fault: (field: string, message: string) => void): Record<string, string> {
    const items: Record<string, string> = {};
    for (const { field, item } of this.sheets.get(kind)?.columns.filter((column): column is SheetColumn & { item: NonNullable<SheetColumn['item']> } => column.item !== undefined) ?? []) {
      const written = row.cells[field];
      if (written === undefined) continue;
      const text = itemText(item, written);
      if (text === null) fault(field, itemHint(item));
      else items[field] = text;
    }
    return items;
  }
}
