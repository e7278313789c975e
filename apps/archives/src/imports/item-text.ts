import { no, type SheetItem, yes } from '@credit/contracts';
import { isPlainDate } from '@credit/policy';

const signedMoney = /^-?\d{1,12}(\.\d{1,2})?$/;
const integer = /^\d{1,9}(\.0+)?$/;
const decimal = /^\d{1,8}(\.\d{1,2})?$/;

/** A number as a spreadsheet may show it: thousands separators and spaces are left out. */
const plain = (text: string): string => text.replaceAll(/[,，\s]/g, '');

/** The stored text of an item written in a cell; null when it is not one of its type. */
export function itemText(item: SheetItem, written: string): string | null {
  switch (item.type) {
    case 'money':
      return signedMoney.test(plain(written)) ? plain(written) : null;
    case 'decimal':
      return decimal.test(plain(written)) ? plain(written) : null;
    case 'integer':
      return integer.test(plain(written)) ? String(Math.trunc(Number(plain(written)))) : null;
    case 'boolean':
      return written === yes ? 'yes' : written === no ? 'no' : null;
    case 'enum':
      return Object.entries(item.values ?? {}).find(([code, zh]) => written === zh || written === code)?.[0] ?? null;
    case 'day':
      return isPlainDate(written) ? written : null;
    case 'text':
      return written.length <= 100 ? written : null;
  }
}

/** What to write instead, in a sentence. */
export function itemHint(item: SheetItem): string {
  switch (item.type) {
    case 'money':
      return '须为金额（元），至多两位小数';
    case 'decimal':
      return '须为数字，至多两位小数';
    case 'integer':
      return '须为整数';
    case 'boolean':
      return `请填“${yes}”或“${no}”`;
    case 'enum':
      return `请从下列选项中选一个：${Object.values(item.values ?? {}).join('、')}`;
    case 'day':
      return '日期须形如 2022-12-01';
    case 'text':
      return '文字过长，至多 100 个字';
  }
}
