import { checkMarks, type ItemList, type ListItem, type Mark, plainDate } from '@credit/policy';

const item = (code: string, zh: string, more: Partial<ListItem>): ListItem => ({ code, zh, area: 'elders', polarity: 'positive', pointsHundredths: 1000, mayRepeat: false, evidence: 'word', source: '三(三)3', ...more });
const list: ItemList = {
  id: 'test', version: 1, effectiveFrom: '2022-11-14', baseHundredths: 8000, positivesCapHundredths: 2000, maximumHundredths: 10_000, lookBackYears: 3, source: '三(三)1',
  areas: [{ code: 'elders', zh: '孝敬老人', positiveCapHundredths: 2000 }],
  items: [
    item('P1', '照料老人', {}),
    item('P2', '公益劳动', { mayRepeat: true }),
    item('P3', '见义勇为', { evidence: 'fact' }),
    item('N1', '不赡养老人', { polarity: 'negative', pointsHundredths: 500, evidence: 'fact' }),
    item('N2', '被行政处罚', { polarity: 'negative', evidence: 'document' }),
    item('V1', '刑事判决', { polarity: 'veto', pointsHundredths: undefined as never, evidence: 'document' }),
    item('V2', '治安处罚', { polarity: 'veto', pointsHundredths: undefined as never, evidence: 'document', sealedByLaw: true, legalBasis: null }),
  ],
  banned: [],
};
const reference = plainDate('2022-12-01');
const document = (on: string): Partial<Mark> => ({ documentNo: '（2021）皖1525刑初1号', documentOn: plainDate(on) });
const fact = { factText: '三年未探望', factOn: reference };

describe('标记的证据', () => {
  it.each<[string, Mark, object[]]>([
    ['an item of no list', { itemCode: 'X9' }, [{ code: 'mark.unknown-item', message: '清单中没有编号为 X9 的项目' }]],
    ['a kind that the law seals', { itemCode: 'V2', ...document('2022-01-01') }, [{ code: 'mark.sealed', message: '“治安处罚”的记录依法封存，未登记法律依据前不得使用' }]],
    ['a positive with its full points, given', { itemCode: 'P1', word: '每日照料', pointsHundredths: 1000 }, []],
    ['a positive with fewer points', { itemCode: 'P1', word: '每日照料', pointsHundredths: 999 }, []],
    ['a positive of one hundredth', { itemCode: 'P1', word: '每日照料', pointsHundredths: 1 }, []],
    ['a positive with more points', { itemCode: 'P1', word: '每日照料', pointsHundredths: 1001 }, [{ code: 'mark.points', message: '“照料老人”的分值须大于 0 且不超过 10 分' }]],
    ['a positive of nothing', { itemCode: 'P1', word: '每日照料', pointsHundredths: 0 }, [{ code: 'mark.points', message: '“照料老人”的分值须大于 0 且不超过 10 分' }]],
    ['a positive of less than a hundredth', { itemCode: 'P1', word: '每日照料', pointsHundredths: 0.5 }, [{ code: 'mark.points', message: '“照料老人”的分值须大于 0 且不超过 10 分' }]],
    ['a negative with other points', { itemCode: 'N1', ...fact, pointsHundredths: 400 }, [{ code: 'mark.points', message: '“不赡养老人”按清单扣 5 分，不得增减' }]],
    ['a veto with points', { itemCode: 'V1', ...document('2022-01-01'), pointsHundredths: 100 }, [{ code: 'mark.points', message: '“刑事判决”是一票否决项，不写分值' }]],
    ['no word', { itemCode: 'P1' }, [{ code: 'mark.word-missing', message: '“照料老人”须写一句事由' }]],
    ['a word of blanks', { itemCode: 'P1', word: ' ' }, [{ code: 'mark.word-missing', message: '“照料老人”须写一句事由' }]],
    ['no fact', { itemCode: 'N1', factOn: reference }, [{ code: 'mark.fact-missing', message: '“不赡养老人”须写明事实和日期' }]],
    ['a fact of blanks', { itemCode: 'N1', factText: '  ', factOn: reference }, [{ code: 'mark.fact-missing', message: '“不赡养老人”须写明事实和日期' }]],
    ['a fact of no day', { itemCode: 'N1', factText: '三年未探望' }, [{ code: 'mark.fact-missing', message: '“不赡养老人”须写明事实和日期' }]],
    ['a fact on the reference day', { itemCode: 'N1', ...fact }, []],
    ['a fact after the reference day', { itemCode: 'N1', ...fact, factOn: plainDate('2022-12-02') }, [{ code: 'mark.in-future', message: '“不赡养老人”的日期晚于评议基准日 2022-12-01' }]],
    ['a positive of long ago, by a fact', { itemCode: 'P3', ...fact, factOn: plainDate('2015-01-01') }, []],
    ['no document', { itemCode: 'V1', documentOn: reference }, [{ code: 'mark.document-missing', message: '“刑事判决”须写明文书编号和生效日期' }]],
    ['a document number of blanks', { itemCode: 'V1', documentNo: ' ', documentOn: reference }, [{ code: 'mark.document-missing', message: '“刑事判决”须写明文书编号和生效日期' }]],
    ['a document of no day', { itemCode: 'V1', documentNo: '1号' }, [{ code: 'mark.document-missing', message: '“刑事判决”须写明文书编号和生效日期' }]],
    ['a document after the reference day, whatever the fact', { itemCode: 'V1', ...document('2022-12-02'), factOn: plainDate('2022-01-01') }, [{ code: 'mark.in-future', message: '“刑事判决”的日期晚于评议基准日 2022-12-01' }]],
    ['a document on the first day of three years', { itemCode: 'V1', ...document('2019-12-01') }, []],
    ['a document of the day before', { itemCode: 'V1', ...document('2019-11-30') }, [{ code: 'mark.out-of-look-back', message: '“刑事判决”的文书生效于 2019-11-30，早于评议基准日前 3 年，不再计入' }]],
    ['a negative by an old document', { itemCode: 'N2', ...document('2015-01-01') }, []],
  ])('%s', (_what, mark, expected) => {
    expect(checkMarks(list, [mark], reference)).toEqual(expected);
  });

  it('counts an item once where it may not be repeated, and only that one', () => {
    const [once, often] = [{ itemCode: 'P1', word: '照料' }, { itemCode: 'P2', word: '劳动' }];
    expect(checkMarks(list, [once, often, once, often], reference)).toEqual([{ code: 'mark.repeated', message: '“照料老人”只能计一次' }]);
    expect(checkMarks(list, [once, often], reference)).toEqual([]);
  });
});
