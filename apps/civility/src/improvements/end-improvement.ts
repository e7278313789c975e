import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ImprovementDesk, reasonShape } from './improvement-desk';
import { improvementMachine } from './improvement-machine';

const ending = z.object({ improvementId: z.uuid(), reason: reasonShape });

export type EndImprovementInput = z.input<typeof ending> & { readonly requestId: string };
export type EndReceipt = Readonly<{ improvementId: string; endedOn: string }>;

/** 终止整改提升计划 — with the reason: moved away, the score corrected, planned by mistake. What was found before stays. 三(三) */
@Injectable()
export class EndImprovement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ImprovementDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: EndImprovementInput): Promise<EndReceipt> {
    return this.work.once({ actor, operation: 'improvement.end', requestId, body }, async (tx) => {
      const input = ending.parse(body);
      const { improvements, improvement, seal } = await this.desk.take(tx, actor, 'improvement.plan', input.improvementId);
      const { id, roundId, householdId, state } = improvement;
      improvementMachine.next(state, 'end');
      await improvements.end(id, seal.seal(input.reason, ['improvement', id, 'end_reason']));
      await tx.audit.record('improvement.ended', id, { roundId, householdId, before: state });
      await tx.outbox.append('deadline.cleared', { owner: 'civility', kind: 'improvement-check', key: id });
      return { improvementId: id, endedOn: tx.today };
    });
  }
}
