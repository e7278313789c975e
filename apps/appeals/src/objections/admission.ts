import type { publicityReads, RowOf } from '@credit/contracts';
import type { PlainDate } from '@credit/policy';

type Publication = RowOf<typeof publicityReads.publication>;

/** 不予受理情形 — outside the window; a clerk sees the dates, and the filing is kept as a correction request. */
export type WindowRefusal = 'late' | 'not-posted' | 'publication-withdrawn';

export interface Admission {
  readonly refusal: WindowRefusal | null;
  readonly windowLastDay: string | null;
}

/** A review result has a window of its own after the publication; a list is open to objections until its own last day. */
function windowLastDayOf(publication: Publication): string | null {
  return publication.kind === 'publication.result' ? publication.objectionLastDay : publication.lastDay;
}

/**
 * 受理 — from the posting day to 24:00 of the window's last day, computed from the publication's stored days and the day of
 * receipt, whatever any timer did. 三(三)3；三(六)
 */
export function admissionOf(publication: Publication, receivedOn: PlainDate): Admission {
  const windowLastDay = windowLastDayOf(publication);
  if (publication.state === 'withdrawn') return { refusal: 'publication-withdrawn', windowLastDay };
  if (publication.postedOn === null || windowLastDay === null || receivedOn < publication.postedOn) return { refusal: 'not-posted', windowLastDay };
  return { refusal: receivedOn > windowLastDay ? 'late' : null, windowLastDay };
}
