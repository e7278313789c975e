import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStepStore } from './round-step.store';

const finishing = z.object({
  stepId: z.uuid(),
  doneOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/, '佐证材料摘要须为 64 位十六进制').nullish(),
});

export type FinishRoundStepInput = z.input<typeof finishing> & { readonly requestId: string };
export type RoundStepDone = Readonly<{ stepId: string; doneOn: string }>;

/** 办结一步 — by one who holds the role that answers for it, with the day and the paper that shows it; late ones keep their due day. 三(三) */
@Injectable()
export class FinishRoundStep {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: FinishRoundStepInput): Promise<RoundStepDone> {
    return this.work.once({ actor, operation: 'round-step.finish', requestId, body }, async (tx) => {
      const { stepId, doneOn, evidenceSha256 = null } = finishing.parse(body);
      const steps = new RoundStepStore(tx);
      const { roundId, villageCode, ownerRole, dueOn } = await steps.lockOpen(stepId);
      actor.require('round-step.finish', villageCode);
      if (!actor.holds(ownerRole, villageCode)) throw new Problem('round-step.not-owner', { stepId, ownerRole });
      if (doneOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'doneOn', message: '完成日期不能晚于今天' }]);
      await steps.finish(stepId, doneOn, evidenceSha256);
      await tx.audit.record('round-step.finished', stepId, { roundId, dueOn, doneOn, evidenceSha256 });
      return { stepId, doneOn };
    });
  }
}
