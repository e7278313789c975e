import fc from 'fast-check';
import { addDays, checkItemList, checkMarks, civilityFromCounted, civilityScore, type ItemList, listChanges, lookBackFrom, type Mark, plainDate, whyNotFinal } from '@credit/policy';

const list: ItemList = {
  id: 'test',
  version: 1,
  effectiveFrom: '2022-11-14',
  baseHundredths: 8000,
  positivesCapHundredths: 2000,
  maximumHundredths: 10_000,
  lookBackYears: 3,
  source: '三(三)1',
  areas: [
    { code: 'elders', zh: '孝敬老人', positiveCapHundredths: 1500 },
    { code: 'public-good', zh: '热心公益事业', positiveCapHundredths: 500 },
  ],
  items: [
    { code: 'P1', zh: '照料老人', area: 'elders', polarity: 'positive', pointsHundredths: 1000, mayRepeat: true, evidence: 'word', source: 'x' },
    { code: 'P2', zh: '公益劳动', area: 'public-good', polarity: 'positive', pointsHundredths: 500, mayRepeat: false, evidence: 'word', source: 'x' },
    { code: 'N1', zh: '不赡养老人', area: 'elders', polarity: 'negative', pointsHundredths: 1000, mayRepeat: false, evidence: 'fact', source: 'x' },
    { code: 'V1', zh: '刑事判决', area: 'veto', polarity: 'veto', mayRepeat: false, evidence: 'document', source: 'x' },
    { code: 'V2', zh: '治安处罚', area: 'veto', polarity: 'veto', mayRepeat: false, evidence: 'document', sealedByLaw: true, legalBasis: null, source: 'x' },
  ],
  banned: [{ code: 'petition', words: ['上访', '信访'] }],
};
const day = plainDate('2026-01-01');
const marks = fc.array(fc.constantFrom<Mark>({ itemCode: 'P1' }, { itemCode: 'P2' }, { itemCode: 'N1' }, { itemCode: 'P1', pointsHundredths: 250 }), { maxLength: 20 });

describe('评议得分', () => {
  it.each([
    ['none', [], [], 0, 80],
    ['positives 26, negatives 5', [26], [5], 0, 95],
    ['positives 4, negatives 13', [4], [13], 0, 71],
    ['negatives 110', [], [110], 0, 0],
    ['positives 20, one veto', [20], [], 1, 0],
    ['the case of the issue', [3, 2, 2, 3, 4, 2, 6, 4], [5], 0, 95],
  ])('of %s', (_what, positives, negatives, vetoes, score) => {
    const counted = { positives: (positives as number[]).map((points) => points * 100), negatives: (negatives as number[]).map((points) => points * 100), vetoes: vetoes as number };
    expect(civilityFromCounted(counted, list)).toBe((score as number) * 100);
  });

  it('caps an area first, then the positive list', () => {
    const score = civilityScore(list, [{ itemCode: 'P1' }, { itemCode: 'P1' }, { itemCode: 'P2' }]);
    expect(score).toMatchObject({ hundredths: 10_000, positivesHundredths: 2000, vetoed: false });
    expect(civilityScore(list, [{ itemCode: 'P1' }, { itemCode: 'P1' }]).hundredths).toBe(9500);
  });

  it('is zero with a veto, whatever else', () => {
    fc.assert(fc.property(marks, (others) => expect(civilityScore(list, [...others, { itemCode: 'V1' }])).toMatchObject({ hundredths: 0, vetoed: true })));
  });

  it('stays within 0 and 100, does not depend on the order, and never rises by a negative or falls by a positive', () => {
    fc.assert(
      fc.property(marks, (some) => {
        const { hundredths } = civilityScore(list, some);
        expect(hundredths).toBeGreaterThanOrEqual(0);
        expect(hundredths).toBeLessThanOrEqual(10_000);
        expect(civilityScore(list, some.toReversed()).hundredths).toBe(hundredths);
        expect(civilityScore(list, [...some, { itemCode: 'N1' }]).hundredths).toBeLessThanOrEqual(hundredths);
        expect(civilityScore(list, [...some, { itemCode: 'P2' }]).hundredths).toBeGreaterThanOrEqual(hundredths);
      }),
    );
  });
});

describe('标记的证据', () => {
  const codes = (mark: Mark) => checkMarks(list, [mark], day).map((fault) => fault.code);
  it('wants a word for a positive, a fact and its date for a negative, a document and its date for a veto', () => {
    expect(codes({ itemCode: 'P1' })).toEqual(['mark.word-missing']);
    expect(codes({ itemCode: 'P1', word: '每日照料' })).toEqual([]);
    expect(codes({ itemCode: 'N1', factText: '经村委会查实' })).toEqual(['mark.fact-missing']);
    expect(codes({ itemCode: 'N1', factText: '经村委会查实', factOn: plainDate('2025-05-01') })).toEqual([]);
    expect(codes({ itemCode: 'V1', documentNo: '(2024)皖刑1号' })).toEqual(['mark.document-missing']);
    expect(codes({ itemCode: 'V1', documentNo: '(2024)皖刑1号', documentOn: plainDate('2024-05-01') })).toEqual([]);
  });

  it('counts three years back from the day the document took effect, the day itself included', () => {
    const edge = lookBackFrom(day, 3);
    expect(edge).toBe('2023-01-01');
    expect(codes({ itemCode: 'V1', documentNo: 'x', documentOn: edge })).toEqual([]);
    expect(codes({ itemCode: 'V1', documentNo: 'x', documentOn: addDays(edge, -1) })).toEqual(['mark.out-of-look-back']);
    expect(codes({ itemCode: 'V1', documentNo: 'x', documentOn: addDays(day, 1) })).toEqual(['mark.in-future']);
  });

  it('refuses what the law seals, what no list has, points beyond the item, and a second time of what counts once', () => {
    expect(codes({ itemCode: 'V2', documentNo: 'x', documentOn: day })).toEqual(['mark.sealed']);
    expect(codes({ itemCode: 'X' })).toEqual(['mark.unknown-item']);
    expect(codes({ itemCode: 'P1', word: 'x', pointsHundredths: 1001 })).toEqual(['mark.points']);
    expect(codes({ itemCode: 'P1', word: 'x', pointsHundredths: 0.5 })).toEqual(['mark.points']);
    expect(checkMarks(list, [{ itemCode: 'P2', word: 'a' }, { itemCode: 'P2', word: 'b' }], day).map((fault) => fault.code)).toEqual(['mark.repeated']);
  });
});

it('a negative item deducts what the list says: no favour makes it lighter', () => {
  const mark = { itemCode: 'N1', factText: '经村委会查实', factOn: plainDate('2025-05-01') };
  expect(checkMarks(list, [{ ...mark, pointsHundredths: 1000 }], day)).toEqual([]);
  expect(checkMarks(list, [{ ...mark, pointsHundredths: 100 }], day).map((fault) => fault.code)).toEqual(['mark.points']);
});

it('blank text is no evidence', () => {
  expect(checkMarks(list, [{ itemCode: 'P1', word: ' ' }], day).map((fault) => fault.code)).toEqual(['mark.word-missing']);
});

it('a record that the law seals cannot make a score zero by any way', () => {
  expect(() => civilityScore(list, [{ itemCode: 'V2', documentNo: 'x', documentOn: day }])).toThrow('mark.sealed');
  const allowed = { ...list, items: list.items.map((item) => (item.code === 'V2' ? { ...item, legalBasis: '县人大决定〔2026〕1号' } : item)) };
  expect(civilityScore(allowed, [{ itemCode: 'V2' }]).vetoed).toBe(true);
});

it('a list without its banned subjects, or with one under another spelling, is refused', () => {
  expect(checkItemList({ ...list, banned: [] }).map((fault) => fault.code)).toEqual(['list.banned-missing']);
  const sly = { ...list, items: list.items.map((item) => (item.code === 'P2' ? { ...item, code: 'NOT_PETITION' } : item)) };
  expect(checkItemList(sly).map((fault) => fault.code)).toEqual(['list.banned']);
});

it('a sound list passes its check; each fault is told', () => {
  expect(checkItemList(list)).toEqual([]);
  const broken = { ...list, areas: list.areas.slice(1), items: [...list.items, { ...list.items[2]!, code: 'N1', zh: '越级上访', evidence: 'word' as const }] };
  expect(new Set(checkItemList(broken).map((fault) => fault.code))).toEqual(new Set(['list.area', 'list.evidence', 'list.banned', 'list.code-twice', 'list.positives-sum']));
});

describe('得分生效', () => {
  const facts = { today: day, publicationLastDay: addDays(day, -11), objectionLastDay: addDays(day, -1), openObjections: 0, told: true };
  it('needs the window over, no open objection and the household told', () => {
    expect(whyNotFinal(facts)).toBeNull();
    expect(whyNotFinal({ ...facts, objectionLastDay: day })).toBe('window-open');
    expect(whyNotFinal({ ...facts, openObjections: 1 })).toBe('objection-open');
    expect(whyNotFinal({ ...facts, told: false })).toBe('not-told');
    expect(whyNotFinal({ ...facts, publicationLastDay: null })).toBe('not-published');
  });
  it('of a changed score waits for the publication of its outcome', () => {
    expect(whyNotFinal({ ...facts, outcomeLastDay: null })).toBe('outcome-in-publication');
    expect(whyNotFinal({ ...facts, outcomeLastDay: day })).toBe('outcome-in-publication');
    expect(whyNotFinal({ ...facts, outcomeLastDay: addDays(day, -1) })).toBeNull();
  });
});

describe('评议清单版本比较', () => {
  it('names what was added, removed and changed, and nothing else', () => {
    const raised = { ...list, id: 'next', areas: list.areas.map((area) => (area.code === 'elders' ? { ...area, positiveCapHundredths: 1400 } : area)) };
    const items = [...raised.items.filter(({ code }) => code !== 'P2').map((item) => (item.code === 'N1' ? { ...item, pointsHundredths: 500 } : item)), { ...list.items[1]!, code: 'P3', zh: '义务巡山' }];
    expect(listChanges(list, { ...raised, items })).toEqual([
      { kind: 'changed', of: 'area', code: 'elders', zh: '孝敬老人', field: '正面上限', before: '15.00', after: '14.00' },
      { kind: 'removed', of: 'item', code: 'P2', zh: '公益劳动', field: null, before: '公益劳动', after: null },
      { kind: 'changed', of: 'item', code: 'N1', zh: '不赡养老人', field: '分值', before: '10.00', after: '5.00' },
      { kind: 'added', of: 'item', code: 'P3', zh: '义务巡山', field: null, before: null, after: '义务巡山' },
    ]);
    expect(listChanges(list, list)).toEqual([]);
  });
});
