import { grades } from '../grades';
import type { RatingOutcome } from './rate';

/** 试算对象 — one subject under the card in force and under the draft; both on the same facts. */
export interface SimulatedSubject {
  /** Null while no card of the kind is in force. */
  readonly before: RatingOutcome | null;
  readonly after: RatingOutcome;
  /** What shares are told by: 村, 组, 户主年龄段 and so on, each with its value. */
  readonly facets: Readonly<Record<string, string>>;
}

export interface Share {
  readonly subjects: number;
  readonly creditBefore: number;
  readonly creditAfter: number;
}

/** 试算汇总 — sums only; villages are added up. */
export interface SimulationSums {
  readonly subjects: number;
  /** `AAA>AA` → how many; a status stands where there is no grade. */
  readonly matrix: Readonly<Record<string, number>>;
  /** Of those whose grade changed: by which indicator most, up and down; `card` when no indicator differs. */
  readonly movers: Readonly<Record<string, { readonly up: number; readonly down: number }>>;
  /** facet → value → share. */
  readonly shares: Readonly<Record<string, Readonly<Record<string, Share>>>>;
}

export const noSums: SimulationSums = { subjects: 0, matrix: {}, movers: {}, shares: {} };

const standing = (outcome: RatingOutcome | null): string => outcome?.grade ?? outcome?.status ?? 'none';

/** The indicator whose points differ most; the first by id of several. */
function strongest(before: RatingOutcome, after: RatingOutcome): string {
  const points = new Map(before.lines.map(({ indicator, pointsHundredths }) => [indicator, pointsHundredths ?? 0]));
  const known = new Set(after.lines.map(({ indicator }) => indicator));
  const gone = before.lines.filter(({ indicator }) => !known.has(indicator)).map(({ indicator, pointsHundredths }) => ({ indicator, change: Math.abs(pointsHundredths ?? 0) }));
  const changes = [...after.lines.map(({ indicator, pointsHundredths }) => ({ indicator, change: Math.abs((pointsHundredths ?? 0) - (points.get(indicator) ?? 0)) })), ...gone];
  const [top] = changes.toSorted((a, b) => b.change - a.change || (a.indicator < b.indicator ? -1 : 1));
  return top && top.change > 0 ? top.indicator : 'card';
}

function merged<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, add: (one: T, other: T) => T): Record<string, T> {
  const sums: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) sums[key] = sums[key] === undefined ? value : add(sums[key], value);
  return sums;
}

const addShare = (a: Share, b: Share): Share => ({ subjects: a.subjects + b.subjects, creditBefore: a.creditBefore + b.creditBefore, creditAfter: a.creditAfter + b.creditAfter });

/** Adds the sums of two villages. */
export function addSums(a: SimulationSums, b: SimulationSums): SimulationSums {
  return {
    subjects: a.subjects + b.subjects,
    matrix: merged(a.matrix, b.matrix, (one, other) => one + other),
    movers: merged(a.movers, b.movers, (one, other) => ({ up: one.up + other.up, down: one.down + other.down })),
    shares: merged(a.shares, b.shares, (one, other) => merged(one, other, addShare)),
  };
}

/** 试算 of one subject, as sums that `addSums` puts together. 三(六) */
export function sumsOf({ before, after, facets }: SimulatedSubject): SimulationSums {
  const [from, to] = [standing(before), standing(after)];
  const rise = before?.grade && after.grade ? grades.indexOf(before.grade) - grades.indexOf(after.grade) : 0;
  const share: Share = { subjects: 1, creditBefore: before?.creditSubject ? 1 : 0, creditAfter: after.creditSubject ? 1 : 0 };
  return {
    subjects: 1,
    matrix: { [`${from}>${to}`]: 1 },
    movers: before !== null && rise !== 0 ? { [strongest(before, after)]: { up: rise > 0 ? 1 : 0, down: rise < 0 ? 1 : 0 } } : {},
    shares: Object.fromEntries(Object.entries(facets).map(([facet, value]) => [facet, { [value]: share }])),
  };
}
