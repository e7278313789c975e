import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ImprovementDesk, requirePresent } from './improvement-desk';
import { checkResults, improvementMachine, type ImprovementState } from './improvement-machine';
import type { Improvement } from './improvement.store';

const checking = z.object({
  improvementId: z.uuid(),
  version: z.int().positive(),
  result: z.enum(checkResults),
  seen: z.string().trim().min(4, '请写明核查时看到的情况').max(2000, '情况请控制在 2000 字以内'),
  seenOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
});

export type CheckImprovementInput = z.input<typeof checking> & { readonly requestId: string };
export type CheckReceipt = Readonly<{ improvementId: string; version: number; state: ImprovementState }>;

/**
 * 核查整改提升 — on the agreed day or later, by somebody else than the helper, with what was seen. It changes no score: the
 * next review looks at the household anew. 三(三)
 */
@Injectable()
export class CheckImprovement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ImprovementDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: CheckImprovementInput): Promise<CheckReceipt> {
    return this.work.once({ actor, operation: 'improvement.check', requestId, body }, async (tx) => {
      const { improvementId, version, result, ...input } = checking.parse(body);
      const { improvements, improvement, seal } = await this.desk.take(tx, actor, 'improvement.check', improvementId);
      requirePresent(improvement, version);
      const state = improvementMachine.next(improvement.state, `find-${result}`);
      if (improvement.helperAccountId === actor.accountId) throw new Problem('improvement.same-person', { improvementId });
      requireDue(improvement, tx.today, input.seenOn);

      const seen = seal.seal(input.seen, ['improvement_check', `${improvementId}/${version}`, 'seen']);
      await improvements.addCheck(improvementId, version, { result, seen, seenOn: input.seenOn });
      await tx.audit.record('improvement.checked', improvementId, { roundId: improvement.roundId, householdId: improvement.householdId, version, result, checkOn: improvement.checkOn, seenOn: input.seenOn });
      await tx.outbox.append('deadline.cleared', { owner: 'civility', kind: 'improvement-check', key: improvementId });
      return { improvementId, version, state };
    });
  }
}

function requireDue({ id, checkOn }: Improvement, today: PlainDate, seenOn: PlainDate): void {
  if (today < checkOn) throw new Problem('improvement.too-early', { improvementId: id, checkOn });
  if (seenOn < checkOn) throw new Problem('input.invalid', {}, [{ path: 'seenOn', message: `核查须在约定的 ${checkOn} 当日或以后进行，请核对日期` }]);
  if (seenOn > today) throw new Problem('input.invalid', {}, [{ path: 'seenOn', message: '核查日期不能晚于今天，请核对日期' }]);
}
