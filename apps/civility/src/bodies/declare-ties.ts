import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { appointed, BodyStore, type Member } from './body.store';
import { TieStore } from './tie.store';

/** 亲属: spouse, direct line, collateral to the third degree, near in-laws; 冲突: open disputes and debts. 三(三)3 [D] */
export const relations = {
  kin: ['spouse', 'direct-line', 'collateral', 'in-law'],
  conflict: ['dispute', 'debt'],
} as const;
const relation = z.enum([...relations.kin, ...relations.conflict]);

export function kindOf(given: z.output<typeof relation>): 'kin' | 'conflict' {
  return relations.conflict.some((one) => one === given) ? 'conflict' : 'kin';
}

const declaring = z.object({
  memberId: z.uuid(),
  ties: z.array(z.object({ householdId: z.uuid(), relation })).min(1).max(500, '一次最多申报 500 户'),
});

export type DeclareTiesInput = z.input<typeof declaring> & { readonly requestId: string };
export type DeclarationReceipt = Readonly<{ memberId: string; added: number }>;

/** 申报回避 — a member names the households that are kin, or with which there is an open dispute or debt; in force at once. 三(三)3 */
@Injectable()
export class DeclareTies {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: DeclareTiesInput): Promise<DeclarationReceipt> {
    return this.work.once({ actor, operation: 'recusal.declare', requestId, body }, async (tx) => {
      const input = declaring.parse(body);
      const present = await new BodyStore(tx).ofMember(input.memberId);
      const round = await new RoundStore(tx).get(present.roundId);
      if (actor.kind === 'account') actor.require('recusal.declare', round.villageCode);
      requireOwn(actor, appointed(present).find(({ memberId }) => memberId === input.memberId), round.villageCode);
      const known = new Set((await new RoundStore(tx).households(round.id)).map(({ householdId }) => householdId));
      const unknown = input.ties.filter(({ householdId }) => !known.has(householdId));
      if (unknown.length > 0) throw new Problem('input.invalid', {}, unknown.map(({ householdId }) => ({ path: 'ties', message: `${householdId} 不在这一轮评议的农户名册中` })));
      const ties = input.ties.map((tie) => ({ ...tie, kind: kindOf(tie.relation) }));
      const added = await new TieStore(tx).add(round.id, input.memberId, ties, 'declared');
      await tx.audit.record('recusal.declared', input.memberId, { roundId: round.id, added: added.length });
      return { memberId: input.memberId, added: added.length };
    });
  }
}

/** Members declare for themselves; for one without an account the village clerk or the town writes the declaration down. */
function requireOwn(actor: Actor, member: Member | undefined, villageCode: string): void {
  if (member?.accountId != null && member.accountId === actor.accountId) return;
  const writesDown = actor.holds('village-clerk', villageCode) || actor.holds('town-officer', villageCode);
  if (member?.accountId != null || !writesDown) throw new Problem('recusal.not-own', { memberId: member?.memberId });
}
