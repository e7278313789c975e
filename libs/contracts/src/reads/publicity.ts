import { z } from 'zod';
import { day, divisionCode, id, key, publicationKind, serviceName } from '../shapes';
import { read } from './read';

const publicationRow = z.object({
  publicationId: id,
  kind: publicationKind,
  owner: serviceName,
  key,
  divisionCode,
  state: z.enum(['draft', 'posted', 'suspended', 'withdrawn', 'closed']),
  version: z.int(),
  postedOn: day.nullable(),
  /** The last day of the publication, extensions included; null until its last place is posted. */
  lastDay: day.nullable(),
  /** 异议期最后一日 counted from the publication's last day by the term in force when it was posted. */
  objectionLastDay: day.nullable(),
  openedAgainAs: id.nullable(),
});

/** 公示的内部读取 */
export const publicityReads = {
  /** 公示的现状 by id: the deciding state that an objection is admitted on. */
  publication: read({ owner: 'publicity', name: 'publication', callers: ['civility', 'appeals', 'rating'], ask: z.object({ publicationId: id }), row: publicationRow }),
  /** 一事项的全部公示, newest first. */
  publicationsOf: read({
    owner: 'publicity',
    name: 'publications-of',
    callers: ['civility', 'appeals', 'rating'],
    ask: z.object({ owner: serviceName, kind: publicationKind, key }),
    row: publicationRow,
  }),
  /** 公示名单中的主体 */
  publishedSubjects: read({
    owner: 'publicity',
    name: 'published-subjects',
    callers: ['appeals'],
    ask: z.object({ publicationId: id }),
    row: z.object({ subjectId: id, groupCode: divisionCode }),
  }),
  /** 已告知 — every subject of a publication that was told, or recorded as not deliverable. */
  told: read({
    owner: 'publicity',
    name: 'told',
    callers: ['civility', 'rating'],
    ask: z.object({ publicationId: id }),
    row: z.object({ subjectId: id, outcome: z.enum(['told', 'not-deliverable']), settledOn: day }),
  }),
} as const;
