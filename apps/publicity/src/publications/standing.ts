import { type EventData, Problem } from '@credit/contracts';
import { NaturalDayWindow, type PlainDate, type PublicationState } from '@credit/policy';
import type { Publication } from './publication.row';

type Standing = Pick<Publication, 'state' | 'postedOn' | 'lastDay'>;

/** A publication that hangs, or is suspended, with the days of its window. */
export type Hung = Publication & { readonly postedOn: PlainDate; readonly lastDay: PlainDate };

/** 是否期满 — computed from the last day, whether or not anything has recorded it. A suspended one does not run. */
export function isOver(publication: Standing, today: PlainDate): boolean {
  if (publication.state === 'closed') return true;
  if (publication.state !== 'posted' || publication.postedOn === null || publication.lastDay === null) return false;
  return NaturalDayWindow.until(publication.postedOn, publication.lastDay).isOver(today);
}

/** What the state is today: one whose last day has passed is closed even when that was never recorded. */
export function stateOn(publication: Standing, today: PlainDate): PublicationState {
  return isOver(publication, today) ? 'closed' : publication.state;
}

function isHung(publication: Publication): publication is Hung {
  return publication.postedOn !== null && publication.lastDay !== null;
}

/** Problems `publication.not-posted`, `publication.over`. */
export function requireHung(publication: Publication, today: PlainDate): Hung {
  if (!isHung(publication)) throw new Problem('publication.not-posted', { publicationId: publication.id, state: publication.state });
  if (isOver(publication, today)) throw new Problem('publication.over', { publicationId: publication.id, lastDay: publication.lastDay });
  return publication;
}

/** What every message about a publication says of it. */
export function told(publication: Publication): Omit<EventData<'publication.posted'>, 'postedOn' | 'lastDay'> {
  const { id: publicationId, kind, owner, key, divisionCode, version } = publication;
  return { publicationId, kind, owner, key, divisionCode, version };
}
