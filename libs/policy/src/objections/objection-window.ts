import type { PlainDate } from '../days';
import type { PublicationState } from '../machines';

/** 异议所针对的公示 — its state and the days it stores. */
export interface ObjectionWindow {
  readonly state: PublicationState;
  /** Null until its last place was posted. */
  readonly postedOn: PlainDate | null;
  /** 异议期最后一日, extensions included; null until it is known. */
  readonly lastDay: PlainDate | null;
}

/** 不予受理情形 — outside the window. */
export type WindowRefusal = 'late' | 'not-posted' | 'publication-withdrawn';

/**
 * 是否在异议期内 — from the posting day to 24:00 of the window's last day, by the day of receipt alone, whatever any timer did. While a
 * publication is suspended its last day is not known, so nothing comes too late. Null: admissible. 三(三)3；三(六)
 */
export function windowRefusal({ state, postedOn, lastDay }: ObjectionWindow, receivedOn: PlainDate): WindowRefusal | null {
  if (state === 'withdrawn') return 'publication-withdrawn';
  if (postedOn === null || lastDay === null || receivedOn < postedOn) return 'not-posted';
  return state !== 'suspended' && receivedOn > lastDay ? 'late' : null;
}
