import fc from 'fast-check';
import { breakLines, type TextStyle } from '../src/sheet/line-breaks';

const style: TextStyle = { size: 16, weight: 'regular' };
const linesOf = (text: string, width: number, indent = 0) => breakLines(text, style, { width, indent }).map((line) => line.text);

describe('排行', () => {
  it('begins no line with a closing mark and ends none with an opening one', () => {
    const lines = linesOf('甲乙丙丁，（戊己庚）辛壬癸。“子丑”寅卯《辰巳》午未！', 5 * 16);
    for (const line of lines) {
      expect(line).not.toMatch(/^[，。）”》！]/);
      expect(line).not.toMatch(/[（“《]$/);
    }
  });

  it('keeps a number with its counter, and a word, on one line', () => {
    expect(linesOf('公示时间共计2022年12月', 7 * 16)).toEqual(['公示时间共计', '2022年12月']);
    expect(linesOf('编号为QS-0001的户', 5 * 16)).toEqual(['编号为', 'QS-0001的', '户']);
  });

  it('counts the setting-in of the first line of every paragraph', () => {
    expect(linesOf('甲乙丙丁戊己\n庚辛壬癸子', 4 * 16, 2 * 16)).toEqual(['甲乙', '丙丁戊己', '庚辛', '壬癸子']);
  });

  it('loses no character and keeps to the measure, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙。，（）“”《》…—AbC12.5年月户 -〓\n')), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 16, max: 400 }), (written, width) => {
        const lines = breakLines(written, style, { width });
        expect(lines.map((line) => line.text).join('').replaceAll(' ', '')).toBe(written.replaceAll(/[ \n]/g, ''));
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(width);
      }),
      { numRuns: 500 },
    );
  });
});
