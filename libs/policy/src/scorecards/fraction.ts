import { PolicyError } from '../errors';

/** An exact number: compared by cross-multiplication, never as a float. The denominator is positive. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

const decimal = /^(-?)(\d{1,20})(?:\.(\d{1,12}))?$/;
const mostPlaces = 12;
const powersOfTen = Array.from({ length: mostPlaces + 1 }, (_, places) => 10n ** BigInt(places));

/** Reads a decimal such as `-12.50`; `number.invalid` when it is none. */
export function fractionOf(text: string | number): Fraction {
  const match = decimal.exec(String(text).trim());
  if (!match) throw new PolicyError('number.invalid', { text: String(text).slice(0, 30) });
  const [, sign, whole = '0', places = ''] = match;
  const num = BigInt(whole + places);
  return { num: sign ? -num : num, den: powersOfTen[places.length] ?? 1n };
}

/** Reads the edge of a band: a decimal, or a quotient such as `2/3`. */
export function thresholdOf(text: string | number): Fraction {
  const [dividend = '', divisor = '1'] = String(text).split('/');
  return divide(fractionOf(dividend), fractionOf(divisor));
}

export function compare(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isPositive(value: Fraction): boolean {
  return value.num > 0n;
}

/** The quotient of two numbers; `number.divisor` unless the divisor is positive. */
export function divide(a: Fraction, b: Fraction): Fraction {
  if (!isPositive(b)) throw new PolicyError('number.divisor');
  return { num: a.num * b.den, den: a.den * b.num };
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

/** Decimal text with up to so many places, truncated towards zero, without trailing zeros: for people to read. */
export function decimalText({ num, den }: Fraction, places = 4): string {
  const scaled = (num < 0n ? -num : num) * 10n ** BigInt(places);
  const digits = (scaled / den).toString().padStart(places + 1, '0');
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
  return num < 0n && text !== '0' ? `-${text}` : text;
}

/** 中位数 — of an even count the mean of the middle two; exact. Undefined for no values. */
export function medianOf(values: readonly string[]): string | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.map(fractionOf).toSorted(compare);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!upper || !lower) return undefined;
  return decimalText({ num: lower.num * upper.den + upper.num * lower.den, den: 2n * lower.den * upper.den }, mostPlaces + 1);
}
