import { checkSignalLimits, plainDate, type SignalLimits, signalLimitsOn } from '@credit/policy';
import { refused } from '../../test/refused';

const limits = (more: Partial<SignalLimits> = {}): SignalLimits => ({ from: '2022-11-14', leastHouseholds: 2, scorerBiasHundredths: 1, identicalPercent: 50, mutualFavourHundredths: 1, groupFarHundredths: 1, source: 'x', ...more });

describe('监督信号界限的检查', () => {
  it.each<[string, SignalLimits[], object[]]>([
    ['the least that is allowed', [limits(), limits({ from: '2023-01-01', identicalPercent: 99 })], []],
    ['a day that is none', [limits({ from: '2022-11-31' })], [{ path: [0, 'from'], code: 'signals.from', message: '起始日须形如 2022-11-14' }]],
    ['the same day twice', [limits(), limits()], [{ path: [1, 'from'], code: 'signals.order', message: '版本须按起始日先后排列，且不得重复' }]],
    ['out of order', [limits(), limits({ from: '2022-11-13' })], [{ path: [1, 'from'], code: 'signals.order', message: '版本须按起始日先后排列，且不得重复' }]],
    ['one household', [limits({ leastHouseholds: 1 })], [{ path: [0, 'leastHouseholds'], code: 'signals.least', message: '至少 2 户才能比较，请核对最少户数' }]],
    ['less than half alike', [limits({ identicalPercent: 49 })], [{ path: [0, 'identicalSheets'], code: 'signals.percent', message: '相同评分表的比例须不小于 50、小于 100' }]],
    ['all alike', [limits({ identicalPercent: 100 })], [{ path: [0, 'identicalSheets'], code: 'signals.percent', message: '相同评分表的比例须不小于 50、小于 100' }]],
    ...(['scorerBiasHundredths', 'mutualFavourHundredths', 'groupFarHundredths'] as const).map((name): [string, SignalLimits[], object[]] => [
      `${name} of nothing`,
      [limits({ [name]: 0 })],
      [{ path: [0], code: 'signals.limit', message: '各项界限须为正数，否则每个组都会有信号' }],
    ]),
  ])('%s', (_what, versions, expected) => {
    expect(checkSignalLimits(versions)).toEqual(expected.map((fault) => ({ severity: 'error', ...fault })));
  });

  it('has none before the first version, and the newest that has begun', () => {
    const versions = [limits(), limits({ from: '2023-01-01', leastHouseholds: 9 })];
    expect([signalLimitsOn(versions, plainDate('2022-12-31')).leastHouseholds, signalLimitsOn(versions, plainDate('2023-01-01')).leastHouseholds]).toEqual([2, 9]);
    expect(refused(() => signalLimitsOn(versions, plainDate('2022-11-13')))).toEqual({ code: 'signal-limits.none', facts: { day: '2022-11-13' } });
  });
});
