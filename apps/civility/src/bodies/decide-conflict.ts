import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { appointed, type Body, BodyStore, type ReviewBodyKind } from './body.store';
import { TieStore } from './tie.store';

const deciding = z.object({ tieId: z.uuid(), upheld: z.boolean() });

export type DecideConflictInput = z.input<typeof deciding> & { readonly requestId: string };
export type DecisionReceipt = Readonly<{ tieId: string; upheld: boolean }>;

/** Who chairs, and who decides when the chair is the one concerned or has no account. */
const chairs: Readonly<Record<ReviewBodyKind, { capacity: string; deputyRole: string }>> = {
  'review-group': { capacity: 'responsible-cadre', deputyRole: 'village-secretary' },
  'deliberation-group': { capacity: 'party-secretary', deputyRole: 'town-officer' },
};

/** 决定回避 — the chair of the body decides on a tie that was pointed out; it is recorded either way. 三(三)3 [D] */
@Injectable()
export class DecideConflict {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: DecideConflictInput): Promise<DecisionReceipt> {
    return this.work.once({ actor, operation: 'recusal.decide', requestId, body }, async (tx) => {
      const input = deciding.parse(body);
      const ties = new TieStore(tx);
      const tie = await ties.lock(input.tieId);
      const round = await new RoundStore(tx).get(tie.roundId);
      actor.require('recusal.decide', round.villageCode);
      if (tie.state !== 'reported') throw new Problem('recusal.decided', { tieId: tie.id });
      requireChair(actor, await new BodyStore(tx).ofMember(tie.memberId), tie.memberId, round.villageCode);
      await ties.decide(tie.id, input.upheld ? 'upheld' : 'dismissed');
      await tx.audit.record('recusal.decided', tie.id, { memberId: tie.memberId, upheld: input.upheld });
      return { tieId: tie.id, upheld: input.upheld };
    });
  }
}

function requireChair(actor: Actor, present: Body, concernedId: string, villageCode: string): void {
  const { capacity, deputyRole } = chairs[present.kind];
  const chair = present.members.find((member) => member.capacity === capacity);
  const concerned = appointed(present).find(({ memberId }) => memberId === concernedId);
  if (concerned?.accountId != null && concerned.accountId === actor.accountId) throw new Problem('recusal.not-chair', { memberId: concernedId });
  const chairDecides = chair?.accountId != null && chair.memberId !== concernedId;
  const allowed = chairDecides ? chair.accountId === actor.accountId : actor.holds(deputyRole, villageCode);
  if (!allowed) throw new Problem('recusal.not-chair', { memberId: concernedId });
}
