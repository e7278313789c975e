import { Problem } from '@credit/contracts';
import { type Actor, purposeScope, purposesOn, type Rules } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { z } from 'zod';

export const purposeCode = z.string().max(40);

/** 现行的授权用途 */
export function purposeList(rules: Rules, today: PlainDate): { code: string; zh: string }[] {
  return Object.entries(purposesOn(rules, today)).map(([code, { zh }]) => ({ code, zh }));
}

/** 授权用途 — one of those the rules know on the day, else `input.invalid` with their list. 三(七)1 */
export function requirePurpose(rules: Rules, purpose: string, today: PlainDate): void {
  const known = purposeList(rules, today);
  if (known.some(({ code }) => code === purpose)) return;
  const list = known.map(({ code, zh }) => `${code}（${zh}）`).join('、');
  throw new Problem('input.invalid', {}, [{ path: 'purpose', message: `用途请填下列之一：${list}` }]);
}

export function clientOf(actor: Actor): string {
  if (actor.kind !== 'client' || actor.accountId === null) throw new Problem('access.denied', { action: 'lookup.ask' });
  return actor.accountId;
}

/** A client asks only for what its token was given for. */
export function requireGranted(actor: Actor, rules: Rules, purpose: string, today: PlainDate): void {
  requirePurpose(rules, purpose, today);
  if (!actor.scopes.includes(purposeScope(purpose))) throw new Problem('auth.scope-missing', { scope: purposeScope(purpose) });
}
