import { PolicyError } from '../errors';

/** 信用等级, best first. */
export const grades = ['AAA', 'AA', 'A', 'B', 'C', 'D'] as const;
export type Grade = (typeof grades)[number];

/** 等级档: a total of at least this many hundredths; best first, the last takes the rest. */
export interface GradeBand {
  readonly grade: Grade;
  readonly fromHundredths: number;
}

export interface Parts {
  readonly civility: number;
  readonly quantitative: number;
}

/** 总分 — weights in percent come from the scorecard; whole hundredths in and out, half up. 三(三)3 */
export function totalHundredths(score: Parts, weight: Parts): number {
  return Math.floor((score.quantitative * weight.quantitative + score.civility * weight.civility + 50) / 100);
}

export function gradeOf(bands: readonly GradeBand[], total: number): Grade {
  const band = bands.find(({ fromHundredths }) => total >= fromHundredths);
  if (!band) throw new PolicyError('grade.no-band', { total });
  return band.grade;
}

/** The worse of two grades. */
export function lower(a: Grade, b: Grade): Grade {
  return grades.indexOf(a) > grades.indexOf(b) ? a : b;
}

/** 封顶 — the lowest cap wins; a cap never raises. */
export function capped(grade: Grade, caps: readonly Grade[]): Grade {
  return caps.reduce(lower, grade);
}

/** 信用主体 — A and above. 三(六)4 */
export function isCreditSubject(grade: Grade): boolean {
  return grades.indexOf(grade) <= grades.indexOf('A');
}

export interface HouseholdTotalInput extends Parts {
  readonly weights: Parts;
  readonly bands: readonly GradeBand[];
  readonly caps: readonly Grade[];
}

export interface HouseholdTotal {
  readonly totalHundredths: number;
  readonly grade: Grade;
  readonly creditSubject: boolean;
}

/** 农户总分与等级 from its two parts. */
export function householdTotal({ civility, quantitative, weights, bands, caps }: HouseholdTotalInput): HouseholdTotal {
  const total = totalHundredths({ civility, quantitative }, weights);
  const grade = capped(gradeOf(bands, total), caps);
  return { totalHundredths: total, grade, creditSubject: isCreditSubject(grade) };
}
