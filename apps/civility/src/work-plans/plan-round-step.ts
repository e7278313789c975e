import { type InputFault, Problem } from '@credit/contracts';
import { AccessTable, type Actor, newId, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { RoundStepStore } from './round-step.store';

const planning = z.object({
  roundId: z.uuid(),
  title: z.string().trim().min(2, '请写明要办的事').max(100, '请控制在 100 字以内'),
  ownerRole: z.string(),
  dueOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
});

export type PlanRoundStepInput = z.input<typeof planning> & { readonly requestId: string };
export type RoundStepReceipt = Readonly<{ stepId: string; dueOn: string }>;

/** 工作方案 — one step of a village's round: what, which role answers for it, until when; so that nothing is nobody's. 三(三) */
@Injectable()
export class PlanRoundStep {
  constructor(
    private readonly work: UnitOfWork,
    private readonly access: AccessTable,
  ) {}

  execute(actor: Actor, { requestId, ...body }: PlanRoundStepInput): Promise<RoundStepReceipt> {
    return this.work.once({ actor, operation: 'round-step.plan', requestId, body }, async (tx) => {
      const input = planning.parse(body);
      const round = await new RoundStore(tx).get(input.roundId);
      actor.require('round-step.plan', round.villageCode);
      if (round.state === 'final') throw new Problem('state.illegal-move', { state: round.state });
      const faults: InputFault[] = [];
      if (!this.access.grants(input.ownerRole, 'round-step.finish')) faults.push({ path: 'ownerRole', message: '这个角色不承担评议工作，请改填承担的角色' });
      if (input.dueOn < tx.today) faults.push({ path: 'dueOn', message: '完成期限不能早于今天' });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      const id = newId();
      await new RoundStepStore(tx).insert({ id, ...input });
      await tx.audit.record('round-step.planned', id, { roundId: round.id, ownerRole: input.ownerRole, dueOn: input.dueOn });
      return { stepId: id, dueOn: input.dueOn };
    });
  }
}
