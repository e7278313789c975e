import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStepStore } from './round-step.store';

const dropping = z.object({ stepId: z.uuid(), reason: z.string().trim().min(4, '请写明取消的理由').max(500, '理由请控制在 500 字以内') });

export type DropRoundStepInput = z.input<typeof dropping> & { readonly requestId: string };
export type RoundStepDropped = Readonly<{ stepId: string; droppedOn: string }>;

/** 取消一步 — planned by mistake or no longer needed; it stays in the plan with the reason. 三(三) */
@Injectable()
export class DropRoundStep {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DropRoundStepInput): Promise<RoundStepDropped> {
    return this.work.once({ actor, operation: 'round-step.drop', requestId, body }, async (tx) => {
      const { stepId, reason } = dropping.parse(body);
      const steps = new RoundStepStore(tx);
      const { roundId, villageCode, dueOn } = await steps.lockOpen(stepId);
      actor.require('round-step.plan', villageCode);
      await steps.drop(stepId, (await this.vault.sealFor(tx, stepId)).seal(reason, ['round_step', stepId, 'drop_reason']));
      await tx.audit.record('round-step.dropped', stepId, { roundId, dueOn });
      return { stepId, droppedOn: tx.today };
    });
  }
}
