import ExcelJS from 'exceljs';
import { listWorkbook } from '../src';

async function read(bytes: Buffer): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const [sheet] = workbook.worksheets;
  if (!sheet) throw new Error('no sheet');
  return sheet;
}

const columns = [{ head: '序号', width: 8 }, { head: '户主' }, { head: '编号' }];

describe('列表的电子表格', () => {
  it('holds title, head and rows, the head frozen, columns as wide as their text', async () => {
    const sheet = await read(await listWorkbook(columns, [['1', '阿依古丽·买买提江·吐尔逊', '0012'], ['2', '钱*', '']], '公示名单'));
    const values = [1, 2, 3, 4].map((row) => [1, 2, 3].map((column) => sheet.getCell(row, column).value));
    expect(values).toEqual([['公示名单', '公示名单', '公示名单'], ['序号', '户主', '编号'], ['1', '阿依古丽·买买提江·吐尔逊', '0012'], ['2', '钱*', '']]);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 });
    expect([1, 2, 3].map((column) => sheet.getColumn(column).width)).toEqual([8, 26, 8]);
  });

  it('takes nothing for a formula or a number: every cell is text and stays so when it is edited', async () => {
    const risky = ['=1+1', '+SUM(A1)', '-2', '@x', '=HYPERLINK("http://example.invalid")', '341525200001010011'];
    const sheet = await read(await listWorkbook([{ head: '=cmd' }], risky.map((text) => [text]), '=名单'));
    const cells = risky.map((_, index) => sheet.getCell(index + 3, 1));
    expect(cells.map(({ value }) => value)).toEqual(risky);
    for (const cell of [sheet.getCell(1, 1), sheet.getCell(2, 1), ...cells]) {
      expect([cell.type, cell.numFmt]).toEqual([ExcelJS.ValueType.String, '@']);
    }
  });

  it('can be opened whatever the title and the texts hold', async () => {
    const sheet = await read(await listWorkbook(columns, [['1', 'a\u0001b<&>"', '\ud842']], '青山村/公示[2022]*：一个长得没有任何电子表格能拿来当名字的标题，真的很长很长'));
    expect(sheet.name.length).toBeLessThanOrEqual(31);
    expect(sheet.name).not.toMatch(/[[\]:*?/\\]/);
    expect(sheet.getCell(3, 2).value).toBe('ab<&>"');
  });
});
