import type { Figures } from './statistics.store';

/** 公开的一行 — counts as text; a small one is only said to be small. */
export interface PublicFigures extends Pick<Figures, 'villageCode' | 'ground' | 'medianDays' | 'maxDays' | 'onTimePercent'> {
  readonly number: string;
  /** Null when one of them is small: it could be told from the others. */
  readonly results: readonly { readonly result: string; readonly number: string }[] | null;
}

/**
 * 公开统计 — without names, and without a count that would point at one household: below the least only "少于 n" is said, and what
 * would let it be computed from the rest is left out. 三(三)2 [D]
 */
export function publicFigures({ villageCode, ground, number, results, answered, medianDays, maxDays, onTimePercent }: Figures, least: number): PublicFigures {
  const enough = answered >= least;
  return {
    villageCode,
    ground,
    number: number < least ? `少于${least}` : String(number),
    results: results.every((one) => one.number >= least) ? results.map((one) => ({ result: one.result, number: String(one.number) })) : null,
    medianDays: enough ? medianDays : null,
    maxDays: enough ? maxDays : null,
    onTimePercent: enough ? onTimePercent : null,
  };
}
