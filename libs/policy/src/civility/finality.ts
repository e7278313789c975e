import type { PlainDate } from '../days';

export interface FinalityFacts {
  readonly today: PlainDate;
  /** Null until the results hang everywhere. */
  readonly publicationLastDay: PlainDate | null;
  readonly objectionLastDay: PlainDate | null;
  readonly openObjections: number;
  /** Told, or recorded as not deliverable. */
  readonly told: boolean;
  /** For a changed score: the last day of the publication of the outcome; undefined when the score was never changed. */
  readonly outcomeLastDay?: PlainDate | null;
}

export type NotFinalReason = 'not-published' | 'window-open' | 'objection-open' | 'not-told' | 'outcome-in-publication';

/**
 * 得分是否生效 — final when the objection window is over, no objection is open and the household was told or recorded as not
 * deliverable; a changed one when the publication of its outcome is over as well. Null means final. 三(三)3
 */
export function whyNotFinal(facts: FinalityFacts): NotFinalReason | null {
  if (facts.publicationLastDay === null || facts.objectionLastDay === null) return 'not-published';
  if (facts.today <= facts.objectionLastDay) return 'window-open';
  if (facts.openObjections > 0) return 'objection-open';
  if (!facts.told) return 'not-told';
  if (facts.outcomeLastDay !== undefined && (facts.outcomeLastDay === null || facts.today <= facts.outcomeLastDay)) return 'outcome-in-publication';
  return null;
}
