import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ConstraintStore } from './constraint.store';

const removing = z.object({ constraintId: z.uuid() });

export type RemoveConstraintInput = z.input<typeof removing> & { readonly requestId: string };
export type ConstraintRemoved = Readonly<{ constraintId: string; removedOn: string }>;

/** 移出约束名单 — before its last day, once its basis is gone; the last day itself needs nobody. 三(八)2 */
@Injectable()
export class RemoveConstraint {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: RemoveConstraintInput): Promise<ConstraintRemoved> {
    return this.work.once({ actor, operation: 'constraint.remove', requestId, body }, async (tx) => {
      const { constraintId } = removing.parse(body);
      const constraints = new ConstraintStore(tx);
      const { villageCode, removedOn, lastDay } = await constraints.lock(constraintId);
      actor.require('constraint.enter', villageCode);
      if (removedOn !== null || tx.today > lastDay) throw new Problem('constraint.ended', { removedOn, lastDay });
      await constraints.remove(constraintId);
      await tx.audit.record('constraint.removed', constraintId, {});
      return { constraintId, removedOn: tx.today };
    });
  }
}
