import { plainDate } from '@credit/policy';
import { groupTablePdf, listPdf, noticePdf, signOffSheetPdf } from '../src';
import { columns, mark, notice, tableOf } from './facts';
import { expectInOrder, readPdf, textOf } from '@credit/testing';

const list = (count: number) => listPdf({ ...mark, lines: [], table: tableOf(count, '全村') });

describe('列表', () => {
  it('repeats its head on every page of 300 rows, and its caption as continued', async () => {
    const pages = readPdf((await list(300)).pdf);
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, index) => {
      const texts = page.words.map(({ text }) => text);
      expect(texts.filter((text) => columns.some(({ head }) => head === text))).toEqual(['序号', '户主', '评议得分']);
      expect(texts).toContain(index === 0 ? '全村' : '全村（续）');
      expect(texts).toContain(`第 ${index + 1} 页 共 ${pages.length} 页`);
    });
  });

  it('holds each of 300 rows once, in order, above the foot, in less than 300 KB', async () => {
    const { pdf } = await list(300);
    const words = readPdf(pdf).flatMap((page) => page.words.filter(({ text }) => /^户\d+号$/.test(text)).map((word) => ({ ...word, lowest: page.height - 57 })));
    expect(words.map(({ text }) => text)).toEqual(Array.from({ length: 300 }, (_, index) => `户${index + 1}号`));
    for (const { y, lowest } of words) expect(y).toBeLessThan(lowest);
    expect(pdf.length).toBeLessThan(300 * 1024);
  });

  it('stays below 300 KB for a notice of 300 households with names of many different characters', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => [String(index + 1), String.fromCodePoint(0x4e00 + index * 3, 0x5e00 + index * 5), '88.50']);
    const { pdf } = await noticePdf(notice({ tables: [{ columns, rows }] }));
    expect(pdf.length).toBeLessThan(300 * 1024);
  });

  it('wraps a long name inside its column and loses nothing of it', async () => {
    const name = '青山镇绿水青山生态农业综合开发种植养殖加工销售一体化农民专业合作社联合社（有限责任）第一分社';
    const { pdf } = await listPdf({ ...mark, lines: [], table: { columns, rows: [['1', name, '88.50'], ['2', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.repeat(3), '60.00']] } });
    const [page] = readPdf(pdf);
    expectInOrder(textOf(page ? [page] : []), [name, '88.50', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.repeat(3), '60.00']);
    const width = 595.28 - (36 * 72) / 25.4;
    const [from, to] = [51 + width / 6, 51 + (width * 4) / 6];
    for (const { x, length } of page?.words.filter(({ text, y }) => y < 740 && (name.includes(text) || /^[A-Z0-9]{5,}$/.test(text))) ?? []) {
      expect(x).toBeGreaterThan(from);
      expect(x + length).toBeLessThan(to);
    }
  });

  it('does not split a row over pages, and cuts one that is longer than a page without losing a word', async () => {
    const long = Array.from({ length: 12 }, (_, index) => `第${index + 1}句。`).join('\n');
    const whole = readPdf((await listPdf({ ...mark, lines: [], table: { columns, rows: [...tableOf(27).rows, ['28', long, '']] } })).pdf);
    expect(whole.length).toBe(2);
    expect(whole.map((page) => page.words.filter(({ text }) => text.includes('句。')).length)).toEqual([0, 12]);
    const endless = Array.from({ length: 150 }, (_, index) => `第${index + 1}句。`);
    const cut = readPdf((await listPdf({ ...mark, lines: [], table: { columns, rows: [['1', endless.join('\n'), '']] } })).pdf);
    expect(cut.flatMap(({ words }) => words.map(({ text }) => text).filter((text) => text.includes('句。')))).toEqual(endless);
    for (const page of cut) for (const { y } of page.words.filter(({ text }) => text.includes('句。'))) expect(y).toBeLessThan(page.height - 57);
  });

  it('prints a list without rows: its head alone', async () => {
    expectInOrder(textOf(readPdf((await list(0)).pdf)), ['全村', '序号', '户主', '评议得分', '第1页共1页']);
  });
});

describe('告知签收表', () => {
  it('begins every villager group on a page of its own, with nothing in the column to sign', async () => {
    const row = { label: '赵*', subjectNo: 'QS-0001', howTold: '上门', toldOn: plainDate('2022-12-08'), note: '' };
    const { pdf } = await signOffSheetPdf({
      ...mark,
      title: '告知签收表',
      about: '评议结果公示',
      sheets: [
        { groupName: '上冲村民组', rows: [row] },
        { groupName: '下冲村民组', rows: [{ ...row, label: '钱*', howTold: null, toldOn: null, note: '外出' }] },
      ],
    });
    const pages = readPdf(pdf);
    expect(pages.length).toBe(2);
    expectInOrder(textOf(pages.slice(0, 1)), ['告知签收表', '村民组：上冲村民组', '告知事项：评议结果公示', '签名或手印', '1赵*QS-0001上门2022年12月8日告知人（签名）', '见证人（签名）', '第1页共2页']);
    expectInOrder(textOf(pages.slice(1)), ['告知签收表', '村民组：下冲村民组', '1钱*QS-0001外出告知人', '第2页共2页']);
  });
});

describe('小组评议表', () => {
  it('lies on its side: households as rows with codes and who withdrew, then signatures of all members and the meaning of the codes', async () => {
    const row = { label: '赵*', subjectNo: 'QS-0001', positives: ['P01', 'P02'], negatives: ['N08'], vetoes: ['V01'], withdrawn: ['王国明'], score: '83.00' };
    const { pdf } = await groupTablePdf({
      ...mark,
      title: '小组评议表',
      groupName: '上冲村民组',
      listName: '评议清单第1版',
      meetingOn: null,
      place: null,
      chair: null,
      rows: [row, { ...row, label: '钱*', positives: [], negatives: [], vetoes: [], withdrawn: [], score: null }],
      items: [
        { code: 'P01', zh: '赡养老人', polarity: 'positive', points: '3分' },
        { code: 'V01', zh: '生效的刑事判决', polarity: 'veto', points: null },
      ],
      members: ['周建华', '王国明', '沈秀英'].map((name) => ({ name, capacity: '村民代表' })),
    });
    const [first, second, ...more] = readPdf(pdf);
    expect(more).toEqual([]);
    expect([Math.round(first?.width ?? 0), Math.round(first?.height ?? 0)]).toEqual([842, 595]);
    expectInOrder(textOf(first ? [first] : []), ['小组评议表', '上冲村民组', '年月日', '正面项目', '一票否决', '回避成员', '1赵*QS-0001P01、P02N08V01王国明83.00', '2钱*QS-0001']);
    expectInOrder(textOf(second ? [second] : []), ['参加评议人员签名', '周建华', '王国明', '沈秀英', '评议清单', 'P01正面赡养老人3分', 'V01一票否决生效的刑事判决']);
  });
});
