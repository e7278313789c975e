import { create } from 'fontkit';
import { listPdf, missingCharacters, noticePdf } from '../src';
import { Typeface } from '../src/sheet/typeface';
import { columns, mark, notice, tableOf } from './facts';
import { readPdf, textOf } from '@credit/testing';

describe('缺字', () => {
  it('lists each missing character once, in the order in which it stands, with its code point', () => {
    expect(missingCharacters(['赵𰻝', '\ue863*𰻝', '堃龘䶮𬭎'])).toEqual([
      { character: '𰻝', codePoint: 'U+30EDD' },
      { character: '\ue863', codePoint: 'U+E863' },
    ]);
  });

  it('finds nothing missing in everyday text, rare characters of names, white space and what cannot be seen', () => {
    expect(missingCharacters(['关于“两委”——《办法》（试行）〔2022〕3号：①√□%…·', 'Abc 123\t\n\u3000\u200b\ufeff', '堃犇淼喆昇翀㛃𠅤\u{e0100}'])).toEqual([]);
  });

  it('finds half a character from broken text', () => {
    expect(missingCharacters(['赵\ud842'])).toEqual([{ character: '\ud842', codePoint: 'U+D842' }]);
  });

  it('prints a visible 〓 in its place and names the code points at the end of the document', async () => {
    const { pdf, missing } = await noticePdf(notice({ tables: [{ columns, rows: [['1', '𰻝*生', '88'], ['2', '\ue863*', '80']] }] }));
    const text = textOf(readPdf(pdf));
    expect(text).toContain('1〓*生88');
    expect(text).toContain('2〓*80');
    expect(text).toContain('U+30EDD、U+E863');
    expect(text).not.toContain('\0');
    expect(missing.map(({ codePoint }) => codePoint)).toEqual(['U+30EDD', 'U+E863']);
  });

  it('begins no page for the note, however full the last page is', async () => {
    for (let count = 28; count <= 34; count += 1) {
      const printed = (label: string) => listPdf({ ...mark, lines: [], table: { columns, rows: [...tableOf(count).rows, ['', label, '']] } });
      const [without, withNote] = (await Promise.all([printed('赵*'), printed('𰻝*')])).map(({ pdf }) => readPdf(pdf));
      expect(withNote?.length).toBe(without?.length);
      const last = withNote?.at(-1);
      expect(last?.words.filter(({ text, y }) => text.includes('U+30EDD') && y < (last?.height ?? 0) - 42).length).toBe(1);
    }
  });

  it('says nothing of missing characters where none are', async () => {
    const { pdf, missing } = await noticePdf(notice());
    expect(missing).toEqual([]);
    expect(textOf(readPdf(pdf))).not.toContain('缺字');
  });

  it('may ask the regular weight for both, because they have the same characters', () => {
    const [regular, bold] = (['regular', 'bold'] as const).map((weight) => create(Typeface.of(weight).bytes));
    if (!regular || !bold || !('characterSet' in regular) || !('characterSet' in bold)) throw new Error('not a typeface');
    expect(regular.characterSet.length).toBeGreaterThan(30_000);
    expect(bold.characterSet).toEqual(regular.characterSet);
  });
});

describe('the bytes', () => {
  it('are the same for the same input, and others for another', async () => {
    const [first, second, other] = await Promise.all([noticePdf(notice()), noticePdf(notice()), noticePdf(notice({ placeName: null }))]);
    expect(first.pdf.equals(second.pdf)).toBe(true);
    expect(first.pdf.equals(other.pdf)).toBe(false);
  });
});
