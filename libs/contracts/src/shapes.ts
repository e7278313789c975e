import { z } from 'zod';

/** Identifiers, days and codes: the only things a message may carry. */
export const id = z.uuid();
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** 行政区划 — 12 digits, or 14 for a villager group (村民小组). */
export const divisionCode = z.string().regex(/^\d{12}(\d{2})?$/);
export const serviceName = z.enum(['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange', 'gateway']);
/** A short machine code such as a role, a kind or a state; never a name. */
export const code = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/);
/** The owner's own key of a case: an id, or an id and a division. */
export const key = z.string().regex(/^[0-9a-zA-Z:._-]{1,120}$/);

export const subjectKinds = ['household', 'entity', 'collective'] as const;
/** 信用主体类别 */
export type SubjectKind = (typeof subjectKinds)[number];
export const subjectKind = z.enum(subjectKinds);

export const publicationKinds = [
  'publication.content',
  'publication.result',
  'publication.rating',
  'publication.village',
  'publication.reconsideration',
  'publication.correction',
  'publication.repair',
] as const;
/** 公示类别 */
export type PublicationKind = (typeof publicationKinds)[number];
export const publicationKind = z.enum(publicationKinds);
