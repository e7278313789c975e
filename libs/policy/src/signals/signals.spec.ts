import fc from 'fast-check';
import { checkSignalLimits, figureText, plainDate, type Signal, type SignalGroup, type SignalKind, type SignalLimits, signalLimitsOn, type SignalSheet, supervisionSignals } from '@credit/policy';

const limits: SignalLimits = { from: '2022-11-14', leastHouseholds: 4, scorerBiasHundredths: 500, identicalPercent: 90, mutualFavourHundredths: 500, groupFarHundredths: 80, source: '[D]' };
const sheet = (householdId: string, hundredths: number, more: Partial<SignalSheet> = {}): SignalSheet => ({ householdId, hundredths, vetoed: false, digest: `${householdId} ${hundredths}`, withdrawn: [], ...more });
const group = (groupCode: string, scores: readonly number[], more: Partial<SignalGroup> = {}): SignalGroup => ({
  groupCode,
  present: [],
  sheets: scores.map((score, index) => sheet(`${groupCode}-${index}`, score)),
  ...more,
});
const ofKind = (kind: SignalKind, groups: readonly SignalGroup[]): Signal[] => supervisionSignals(limits, groups).filter((signal) => signal.kind === kind);

const score = fc.integer({ min: 0, max: 100 }).map((points) => points * 100);
const anyGroup = (groupCode: string): fc.Arbitrary<SignalGroup> =>
  fc
    .array(fc.record({ hundredths: score, vetoed: fc.boolean(), digest: fc.constantFrom('', 'P01 300'), withdrawn: fc.subarray(['m0', 'm1', 'm2']) }), { maxLength: 9 })
    .map((rows) => ({ groupCode, present: ['m0', 'm1', 'm2'].map((memberId, index) => ({ memberId, householdId: `${groupCode}-${index}` })), sheets: rows.map((row, index) => ({ householdId: `${groupCode}-${index}`, ...row })) }));
const village = fc.tuple(anyGroup('01'), anyGroup('02'), anyGroup('03'));

describe('scorer bias', () => {
  const strict = group('01', [7000, 7100, 7200, 7300]);
  const others = group('02', [8000, 8100, 8200, 8300]);

  it('shows a group whose mean is far from that of the others, with the figures', () => {
    const [signal] = ofKind('scorer-bias', [strict, others]);
    expect(signal).toMatchObject({ groupCode: '01', householdIds: [], memberIds: [], figures: { households: 4, meanHundredths: 7150, otherMarks: 4, otherMeanHundredths: 8150, differenceHundredths: -1000, limitHundredths: 500 } });
    expect(signal?.sentence).toBe('01 组 4 户平均 71.50 分，比其他组 4 户的平均 81.50 分低 10.00 分，请了解该组评分尺度是否一致');
  });

  it('begins exactly at the limit', () => {
    expect(ofKind('scorer-bias', [group('01', [8000, 8001, 8002, 8003]), group('02', [8500, 8501, 8502, 8503])])).toHaveLength(2);
    expect(ofKind('scorer-bias', [group('01', [8000, 8001, 8002, 8004]), group('02', [8500, 8501, 8502, 8503])])).toEqual([]);
  });

  it('shows a member who marks unlike the others, where members mark alone', () => {
    const alone = (generous: number): SignalGroup => ({
      groupCode: '01',
      present: ['a', 'b', 'c'].map((memberId) => ({ memberId, householdId: null })),
      sheets: [1, 2, 3, 4].map((index) => sheet(`h${index}`, 8000 + index, { marks: [{ memberId: 'a', hundredths: generous }, { memberId: 'b', hundredths: 8200 }, { memberId: 'c', hundredths: 8300 }] })),
    });
    expect(ofKind('scorer-bias', [alone(9000)])).toMatchObject([{ memberIds: ['a'], figures: { marks: 4, meanHundredths: 9000, otherMarks: 8, otherMeanHundredths: 8250, differenceHundredths: 750 } }]);
    expect(ofKind('scorer-bias', [alone(8300)])).toEqual([]);
  });
});

describe('zero variance', () => {
  it('shows a group in which every household has the same score; a veto is no difference', () => {
    const same = group('01', [8000, 8000, 8000, 8000]);
    expect(ofKind('zero-variance', [same])).toMatchObject([{ householdIds: ['01-0', '01-1', '01-2', '01-3'], figures: { households: 4, scoreHundredths: 8000 } }]);
    expect(ofKind('zero-variance', [{ ...same, sheets: [...same.sheets, sheet('01-9', 0, { vetoed: true })] }])).toHaveLength(1);
  });

  it('is there exactly when all scores are equal', () => {
    fc.assert(fc.property(fc.array(score, { minLength: 4, maxLength: 12 }), (scores) => {
      expect(ofKind('zero-variance', [group('01', scores)])).toHaveLength(new Set(scores).size === 1 ? 1 : 0);
    }));
  });
});

describe('identical sheets', () => {
  const alike = (same: number, all: number): SignalGroup => group('01', [], { sheets: Array.from({ length: all }, (_, index) => sheet(`h${index}`, 8300, { digest: index < same ? 'P01 300' : `other ${index}` })) });

  it.each([
    [10, 11, 1],
    [9, 10, 0],
    [19, 20, 1],
    [18, 20, 0],
  ])('%d of %d alike: more than 90%% is a signal (%d)', (same, all, signals) => expect(ofKind('identical-sheets', [alike(same, all)])).toHaveLength(signals));

  it('names the sheets and the share', () => {
    expect(ofKind('identical-sheets', [alike(10, 11)])).toMatchObject([{ householdIds: expect.not.arrayContaining(['h10']) as string[], figures: { households: 11, identical: 10, shareHundredths: 9090, limit: 90 } }]);
  });
});

describe('mutual favour', () => {
  const present = [{ memberId: 'a', householdId: 'ha' }, { memberId: 'b', householdId: 'hb' }, { memberId: 'c', householdId: null }];
  const table = (ofA: Partial<SignalSheet> = {}, ofB: Partial<SignalSheet> = {}): SignalGroup => ({
    groupCode: '01',
    present,
    sheets: [sheet('ha', 9500, { withdrawn: ['a'], ...ofA }), sheet('hb', 9300, { withdrawn: ['b'], ...ofB }), ...[1, 2, 3, 4].map((index) => sheet(`h${index}`, 8000))],
  });

  it('shows two households whose members marked each other clearly above their group', () => {
    expect(ofKind('mutual-favour', [table()])).toMatchObject([
      { groupCode: '01', householdIds: ['ha', 'hb'], memberIds: ['a', 'b'], figures: { firstScoreHundredths: 9500, secondScoreHundredths: 9300, firstGroupMeanHundredths: 8467, limitHundredths: 500 } },
    ]);
  });

  it('works across groups, where each sat in the other’s', () => {
    const visiting = (code: string, householdId: string, memberId: string, from: string): SignalGroup => ({ ...group(code, [8000, 8000, 8000, 8000]), present: [{ memberId, householdId: from }], sheets: [sheet(householdId, 9800), ...group(code, [8000, 8000, 8000, 8000]).sheets] });
    expect(ofKind('mutual-favour', [visiting('02', 'hb', 'a', 'ha'), visiting('01', 'ha', 'b', 'hb')])).toMatchObject([{ groupCode: '01', householdIds: ['ha', 'hb'], memberIds: ['a', 'b'] }]);
  });

  it.each([
    ['one of them withdrew', table({ withdrawn: ['a', 'b'] })],
    ['one of them is near the mean', table({}, { hundredths: 8800 })],
    ['one of them marked alone, and not above the mean', table({ marks: [{ memberId: 'b', hundredths: 8400 }, { memberId: 'c', hundredths: 9900 }] })],
    ['they were not there', { ...table(), present: present.slice(1) }],
  ])('is none where %s', (_why, given) => expect(ofKind('mutual-favour', [given])).toEqual([]));
});

describe('a group far from the village mean', () => {
  it('is measured by the spread of the village', () => {
    const groups = [group('01', [9000, 9000, 9000, 9002]), group('02', [8000, 8000, 8000, 8000]), group('03', [8000, 8000, 8000, 8002])];
    expect(ofKind('group-far', groups)).toMatchObject([{ groupCode: '01', figures: { meanHundredths: 9001, villageMeanHundredths: 8334, deviationHundredths: 471, standardisedHundredths: 141, limitHundredths: 80 } }]);
    expect(ofKind('group-far', [group('01', [6000, 9000, 8000, 7800]), group('02', [8000, 5000, 9900, 8200])])).toEqual([]);
  });

  it('is none in a village where all are alike', () => expect(ofKind('group-far', [group('01', [8000, 8000, 8000, 8000]), group('02', [8000, 8000, 8000, 8000])])).toEqual([]));
});

describe('signals', () => {
  it('do not depend on the order of groups, sheets or those present', () => {
    fc.assert(fc.property(village, fc.infiniteStream(fc.integer()), (groups, order) => {
      const shuffled = <T>(items: readonly T[]): T[] => items.map((item) => ({ item, at: order.next().value })).toSorted((a, b) => a.at - b.at).map(({ item }) => item);
      const other = shuffled(groups).map((one) => ({ ...one, present: shuffled(one.present), sheets: shuffled(one.sheets) }));
      expect(supervisionSignals(limits, other)).toEqual(supervisionSignals(limits, groups));
    }));
  });

  it('never come from a group that is too small, nor change by a vetoed sheet', () => {
    fc.assert(fc.property(village, (groups) => {
      const counted = groups.map((one) => ({ ...one, sheets: one.sheets.filter(({ vetoed }) => !vetoed) }));
      const signals = supervisionSignals(limits, groups);
      expect(supervisionSignals(limits, counted)).toEqual(signals);
      for (const { groupCode } of signals) expect(counted.find((one) => one.groupCode === groupCode)?.sheets.length).toBeGreaterThanOrEqual(limits.leastHouseholds);
    }));
  });

  it('stay where they are when all scores rise alike', () => {
    fc.assert(fc.property(village, fc.integer({ min: 1, max: 5000 }), (groups, more) => {
      const raised = groups.map((one) => ({ ...one, sheets: one.sheets.map((row) => ({ ...row, hundredths: row.hundredths + more })) }));
      const places = (signals: readonly Signal[]): unknown[] => signals.map(({ kind, groupCode, householdIds, memberIds }) => [kind, groupCode, householdIds, memberIds]);
      expect(places(supervisionSignals(limits, raised))).toEqual(places(supervisionSignals(limits, groups)));
    }));
  });

  it('have whole figures', () => {
    fc.assert(fc.property(village, (groups) => supervisionSignals(limits, groups).every(({ figures }) => Object.values(figures).every(Number.isSafeInteger))));
    expect([figureText('differenceHundredths', -1005), figureText('households', 12)]).toEqual(['-10.05', '12']);
  });
});

describe('the limits', () => {
  it('are those in force on the day', () => {
    const later = { ...limits, from: '2031-01-01', leastHouseholds: 20 };
    expect(signalLimitsOn([limits, later], plainDate('2030-12-31'))).toBe(limits);
    expect(signalLimitsOn([limits, later], plainDate('2031-01-01'))).toBe(later);
    expect(() => signalLimitsOn([limits], plainDate('2022-11-13'))).toThrow('signal-limits.none');
  });

  it.each([
    ['a day that is none', { from: 'soon' }, '起始日须形如'],
    ['one household', { leastHouseholds: 1 }, '至少 2 户'],
    ['a share below half', { identicalPercent: 40 }, '比例须'],
    ['no distance at all', { groupFarHundredths: 0 }, '须为正数'],
  ])('are checked: %s', (_what, fault, sentence) => expect(checkSignalLimits([{ ...limits, ...fault }]).map(({ message }) => message).join()).toContain(sentence));

  it('come in the order of their days', () => expect(checkSignalLimits([limits, limits]).map(({ code }) => code)).toEqual(['signals.order']));
});
