import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DeliberationDesk } from './deliberation-desk';

const examining = z.object({
  roundId: z.uuid(),
  rows: z
    .array(z.object({ householdId: z.uuid(), withdrawnMemberIds: z.array(z.uuid()).max(60).default([]) }))
    .min(1)
    .max(500, '一次最多登记 500 户'),
});

export type ExamineInput = z.input<typeof examining> & { readonly requestId: string };
export type ExaminedReceipt = Readonly<{ roundId: string; examined: number }>;

/** 逐户审议 — ticks the households the present meeting went through, each with who withdrew; the scores are settled afterwards. 三(三)3 */
@Injectable()
export class ExamineHouseholds {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: DeliberationDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ExamineInput): Promise<ExaminedReceipt> {
    return this.work.once({ actor, operation: 'deliberation.examine', requestId, body }, async (tx) => {
      const input = examining.parse(body);
      const seats = await this.desk.seatsOf(tx, actor, input.roundId);
      const rows = input.rows.map(({ householdId, withdrawnMemberIds }) => ({ householdId, withdrawn: withdrawnMemberIds }));
      await this.desk.examine(tx, actor, seats, rows);
      await tx.audit.record('deliberation.examined', input.roundId, { sittingId: seats.sitting.id, households: rows.length });
      return { roundId: input.roundId, examined: rows.length };
    });
  }
}
