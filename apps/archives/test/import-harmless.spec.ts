import { readWorkbook } from '../src/imports/workbook';
import { bookParts, sheets, zip } from './zip-parts';

const read = (parts: Record<string, string | Buffer>, claims: Record<string, number> = {}) => readWorkbook(zip(parts, claims), sheets);
const notAWorkbook = expect.objectContaining({ code: 'import.not-a-workbook' }) as unknown;
const tooLarge = expect.objectContaining({ code: 'import.too-large' }) as unknown;
const text = (written: string): string => ` t="inlineStr"><is><t>${written}</t></is></c>`;

describe('a workbook that means harm', () => {
  it('that says it unpacks to gigabytes is refused by its directory', async () => {
    await expect(read(bookParts(), { 'xl/worksheets/sheet1.xml': 3_000_000_000 })).rejects.toEqual(tooLarge);
  });

  it('that unpacks to more than it says is refused on the spot, not after it was unpacked', async () => {
    const bomb = Buffer.concat([Buffer.from('<worksheet><sheetData>'), Buffer.alloc(64 * 1024 * 1024, 0x20)]);
    const before = process.memoryUsage().arrayBuffers;
    await expect(read({ ...bookParts(), 'xl/worksheets/sheet1.xml': bomb }, { 'xl/worksheets/sheet1.xml': 4_096 })).rejects.toEqual(tooLarge);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(80 * 1024 * 1024);
  });

  it('whose entities multiply is refused: none of its own is expanded', async () => {
    const laughs = `<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
    const parts = bookParts({ groups: { name: text('&b;') } });
    await expect(read({ ...parts, 'xl/worksheets/sheet1.xml': laughs + (parts['xl/worksheets/sheet1.xml'] ?? '') })).rejects.toEqual(notAWorkbook);
    const outside = `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const reading = bookParts({ groups: { name: text('&x;') } });
    await expect(read({ ...reading, 'xl/worksheets/sheet1.xml': outside + (reading['xl/worksheets/sheet1.xml'] ?? '') })).rejects.toEqual(notAWorkbook);
  });

  it('with a sheet in another place than the file has no such sheet', async () => {
    const parts = bookParts();
    const elsewhere = parts['xl/_rels/workbook.xml.rels']?.replace('Target="worksheets/sheet1.xml"', 'Target="http://evil.example/sheet1.xml" TargetMode="External"') ?? '';
    const { faults } = await read({ ...parts, 'xl/_rels/workbook.xml.rels': elsewhere });
    expect(faults).toEqual([{ sheet: '村民小组', row: 1, column: '', message: '缺少这张工作表，请使用原样的采集表' }]);
  });

  it('with macros, linked workbooks and formulas is read as what its cells show', async () => {
    const parts = bookParts({
      groups: { groupCode: ` t="str"><f>HYPERLINK("http://evil.example")</f><v>34152510920401</v></c>`, name: ` t="str"><f>cmd|' /C calc'!A0</f><v>上湾组</v></c>` },
      'household-items': { annualIncome: `><f>[1]Sheet1!A1</f><v>80000.5</v></c>` },
    });
    const { rows } = await read({ ...parts, 'xl/vbaProject.bin': Buffer.alloc(4_096, 7), 'xl/externalLinks/externalLink1.xml': '<externalLink/>' });
    expect(rows.get('groups')).toEqual([{ number: 2, cells: { groupCode: '34152510920401', name: '上湾组' } }]);
    expect(rows.get('household-items')?.[0]?.cells['annualIncome']).toBe('80000.5');
  });

  it('with characters that no text may hold loses them', async () => {
    const { rows } = await read(bookParts({ groups: { name: text('上_x0000_湾_xD800_组_x0041_') } }));
    expect(rows.get('groups')?.[0]?.cells['name']).toBe('上湾组A');
    await expect(read(bookParts({ groups: { name: text('&#0;') } }))).rejects.toEqual(notAWorkbook);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a photograph', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['a zip that holds no workbook', zip({ 'readme.txt': '你好' })],
    ['a table of another kind', Buffer.from('户编号,组代码\n1,2\n')],
    ['a workbook that was cut off', zip(bookParts()).subarray(0, 900)],
    ['a sheet that is not XML', zip({ ...bookParts(), 'xl/worksheets/sheet1.xml': '<worksheet><row>' })],
  ])('or is %s, is not a workbook', async (_, bytes) => {
    await expect(readWorkbook(bytes, sheets)).rejects.toEqual(notAWorkbook);
  });
});

describe('a cell', () => {
  const cell = async (xml: string, parts: Record<string, string> = {}): Promise<string | undefined> => {
    const { rows } = await read({ ...bookParts({ groups: { groupCode: text('1'), name: xml } }), ...parts });
    return rows.get('groups')?.[0]?.cells['name'];
  };
  const styles = '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="&quot;day&quot;0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';

  it.each([
    ['a number', '><v>80000.50</v></c>', '80000.5'],
    ['a large number', '><v>1.2E6</v></c>', '1200000'],
    ['a day', ' s="1"><v>44896</v></c>', '2022-12-01'],
    ['a day in a format of its own', ' s="2"><v>44896</v></c>', '2022-12-01'],
    ['a number whose format only speaks of days', ' s="3"><v>44896</v></c>', '44896'],
    ['an ISO day', ' t="d"><v>2022-12-01T00:00:00</v></c>', '2022-12-01'],
    ['yes', ' t="b"><v>1</v></c>', 'true'],
    ['an error', ' t="e"><v>#N/A</v></c>', '#N/A'],
    ['a shared text', ' t="s"><v>1</v></c>', '上湾组'],
    ['a shared text that is not there', ' t="s"><v>9</v></c>', undefined],
    ['spaces', text('   '), undefined],
  ])('that holds %s', async (_, xml, shown) => {
    const strings = '<sst><si><t>甲</t></si><si><r><t>上湾</t></r><r><t>组</t></r><rPh><t>shangwan</t></rPh></si></sst>';
    expect(await cell(xml, { 'xl/styles.xml': styles, 'xl/sharedStrings.xml': strings })).toBe(shown);
  });
});
