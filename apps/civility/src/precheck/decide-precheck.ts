import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { PrecheckStore } from './precheck.store';

const deciding = z.object({ entryId: z.uuid(), verdict: z.enum(['flagged', 'cleared']) });

export type DecidePrecheckInput = z.input<typeof deciding> & { readonly requestId: string };
export type PrecheckReceipt = Readonly<{ entryId: string; verdict: string; decidedOn: string }>;

/** 作出初核结论 — the town flags or clears each entry; only flags go on to the village party organisation. 三(三)3 */
@Injectable()
export class DecidePrecheck {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: DecidePrecheckInput): Promise<PrecheckReceipt> {
    return this.work.once({ actor, operation: 'precheck.decide', requestId, body }, async (tx) => {
      const input = deciding.parse(body);
      const entries = new PrecheckStore(tx);
      const entry = await entries.lock(input.entryId);
      const round = await new RoundStore(tx).get(entry.roundId);
      actor.require('precheck.decide', round.villageCode);
      if (entry.verdict !== null) throw new Problem('precheck.decided', { entryId: entry.id, verdict: entry.verdict });
      await entries.decide(entry.id, input.verdict);
      await tx.audit.record('precheck.decided', entry.id, { roundId: round.id, verdict: input.verdict });
      return { entryId: entry.id, verdict: input.verdict, decidedOn: tx.today };
    });
  }
}
