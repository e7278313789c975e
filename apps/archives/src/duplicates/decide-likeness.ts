import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LikenessStore } from './likeness.store';

const deciding = z.object({
  memberA: z.uuid(),
  memberB: z.uuid(),
  decision: z.enum(['same', 'different'], '结论须为 same（同一人）或 different（不是同一人）'),
  reason: z.string().trim().min(4, '请写明核实情况').max(500, '核实情况请控制在 500 字以内'),
});

export type DecideLikenessInput = z.input<typeof deciding> & { readonly requestId: string };

/** 核定疑似重复 — "different" is not offered again; "same" stays on the list until one of the two registrations has ended. 三(六)1 */
@Injectable()
export class DecideLikeness {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideLikenessInput): Promise<Receipt & { decision: string; next: string | null }> {
    return this.work.once({ actor, operation: 'duplicate.decide', requestId, body: { ...body, reason: this.vault.hash(body.reason, 'request') } }, async (tx) => {
      const { memberA, memberB, decision, reason } = deciding.parse(body);
      const [first = '', second = ''] = [memberA, memberB].toSorted();
      const likeness = new LikenessStore(tx);
      const pair = await likeness.lock(first, second);
      for (const code of [pair.groupA, pair.groupB]) actor.require('duplicate.decide', code);
      if (pair.decision !== null) throw new Problem('duplicate.decided', { decision: pair.decision });
      await likeness.decide(pair, decision, (await this.vault.sealFor(tx, pair.householdA)).seal(reason, ['likeness_decision', `${first} ${second}`, 'reason']));
      await tx.audit.record('duplicate.decided', first, { other: second, decision });
      return { decision, next: decision === 'same' ? 'end-duplicate' : null };
    });
  }
}
