/** 数据项 as far as a sheet needs it; the table itself is `rules/items.yaml`. */
export interface SheetItem {
  readonly zh: string;
  readonly type: 'money' | 'integer' | 'decimal' | 'boolean' | 'enum' | 'day' | 'text';
  readonly unit?: string | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}
export type SheetItems = Readonly<Record<string, SheetItem>>;

export interface SheetColumn {
  /** Name in code; an item's own name for item columns. */
  readonly field: string;
  /** 表头 */
  readonly header: string;
  readonly required: boolean;
  readonly item?: SheetItem;
}

export interface Sheet {
  readonly name: string;
  readonly kind: 'groups' | 'households' | 'members' | 'household-items' | 'entities' | 'collectives';
  readonly columns: readonly SheetColumn[];
}

const column = (field: string, header: string, required = true): SheetColumn => ({ field, header, required });
const itemColumns = (items: SheetItems): SheetColumn[] =>
  Object.entries(items).map(([field, item]) => ({ field, header: item.unit ? `${item.zh}（${item.unit}）` : item.zh, required: false, item }));

/** 村级信息采集表 — the workbook a village sends: its sheets and columns, the same for who writes it and who reads it. 三(四) */
export function collectionSheets(items: { readonly household: SheetItems; readonly entity: SheetItems; readonly collective: SheetItems }): readonly Sheet[] {
  return [
    { name: '村民小组', kind: 'groups', columns: [column('groupCode', '组代码'), column('name', '组名')] },
    { name: '农户', kind: 'households', columns: [column('householdNo', '户编号'), column('groupCode', '组代码'), column('address', '住址')] },
    {
      name: '家庭成员',
      kind: 'members',
      columns: [
        column('householdNo', '户编号'),
        column('name', '姓名'),
        column('residentId', '身份证号'),
        column('relation', '与户主关系'),
        column('phone', '联系电话', false),
        column('economics', '经济信息授权（是/否）', false),
        column('credit', '信贷信息授权（是/否）', false),
        column('publishName', '同意公示姓名（是/否）', false),
      ],
    },
    { name: '农户数据', kind: 'household-items', columns: [column('householdNo', '户编号'), ...itemColumns(items.household)] },
    { name: '新型农业经营主体', kind: 'entities', columns: [column('name', '名称'), column('creditCode', '统一社会信用代码'), ...itemColumns(items.entity)] },
    { name: '村集体经济组织', kind: 'collectives', columns: [column('name', '名称'), column('creditCode', '统一社会信用代码'), ...itemColumns(items.collective)] },
  ];
}

export const yes = '是';
export const no = '否';
