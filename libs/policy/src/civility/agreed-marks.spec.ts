import fc from 'fast-check';
import { agreedMarks, type Mark } from '@credit/policy';

const sheet = (memberId: string, ...marks: Mark[]) => ({ memberId, marks });
const p1: Mark = { itemCode: 'P1', word: '照料老人' };
const five = ['a', 'b', 'c', 'd', 'e'];

describe('多数评定', () => {
  it('counts an item that more than half of those deciding marked; a tie does not count', () => {
    expect(agreedMarks([sheet('a', p1), sheet('b', p1), sheet('c', p1), sheet('d'), sheet('e')], five)).toEqual([p1]);
    expect(agreedMarks([sheet('a', p1), sheet('b', p1), sheet('c'), sheet('d')], ['a', 'b', 'c', 'd'])).toEqual([]);
  });

  it('takes whoever decides and handed in nothing as not for it', () => {
    expect(agreedMarks([sheet('a', p1), sheet('b', p1)], five)).toEqual([]);
  });

  it('does not hear those who withdrew or were not there', () => {
    expect(agreedMarks([sheet('a', p1), sheet('b', p1), sheet('x', p1)], five)).toEqual([]);
    expect(agreedMarks([sheet('x', p1), sheet('a', p1), sheet('b', p1), sheet('c')], ['a', 'b', 'c'])).toEqual([p1]);
  });

  it('gives the lower median of the points, with the evidence of the first for it', () => {
    const given = (pointsHundredths: number, word: string): Mark => ({ itemCode: 'P1', pointsHundredths, word });
    expect(agreedMarks([sheet('c', given(300, '三')), sheet('a', given(100, '一')), sheet('b', given(200, '二')), sheet('d', given(400, '四'))], five)).toEqual([given(200, '一')]);
  });

  it('counts an item as often as more than half marked it', () => {
    expect(agreedMarks([sheet('a', p1, p1), sheet('b', p1, p1), sheet('c', p1)], ['a', 'b', 'c'])).toEqual([p1, p1]);
    expect(agreedMarks([sheet('a', p1, p1), sheet('b', p1), sheet('c', p1)], ['a', 'b', 'c'])).toEqual([p1]);
  });

  it('does not depend on the order of the sheets', () => {
    const marks = fc.array(fc.constantFrom<Mark>(p1, { itemCode: 'P2', pointsHundredths: 150 }, { itemCode: 'N1', factOn: '2025-01-01' as never }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.tuple(marks, marks, marks, marks, marks), (given) => {
        const sheets = given.map((own, index) => sheet(five[index] ?? '', ...own));
        expect(agreedMarks(sheets.toReversed(), five)).toEqual(agreedMarks(sheets, five));
      }),
    );
  });
});
