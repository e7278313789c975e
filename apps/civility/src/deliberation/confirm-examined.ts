import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DeliberationDesk } from './deliberation-desk';
import { SittingStore } from './sitting.store';

const confirming = z.object({ roundId: z.uuid() });

export type ConfirmExaminedInput = z.input<typeof confirming> & { readonly requestId: string };
export type ConfirmedReceipt = Readonly<{ roundId: string; confirmed: number; unsettled: number }>;

/** 统一确认 — keeps the first scores of all households ticked as examined that the one who acts may chair; the others stay open. 三(三)3 */
@Injectable()
export class ConfirmExamined {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: DeliberationDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ConfirmExaminedInput): Promise<ConfirmedReceipt> {
    return this.work.once({ actor, operation: 'deliberation.confirm-examined', requestId, body }, async (tx) => {
      const { roundId } = confirming.parse(body);
      const seats = await this.desk.seatsOf(tx, actor, roundId);
      const sittings = new SittingStore(tx);
      const settled = (await sittings.open(roundId)).filter((householdId) => this.desk.mayChair(actor, seats, householdId));
      await sittings.settleAll(roundId, settled);
      await tx.audit.record('deliberation.confirmed', roundId, { households: settled.length });
      return { roundId, confirmed: settled.length, unsettled: (await sittings.unsettled(roundId)).length };
    });
  }
}
