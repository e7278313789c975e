import fc from 'fast-check';
import {
  canonicalText, checkScorecard, compare, compileScorecard, decimalText, deriveFacts, divide, factFrom, type Facts, fractionOf, type Indicator, itemsOfCard, type KnownItems, medianItems, medianOf,
  rateSubject, type RatingInput, type Scorecard, thresholdOf,
} from '@credit/policy';

const days: Indicator = {
  id: 'H01', zh: '最长逾期', points: 60, source: 'x', consent: ['credit'],
  fact: { states: [{ state: 'none', when: { item: 'hadLoan', equals: 'no' } }], item: 'overdueDays' },
  bands: [
    { state: 'none', points: 50, source: 'x' },
    { atMost: 0, points: 60, source: 'x' },
    { atMost: 30, points: 20.25, source: 'x' },
    { else: true, points: 0, source: 'x' },
  ],
};
const income: Indicator = {
  id: 'H02', zh: '人均收入', points: 30, source: 'x', consent: ['economics'],
  fact: { overMedian: 'income' },
  bands: [
    { state: 'not-applicable', points: 18, source: 'x' },
    { atLeast: 1, points: 30, source: 'x' },
    { atLeast: '1/3', points: 10, source: 'x' },
    { else: true, points: 0, source: 'x' },
  ],
};
const skill: Indicator = { id: 'H03', zh: '技能', points: 10, source: 'x', fact: { item: 'skill' }, bands: [{ is: 'yes', points: 10, source: 'x' }, { else: true, points: 4, source: 'x' }] };
const card: Scorecard = {
  id: 'test', kind: 'H', version: 1, effectiveFrom: '2022-11-14', zh: '测试', source: 'x',
  weights: { civility: 30, quantitative: 70 }, vetoGradeCap: 'C',
  grades: [{ grade: 'AAA', from: 90, source: 'x' }, { grade: 'A', from: 70, source: 'x' }, { grade: 'B', from: 60, source: 'x' }, { grade: 'C', from: 50, source: 'x' }, { grade: 'D', from: 0, source: 'x' }],
  gates: [{ id: 'G01', zh: '失信', item: 'defaulter', is: 'yes', cap: 'C', source: 'x' }],
  indicators: [days, income, skill],
};
const items: KnownItems = {
  hadLoan: { zh: '有无贷款', type: 'boolean', consent: 'credit' },
  overdueDays: { zh: '逾期天数', type: 'integer', consent: 'credit' },
  income: { zh: '人均收入', type: 'money', consent: 'economics' },
  skill: { zh: '技能', type: 'boolean', consent: 'none' },
  level: { zh: '等级', type: 'enum', values: { high: '高', low: '低' }, consent: 'none' },
  defaulter: { zh: '失信', type: 'boolean', consent: 'none' },
};
const withIndicator = (changed: Partial<Indicator>): Scorecard => ({ ...card, indicators: [days, income, { ...skill, ...changed }] });
const codesOfCheck = (changed: Scorecard) => checkScorecard(changed, { items, banned: [{ code: 'family-size', words: ['家庭人口'] }] }).map(({ code }) => code);
const line = (id: string, facts: Facts) => compileScorecard(card).evaluate(facts).lines.find(({ indicator }) => indicator === id);

describe('checking a scorecard', () => {
  it('finds nothing in a sound one', () => expect(checkScorecard(card, { items })).toEqual([]));

  it.each<[string, Scorecard, string]>([
    ['points that do not sum to 100', { ...card, indicators: [days, income] }, 'card.sum'],
    ['a missing last band', withIndicator({ bands: [{ is: 'yes', points: 10, source: 'x' }] }), 'band.last'],
    ['a band after the last', withIndicator({ bands: [{ is: 'yes', points: 10, source: 'x' }, { else: true, points: 4, source: 'x' }, { is: 'no', points: 1, source: 'x' }] }), 'band.unreachable'],
    ['a last band that no code is left for', withIndicator({ bands: [{ is: 'yes', points: 10, source: 'x' }, { is: 'no', points: 1, source: 'x' }, { else: true, points: 4, source: 'x' }] }), 'band.unreachable'],
    ['the same code twice', withIndicator({ bands: [{ is: 'yes', points: 10, source: 'x' }, { is: 'yes', points: 1, source: 'x' }, { else: true, points: 4, source: 'x' }] }), 'band.unreachable'],
    ['two conditions in one band', withIndicator({ bands: [{ is: 'yes', atLeast: 1, points: 10, source: 'x' }, { else: true, points: 4, source: 'x' }] }), 'band.condition'],
    ['codes and numbers mixed', withIndicator({ bands: [{ is: 'yes', points: 10, source: 'x' }, { atLeast: 1, points: 5, source: 'x' }, { else: true, points: 4, source: 'x' }] }), 'band.mixed'],
    ['points beyond the indicator’s', withIndicator({ bands: [{ is: 'yes', points: 11, source: 'x' }, { else: true, points: 4, source: 'x' }] }), 'band.points'],
    ['points of three places', withIndicator({ bands: [{ is: 'yes', points: 10, source: 'x' }, { else: true, points: 4.125, source: 'x' }] }), 'band.places'],
    ['no band with full points', withIndicator({ bands: [{ is: 'yes', points: 9, source: 'x' }, { else: true, points: 4, source: 'x' }] }), 'indicator.top'],
    ['an edge that is no number', { ...card, indicators: [{ ...days, bands: [{ state: 'none', points: 50, source: 'x' }, { atMost: 'many', points: 60, source: 'x' }, { else: true, points: 0, source: 'x' }] }, income, skill] }, 'band.threshold'],
    ['a state without its band', { ...card, indicators: [{ ...days, bands: days.bands.slice(1) }, income, skill] }, 'band.state-missing'],
    ['a state that never comes', withIndicator({ bands: [{ state: 'unknown', points: 1, source: 'x' }, ...skill.bands] }), 'band.state'],
    ['a state after numbers', { ...card, indicators: [{ ...days, bands: [...days.bands.slice(1, 2), ...days.bands.slice(0, 1), ...days.bands.slice(2)] }, income, skill] }, 'band.order'],
    ['a neutral band that is none of its states', withIndicator({ neutral: 'absent' }), 'indicator.neutral'],
    ['a missing reference', withIndicator({ source: '' }), 'indicator.source'],
    ['a band without a reference', withIndicator({ bands: [{ is: 'yes', points: 10, source: '' }, { else: true, points: 4, source: 'x' }] }), 'band.source'],
    ['the same id twice', withIndicator({ id: 'H01' }), 'card.id-twice'],
    ['an unknown item', withIndicator({ fact: { item: 'horoscope' } }), 'indicator.item'],
    ['a code that the item cannot have', withIndicator({ fact: { item: 'level' } }), 'fact.code'],
    ['text taken for a number', withIndicator({ fact: { item: 'level' }, bands: [{ atLeast: 1, points: 10, source: 'x' }, { else: true, points: 0, source: 'x' }] }), 'fact.number'],
    ['two ways to make one fact', withIndicator({ fact: { item: 'skill', countPositive: ['overdueDays'] } }), 'fact.way'],
    ['an item whose consent is not asked for', { ...card, indicators: [{ ...days, consent: [] }, income, skill] }, 'indicator.consent'],
    ['a subject nobody may be judged by', withIndicator({ zh: '家庭人口' }), 'card.banned'],
    ['a veto choice nobody recorded', Object.fromEntries(Object.entries(card).filter(([key]) => key !== 'vetoGradeCap')) as unknown as Scorecard, 'card.veto-choice'],
    ['a vetoed subject that can still reach A', { ...card, vetoGradeCap: 'none' }, 'card.veto-reaches-a'],
    ['weights that do not make 100', { ...card, weights: { civility: 30, quantitative: 60 } }, 'card.weights'],
    ['grades out of order', { ...card, grades: card.grades.toReversed() }, 'grade.order'],
    ['grades that leave low totals without one', { ...card, grades: card.grades.slice(0, -1) }, 'grade.last'],
    ['an effective day that is none', { ...card, effectiveFrom: '2022-02-30' }, 'card.effective'],
    ['requirements on a household', { ...card, requires: [{ id: 'R01', zh: '技能', fact: { item: 'skill' }, is: 'yes', source: 'x' }] }, 'requirement.village-only'],
  ])('finds %s', (_what, changed, code) => expect(codesOfCheck(changed)).toContain(code));

  it('only warns when a vetoed subject can still reach A', () => expect(checkScorecard({ ...card, vetoGradeCap: 'none' }, { items }).map(({ severity }) => severity)).toEqual(['warning']));

  it('calls a band of numbers unreachable exactly when no number is left for it', () => {
    const edge = fc.integer({ min: -2, max: 2 });
    const band = fc.tuple(fc.constantFrom('atLeast', 'above', 'atMost', 'below'), edge);
    const grid = Array.from({ length: 33 }, (_, step) => (step - 16) / 4);
    const takes = ([kind, at]: readonly [string, number], number: number) =>
      kind === 'atLeast' ? number >= at : kind === 'above' ? number > at : kind === 'atMost' ? number <= at : number < at;
    fc.assert(
      fc.property(fc.array(band, { minLength: 1, maxLength: 6 }), (written) => {
        const bands = [...written.map(([kind, at]) => ({ [kind]: at, points: 10, source: 'x' })), { else: true as const, points: 0, source: 'x' }];
        const found = checkScorecard(withIndicator({ fact: { item: 'overdueDays' }, bands })).filter(({ code }) => code === 'band.unreachable').map(({ path }) => path.at(-1));
        const empty = bands.flatMap((_band, index) => {
          const free = grid.filter((number) => !written.slice(0, index).some((one) => takes(one, number)));
          const own = written[index];
          return free.some((number) => own === undefined || takes(own, number)) ? [] : [index];
        });
        expect(found).toEqual(empty);
      }),
    );
  });
});

describe('evaluating', () => {
  const facts: Facts = { H01: { number: fractionOf('12') }, H02: { number: fractionOf('0.9') }, H03: { code: 'no' } };

  it('gives value, band, points, reference and the nearest change that would raise each line', () => {
    expect(compileScorecard(card).evaluate(facts)).toMatchObject({ status: 'rated', pointsHundredths: 2025 + 1000 + 400, missing: [] });
    expect(line('H01', facts)).toEqual({ indicator: 'H01', zh: '最长逾期', value: '12', band: '不超过 30', pointsHundredths: 2025, maxHundredths: 6000, source: 'x', nearest: { band: '不超过 0', pointsHundredths: 6000 } });
    expect(line('H02', { ...facts, H02: { number: fractionOf('1') } })?.nearest).toBeNull();
  });

  it('compares with a third exactly, which no decimal is', () => {
    const third = divide(fractionOf('1'), fractionOf('3'));
    expect(line('H02', { ...facts, H02: { number: third } })?.pointsHundredths).toBe(1000);
    expect(line('H02', { ...facts, H02: { number: fractionOf('0.333333333333') } })?.pointsHundredths).toBe(0);
  });

  it('refuses a word where numbers are judged, and the other way round, instead of giving the last band', () => {
    expect(() => compileScorecard(card).evaluate({ ...facts, H01: { code: 'often' } })).toThrow('scorecard.no-band');
    expect(() => compileScorecard(card).evaluate({ ...facts, H03: { number: fractionOf('1') } })).toThrow('scorecard.no-band');
  });

  it('takes a neutral band when data or consent are absent', () => {
    const neutral = compileScorecard({ ...card, indicators: [{ ...days, neutral: 'none' }, income, skill] });
    const others: Facts = { H02: facts['H02'], H03: facts['H03'] };
    expect(neutral.evaluate(others)).toMatchObject({ status: 'rated', pointsHundredths: 5000 + 1000 + 400 });
    expect(neutral.evaluate(facts, { economics: true, credit: false })).toMatchObject({ status: 'rated', pointsHundredths: 5000 + 1000 + 400 });
  });

  it('keeps every line within the indicator’s points and never gives fewer for a higher ratio', () => {
    const ratio = fc.integer({ min: -30_000, max: 30_000 }).map((number) => fractionOf((number / 10_000).toFixed(4)));
    fc.assert(
      fc.property(ratio, ratio, (a, b) => {
        const [low, high] = compare(a, b) < 0 ? [a, b] : [b, a];
        const points = (number: typeof a) => line('H02', { ...facts, H02: { number } })?.pointsHundredths ?? -1;
        expect(points(low)).toBeGreaterThanOrEqual(0);
        expect(points(high)).toBeLessThanOrEqual(3000);
        expect(points(high)).toBeGreaterThanOrEqual(points(low));
      }),
    );
  });
});

describe('facts from the archive', () => {
  it('are absent without their item: missing is not zero', () => expect(deriveFacts(card, { hadLoan: 'yes' }, { income: '100' })).toEqual({ H01: undefined, H02: undefined, H03: undefined }));
  it('are a state before a number, and by a median of nothing not applicable', () => {
    expect(deriveFacts(card, { hadLoan: 'no', overdueDays: '5', income: '100', skill: 'yes' }, { income: '-3' })).toEqual({ H01: { state: 'none' }, H02: { state: 'not-applicable' }, H03: { code: 'yes' } });
  });
  it('read nothing else', () => {
    expect([...itemsOfCard(card)].toSorted()).toEqual(['defaulter', 'hadLoan', 'income', 'overdueDays', 'skill']);
    expect(medianItems(card)).toEqual(['income']);
  });
});

describe('facts as people write them', () => {
  it.each<[unknown, Indicator, object]>([
    [{ state: 'none' }, days, { state: 'none' }],
    [{ value: 30 }, days, { number: fractionOf('30') }],
    [{ ratio: '1.2' }, income, { number: fractionOf('1.2') }],
    [{ of: [3, 0] }, income, { state: 'not-applicable' }],
    [{ value: true }, skill, { code: 'yes' }],
    [{ state: 'no' }, skill, { code: 'no' }],
  ])('%j is read', (written, indicator, fact) => expect(factFrom(written, indicator)).toEqual(fact));
  it('two numbers are the exact quotient of the two items', () => {
    const fact = factFrom({ of: [1, 3] }, income);
    expect('number' in fact && compare(fact.number, thresholdOf('1/3'))).toBe(0);
  });
  it.each<[unknown, string]>([
    [{ state: 'never' }, 'fact.unknown-state'],
    [{ value: 1, ratio: 1 }, 'fact.unreadable'],
    [{ colour: 1 }, 'fact.unreadable'],
    [{ of: [1] }, 'fact.unreadable'],
    [{ value: null }, 'fact.unreadable'],
    [7, 'fact.unreadable'],
  ])('%j is refused: %s', (written, code) => expect(() => factFrom(written, days)).toThrow(code));
});

describe('rating', () => {
  const input: RatingInput = { items: { hadLoan: 'yes', overdueDays: '0', income: '100', skill: 'yes', defaulter: 'no' }, medians: { income: '100' }, consent: { economics: true, credit: true }, civility: { hundredths: 9500, vetoed: false } };
  const compiled = compileScorecard(card);

  it('weighs the parts, caps the grade and says by what', () => {
    expect(rateSubject(compiled, input)).toMatchObject({ status: 'rated', quantitativeHundredths: 10_000, totalHundredths: 9850, grade: 'AAA', creditSubject: true, caps: [], reasons: [] });
    expect(rateSubject(compiled, { ...input, items: { ...input.items, defaulter: 'yes' } })).toMatchObject({ totalHundredths: 9850, grade: 'C', creditSubject: false, caps: [{ id: 'G01', cap: 'C' }] });
    expect(rateSubject(compiled, { ...input, civility: { hundredths: 0, vetoed: true } })).toMatchObject({ totalHundredths: 7000, grade: 'C', caps: [{ id: 'veto', cap: 'C' }] });
  });

  it('needs every indicator and the civility score, and names what is missing', () => {
    expect(rateSubject(compiled, { ...input, items: { ...input.items, skill: undefined }, civility: null })).toMatchObject({ status: 'insufficient', reasons: ['H03', 'civility'], totalHundredths: null, grade: null });
  });

  it('gives the same bytes again from inputs that were kept as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 99_999 }), fc.boolean(), (overdue, earned, credit) => {
        const kept: RatingInput = { ...input, items: { ...input.items, overdueDays: String(overdue), income: (earned / 100).toFixed(2) }, consent: { economics: true, credit } };
        expect(canonicalText(rateSubject(compiled, JSON.parse(canonicalText(kept)) as RatingInput))).toBe(canonicalText(rateSubject(compiled, kept)));
      }),
    );
  });
});

describe('a village', () => {
  const village: Scorecard = {
    id: 'village', kind: 'V', version: 1, effectiveFrom: '2022-11-14', zh: '信用村', source: 'x', gates: [],
    grades: [{ grade: 'AAA', from: 90, source: 'x' }, { grade: 'A', from: 70, source: 'x' }],
    requires: [{ id: 'R01', zh: '测评参与率', fact: { ratio: ['returned', 'eligible'] }, atLeast: '2/3', source: 'x' }],
    indicators: [{ ...skill, id: 'V01', points: 100, bands: [{ is: 'yes', points: 100, source: 'x' }, { else: true, points: 69.99, source: 'x' }] }],
  };
  const rate = (items: Record<string, string>) => rateSubject(compileScorecard(village), { items, medians: {}, consent: { economics: true, credit: true }, civility: null });

  it('is recognised with its points and a poll of exactly two thirds', () => expect(rate({ skill: 'yes', returned: '2', eligible: '3' })).toMatchObject({ status: 'rated', grade: 'AAA', creditSubject: true, reasons: [] }));
  it('is not recognised without a requirement, whatever its points', () => expect(rate({ skill: 'yes', returned: '199', eligible: '300' })).toMatchObject({ status: 'rated', totalHundredths: 10_000, grade: null, creditSubject: false, reasons: ['R01'] }));
  it('is not recognised below the lowest grade', () => expect(rate({ skill: 'no', returned: '3', eligible: '3' })).toMatchObject({ status: 'rated', totalHundredths: 6999, grade: null, reasons: ['below-lowest-grade'] }));
  it('waits for what its requirements need', () => expect(rate({ skill: 'yes' })).toMatchObject({ status: 'insufficient', reasons: ['R01'], grade: null }));
});

describe('exact numbers', () => {
  it.each(['', '1,5', '1e5', 'NaN', '0x10', '1.1234567890123'])('“%s” is none', (text) => expect(() => fractionOf(text)).toThrow('number.invalid'));
  it('read and written are the same', () => {
    fc.assert(fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), (number) => expect(Number(decimalText(fractionOf((number / 10_000).toFixed(4))))).toBe(number / 10_000)));
  });
  it('do not divide by nothing or less', () => {
    expect(() => thresholdOf('1/0')).toThrow('number.divisor');
    expect(() => divide(fractionOf('1'), fractionOf('-1'))).toThrow('number.divisor');
  });
  it.each([
    [['3', '1', '2'], '2'],
    [['1', '2'], '1.5'],
    [['0.0001', '0.0002'], '0.00015'],
    [['-5'], '-5'],
    [['10', '9', '100'], '10'],
    [[], undefined],
  ])('the median of %j is %s', (values, median) => expect(medianOf(values)).toBe(median));
});
