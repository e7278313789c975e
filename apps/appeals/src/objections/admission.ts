import type { publicityReads, RowOf } from '@credit/contracts';
import { type PlainDate, plainDate, type WindowRefusal, windowRefusal } from '@credit/policy';

type Publication = RowOf<typeof publicityReads.publication>;

export interface Admission {
  /** A clerk sees the dates, and what came too late is kept as a correction request. */
  readonly refusal: WindowRefusal | null;
  /** Null while it is not known: before the posting, and during a suspension. */
  readonly windowLastDay: string | null;
}

/** A review result has a window of its own after the publication; a list is open to objections until its own last day. */
function windowLastDayOf({ kind, lastDay, objectionLastDay }: Publication): PlainDate | null {
  const day = kind === 'publication.result' ? objectionLastDay : lastDay;
  return day === null ? null : plainDate(day);
}

/** 受理 — by the publication's stored days and the day of receipt. 三(三)3；三(六) */
export function admissionOf(publication: Publication, receivedOn: PlainDate): Admission {
  const { state } = publication;
  const lastDay = windowLastDayOf(publication);
  const postedOn = publication.postedOn === null ? null : plainDate(publication.postedOn);
  return { refusal: windowRefusal({ state, postedOn, lastDay }, receivedOn), windowLastDay: state === 'suspended' ? null : lastDay };
}
