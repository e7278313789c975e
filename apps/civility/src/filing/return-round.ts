import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { roundMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { SittingStore } from '../deliberation/sitting.store';
import { RoundStore } from '../rounds/round.store';
import { ReturnStore } from './return.store';

const returning = z.object({
  roundId: z.uuid(),
  reasons: z
    .array(z.object({ householdId: z.uuid(), reason: z.string().trim().min(4, '请写明退回理由').max(1000, '理由请控制在 1000 字以内') }))
    .min(1, '退回须逐户写明理由')
    .max(500, '一次最多退回 500 户'),
});

export type ReturnRoundInput = z.input<typeof returning> & { readonly requestId: string };
export type ReturnReceipt = Readonly<{ roundId: string; state: string; returned: number }>;

/** 退回 — the town party committee sends a round back with a reason per household; those are examined again. 三(三)3 */
@Injectable()
export class ReturnRound {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ReturnRoundInput): Promise<ReturnReceipt> {
    return this.work.once({ actor, operation: 'round.return', requestId, body }, async (tx) => {
      const { roundId, reasons } = returning.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.lock(roundId);
      actor.require('round.return', round.villageCode);
      const state = roundMachine.next(round.state, 'return');
      const householdIds = reasons.map(({ householdId }) => householdId);
      const known = new Set((await rounds.households(roundId)).map(({ householdId }) => householdId));
      const unknown = householdIds.filter((householdId, index) => !known.has(householdId) || householdIds.indexOf(householdId) !== index);
      if (unknown.length > 0) throw new Problem('input.invalid', {}, unknown.map((id) => ({ path: 'reasons', message: `${id} 不在这一轮评议的农户名册中，或重复填写` })));
      const seals = await this.vault.sealsFor(tx, householdIds);
      const place = (householdId: string) => ['return_reason', `${roundId}/${householdId}/${tx.now.toISOString()}`, 'reason'] as const;
      await new ReturnStore(tx).insert(
        roundId,
        reasons.flatMap(({ householdId, reason }) => {
          const seal = seals.get(householdId);
          return seal ? [{ householdId, reason: seal.seal(reason, place(householdId)) }] : [];
        }),
      );
      await new SittingStore(tx).reopen(roundId, householdIds);
      await rounds.update(roundId, { state });
      await tx.audit.record('round.returned', roundId, { householdIds });
      return { roundId, state, returned: reasons.length };
    });
  }
}
