import { z } from 'zod';
import { day, divisionCode, id, key, publicationKind } from '../shapes';
import { read } from './read';

/** Reads that every owner concerned answers under the same name. */
export const sharedReads = {
  /** 公示内容 — first row: the heading; the rows after: the subjects. Asked by publicity when it drafts a publication. */
  publicationContent: read({
    owner: 'any',
    name: 'publication-content',
    callers: ['publicity'],
    ask: z.object({ kind: publicationKind, key }),
    row: z.object({
      /** Facts of the heading: year, list version, number of subjects. Absent on subject rows. */
      heading: z.record(z.string(), z.string()).optional(),
      subjectId: id.optional(),
      groupCode: divisionCode.optional(),
      /** Only what this kind of publication may show (review result: the score; rating list: nothing). */
      result: z.string().nullable().optional(),
      /** A text line of a content publication (评议清单). */
      text: z.string().optional(),
    }),
  }),
  /** 期限对账 — the deadlines an owner holds in its own columns; publicity rebuilds its alarms from them. */
  deadlines: read({
    owner: 'any',
    name: 'deadlines',
    callers: ['publicity'],
    ask: z.object({ after: key.optional() }),
    row: z.object({ kind: z.string(), key, version: z.int(), lastDay: day }),
  }),
  /** 消息补送 — a sender's outbox after a cursor (transaction and number), as far as the asking service hears it. */
  outbox: read({
    owner: 'any',
    name: 'outbox',
    callers: ['archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange', 'identity'],
    ask: z.object({ after: z.string().regex(/^\d+-\d+$/), limit: z.int().max(1000) }),
    row: z.object({ cursor: z.string(), message: z.unknown() }),
  }),
  /** 静止 — sandbox only: hands over what waits and says how much is still on its way. */
  settle: read({
    owner: 'any',
    name: 'settle',
    callers: ['publicity'],
    ask: z.object({}),
    row: z.object({ outstanding: z.int(), parked: z.int() }),
  }),
} as const;
