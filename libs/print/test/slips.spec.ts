import { plainDate } from '@credit/policy';
import { type Slip, type SlipsInput, slipsPdf, SlipTooLong } from '../src';
import { door, mark } from './facts';
import { readPdf, textOf } from '@credit/testing';

const slip = (index: number, change: Partial<Slip> = {}): Slip => ({
  label: `户主${index}`,
  subjectNo: `QS-${index}`,
  groupName: '上冲村民组',
  text: '您户的评议结果已经张贴公示。',
  code: { text: `CODE-${1000 + index}`, lastDay: plainDate('2022-12-25') },
  ...change,
});
const sheet = (slips: readonly Slip[]): SlipsInput => ({ ...mark, title: '告知单', where: '党务公开栏', lastDay: plainDate('2022-12-15'), objections: door, issuer: '青山村党总支', slips });

describe('告知单', () => {
  it('stands four to a page, each household with its own code inside its own quarter', async () => {
    const pages = readPdf((await slipsPdf(sheet(Array.from({ length: 9 }, (_, index) => slip(index))))).pdf);
    expect(pages.length).toBe(3);
    for (let index = 0; index < 9; index += 1) {
      const { width = 0, height = 0, words = [] } = pages[Math.floor(index / 4)] ?? {};
      const quarter = words.filter(({ x, y }) => Math.floor(x / (width / 2)) + 2 * Math.floor(y / (height / 2)) === index % 4);
      const text = quarter.map((word) => word.text).join('').replaceAll(/\s/g, '');
      expect(text.match(/CODE-\d+/g)).toEqual([`CODE-${1000 + index}`]);
      for (const part of [`户主${index}`, '公示地点：党务公开栏', '公示至：2022年12月15日24时', door.phone, '截止时间：2022年12月25日24时', '有效至2022年12月25日24时']) expect(text).toContain(part);
    }
  });

  it('prints no code where the subject has none', async () => {
    expect(textOf(readPdf((await slipsPdf(sheet([slip(1, { code: null })]))).pdf))).not.toContain('取号码');
  });

  it('sets a long text smaller and keeps all of it in its quarter; one too long even then is refused by its number', async () => {
    const text = '您户的评议结果已经张贴公示，请到张贴处查看。'.repeat(12);
    const [page] = readPdf((await slipsPdf(sheet([slip(1, { text })]))).pdf);
    expect(textOf(page ? [page] : [])).toContain(text);
    for (const { x, y, length } of page?.words ?? []) {
      expect(x + length).toBeLessThan((page?.width ?? 0) / 2);
      expect(y).toBeLessThan((page?.height ?? 0) / 2);
    }
    await expect(slipsPdf(sheet([slip(1, { text: text.repeat(5) })]))).rejects.toEqual(new SlipTooLong('QS-1'));
  });

  it('names a missing character on the slip itself, because the pages are cut up', async () => {
    const { pdf, missing } = await slipsPdf(sheet([slip(1, { label: '𰻝*生' }), slip(2)]));
    const [page, ...more] = readPdf(pdf);
    expect(more).toEqual([]);
    expect(page?.words.filter(({ text }) => text.includes('U+30EDD')).map(({ x, y }) => x < 297 && y < 421)).toEqual([true]);
    expect(missing).toEqual([{ character: '𰻝', codePoint: 'U+30EDD' }]);
  });
});
