import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { roundMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { SittingStore } from './sitting.store';

const handing = z.object({ roundId: z.uuid() });

export type HandInInput = z.input<typeof handing> & { readonly requestId: string };
export type HandInReceipt = Readonly<{ roundId: string; state: string; handedInOn: string }>;

/** 报镇党委 — only when every household was examined and settled. 三(三)3 */
@Injectable()
export class HandIn {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: HandInInput): Promise<HandInReceipt> {
    return this.work.once({ actor, operation: 'deliberation.hand-in', requestId, body }, async (tx) => {
      const { roundId } = handing.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.lock(roundId);
      actor.require('deliberation.hand-in', round.villageCode);
      const state = roundMachine.next(round.state, 'hand-in');
      const open = await new SittingStore(tx).unsettled(roundId);
      if (open.length > 0) throw new Problem('round.not-examined', { roundId, households: open.length }, open.slice(0, 50).map((no) => ({ path: 'roundId', message: `${no} 户尚未审议` })));
      await rounds.update(roundId, { state, handedInOn: tx.today });
      await tx.audit.record('round.handed-in', roundId, {});
      return { roundId, state, handedInOn: tx.today };
    });
  }
}
