import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ImprovementDesk, measuresShape, reasonShape, requirePresent } from './improvement-desk';
import { improvementMachine } from './improvement-machine';
import { checkDayFaults, improvementRuleOn } from './improvement-rules';
import type { Improvement } from './improvement.store';
import type { ImprovementReceipt } from './plan-improvement';

const changing = z.object({
  improvementId: z.uuid(),
  version: z.int().positive(),
  measures: measuresShape,
  helperAccountId: z.uuid(),
  checkOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  reason: reasonShape,
});

export type ChangeImprovementInput = z.input<typeof changing> & { readonly requestId: string };

/** 调整整改提升计划 — every version stays with its reason; after a check that was not met it agrees on the next one. 三(三) */
@Injectable()
export class ChangeImprovement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ImprovementDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ChangeImprovementInput): Promise<ImprovementReceipt> {
    return this.work.once({ actor, operation: 'improvement.change', requestId, body }, async (tx) => {
      const input = changing.parse(body);
      const { improvements, improvement, seal } = await this.desk.take(tx, actor, 'improvement.plan', input.improvementId);
      const { id: improvementId, roundId, householdId, villageCode, state } = improvement;
      requirePresent(improvement, input.version);
      improvementMachine.next(state, 'change');
      requireCheckDay(improvement, tx.today, input.checkOn);
      await this.desk.requireHelper(tx, input.helperAccountId, villageCode, householdId);

      const version = improvement.version + 1;
      const row = `${improvementId}/${version}`;
      const measures = seal.seal(JSON.stringify(input.measures), ['improvement_version', row, 'measures']);
      const reason = seal.seal(input.reason, ['improvement_version', row, 'reason']);
      await improvements.addVersion({ improvementId, version, measures, helperAccountId: input.helperAccountId, checkOn: input.checkOn, reason });
      await tx.audit.record('improvement.changed', improvementId, { roundId, householdId, version, helperAccountId: input.helperAccountId, checkOn: input.checkOn, checkedBefore: state !== 'under-way' });
      await tx.outbox.append('deadline.set', { owner: 'civility', kind: 'improvement-check', key: improvementId, version, lastDay: input.checkOn });
      return { improvementId, version, checkOn: input.checkOn };
    });
  }
}

/** A day that stays may be over, so that a helper can be replaced late; a new one leaves time from the start, or from today after a check. */
function requireCheckDay({ state, startsOn, checkOn }: Improvement, today: PlainDate, wanted: PlainDate): void {
  if (state === 'under-way' && wanted === checkOn) return;
  const faults = checkDayFaults(improvementRuleOn(today), state === 'under-way' ? startsOn : today, today, wanted);
  if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
}
