import { PolicyError } from '../errors';
import { addDays, type PlainDate, startOfDayShanghai } from './plain-date';

function wholeDays(days: number): number {
  if (!Number.isInteger(days) || days < 0) throw new PolicyError('window.days', { days });
  return days;
}

/** 自然日期间 — the opening day does not count; the last day ends at 24:00 in Shanghai (Civil Code 201, 203). */
export class NaturalDayWindow {
  private constructor(
    readonly openedOn: PlainDate,
    readonly lastDay: PlainDate,
  ) {}

  /** `window.days` when the number is negative or no whole one. */
  static of(days: number, openedOn: PlainDate, roll: (day: PlainDate) => PlainDate = (day) => day): NaturalDayWindow {
    return new NaturalDayWindow(openedOn, roll(addDays(openedOn, wholeDays(days))));
  }

  static until(openedOn: PlainDate, lastDay: PlainDate): NaturalDayWindow {
    return new NaturalDayWindow(openedOn, lastDay);
  }

  isOver(today: PlainDate): boolean {
    return today > this.lastDay;
  }

  /** The first moment after the window. */
  get overAt(): string {
    return startOfDayShanghai(addDays(this.lastDay, 1));
  }

  /** 顺延 — found missing: the days missed are added; `window.days` when that would shorten it. */
  extendedBy(missedDays: number): NaturalDayWindow {
    return new NaturalDayWindow(this.openedOn, addDays(this.lastDay, wholeDays(missedDays)));
  }
}
