import { PolicyError } from '../errors';

/** 自然日 — a day in Shanghai as text, YYYY-MM-DD; days compare as texts do. */
export type PlainDate = string & { readonly __plainDate: unique symbol };

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function monthLength(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isPlainDate(text: string): text is PlainDate {
  const match = shape.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
}

/** Reads a day; `day.invalid` when it is none, such as 2023-02-29. */
export function plainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new PolicyError('day.invalid', { text: text.slice(0, 20) });
  return text;
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function partsOf(day: PlainDate): Parts {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

function fromParts({ year, month, day }: Parts): PlainDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as PlainDate;
}

function daysBeforeYear(year: number): number {
  const before = year - 1;
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
}

/** Days since 0001-01-01, which is 0. */
export function dayNumber(day: PlainDate): number {
  const { year, month, day: dayOfMonth } = partsOf(day);
  const leapShift = month > 2 && isLeap(year) ? 1 : 0;
  return daysBeforeYear(year) + (daysBeforeMonth[month - 1] ?? 0) + leapShift + dayOfMonth - 1;
}

const daysIn400Years = 146_097;

/** The inverse of `dayNumber`. */
export function dayFromNumber(number: number): PlainDate {
  let year = Math.floor((number * 400) / daysIn400Years) + 1;
  while (daysBeforeYear(year) > number) year -= 1;
  while (daysBeforeYear(year + 1) <= number) year += 1;
  let rest = number - daysBeforeYear(year);
  let month = 1;
  while (rest >= monthLength(year, month)) {
    rest -= monthLength(year, month);
    month += 1;
  }
  return fromParts({ year, month, day: rest + 1 });
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return dayFromNumber(dayNumber(day) + days);
}

/** 对应日 — the same day of a later month, or that month's last day when it has none (Civil Code 202). */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const { year, month, day: dayOfMonth } = partsOf(day);
  const count = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return fromParts({ ...target, day: Math.min(dayOfMonth, monthLength(target.year, target.month)) });
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 = Monday … 7 = Sunday. */
export function dayOfWeek(day: PlainDate): number {
  return (dayNumber(day) % 7) + 1;
}

const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const epochDay = 719_162;
const timeWithOffset = /\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)$/;

/**
 * The day in Shanghai at an instant, whatever the server's own time zone. China has kept +08:00 without summer time since
 * 1991. `instant.invalid` when a text is none or names no offset, because it would be read in the server's zone.
 */
export function shanghaiDayOf(instant: Date | string): PlainDate {
  const text = typeof instant === 'string' ? instant : null;
  const ms = text === null ? (instant as Date).getTime() : timeWithOffset.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new PolicyError('instant.invalid', { text: text?.slice(0, 40) ?? null });
  return dayFromNumber(epochDay + Math.floor((ms + shanghaiOffsetMs) / dayMs));
}

/** The first moment of a day in Shanghai, ISO 8601. */
export function startOfDayShanghai(day: PlainDate): string {
  return `${day}T00:00:00+08:00`;
}
