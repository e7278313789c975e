import { isPlainDate, type PlainDate } from '../days';
import { type Issue, issue, PolicyError } from '../errors';

/** 监督信号的界限 in force from a day, from `rules/signals.yaml`; points and deviations are hundredths. 三(三) [D] */
export interface SignalLimits {
  readonly from: string;
  /** Fewer households than this, or fewer marks of a member, are never compared. */
  readonly leastHouseholds: number;
  readonly scorerBiasHundredths: number;
  /** More than this share of a group's sheets alike. */
  readonly identicalPercent: number;
  readonly mutualFavourHundredths: number;
  /** Hundredths of the village's standard deviation. */
  readonly groupFarHundredths: number;
  readonly source: string;
}

/** The limits in force on a day; `signal-limits.none` before the first. */
export function signalLimitsOn(versions: readonly SignalLimits[], day: PlainDate): SignalLimits {
  const limits = versions.findLast(({ from }) => from <= day);
  if (!limits) throw new PolicyError('signal-limits.none', { day });
  return limits;
}

export function checkSignalLimits(versions: readonly SignalLimits[]): Issue[] {
  return versions.flatMap((limits, index) => {
    const previous = versions[index - 1];
    const positive = [limits.scorerBiasHundredths, limits.mutualFavourHundredths, limits.groupFarHundredths];
    return [
      ...(isPlainDate(limits.from) ? [] : [issue([index, 'from'], 'signals.from', '起始日须形如 2022-11-14')]),
      ...(previous && previous.from >= limits.from ? [issue([index, 'from'], 'signals.order', '版本须按起始日先后排列，且不得重复')] : []),
      ...(limits.leastHouseholds >= 2 ? [] : [issue([index, 'leastHouseholds'], 'signals.least', '至少 2 户才能比较，请核对最少户数')]),
      ...(limits.identicalPercent >= 50 && limits.identicalPercent < 100 ? [] : [issue([index, 'identicalSheets'], 'signals.percent', '相同评分表的比例须不小于 50、小于 100')]),
      ...(positive.every((limit) => limit > 0) ? [] : [issue([index], 'signals.limit', '各项界限须为正数，否则每个组都会有信号')]),
    ];
  });
}
