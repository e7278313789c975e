import { z } from 'zod';
import { day, id } from '../shapes';
import { read } from './read';

/** 身份的内部读取 */
export const identityReads = {
  /** 告知单取号 — the one-time code printed on each household's slip (告知单); asking again gives the same code while it is valid. */
  slipCodes: read({
    owner: 'identity',
    name: 'slip-codes',
    callers: ['publicity'],
    ask: z.object({ householdIds: z.array(id).max(500) }),
    row: z.object({ householdId: id, code: z.string(), lastDay: day }),
  }),
  /**
   * 取号码持有人 — the member who holds a slip, by its code and the last four of the ID; nothing whatever was wrong. Every question counts as a
   * try of the code and of the address, as at sign-in.
   */
  slipHolder: read({
    owner: 'identity',
    name: 'slip-holder',
    callers: ['publicity'],
    ask: z.object({ code: z.string().max(20), tail: z.string().max(4), address: z.string().max(64) }),
    row: z.object({ householdId: id, memberId: id }),
  }),
  /** 接入方 — who a client is and what it is registered for; unknown ones are left out. */
  clients: read({
    owner: 'identity',
    name: 'clients',
    callers: ['exchange'],
    ask: z.object({ clientIds: z.array(id).max(100) }),
    row: z.object({ clientId: id, kind: z.enum(['bank', 'province']), purposes: z.array(z.string()), active: z.boolean() }),
  }),
} as const;
