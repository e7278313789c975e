import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { optionalSha256, statementText } from './regrade-form';
import { RegradeStore } from './regrade.store';

const answering = z.object({ regradeId: z.uuid(), stance: z.enum(['accepts', 'objects']), statement: statementText, scanSha256: optionalSha256 });

export type AnswerRegradeInput = z.input<typeof answering> & { readonly requestId: string };
export type RegradeAnswered = Readonly<{ regradeId: string; answeredOn: string }>;

/** 陈述和异议 — the household itself, or the clerk with its signed paper, is heard until 24:00 of the last day told. 三(八)3 [D] */
@Injectable()
export class AnswerRegrade {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: AnswerRegradeInput): Promise<RegradeAnswered> {
    return this.work.once({ actor, operation: 'regrade.answer', requestId, body: { ...body, statement: this.vault.hash(body.statement, 'request') } }, async (tx) => {
      const input = answering.parse(body);
      const regrades = new RegradeStore(tx);
      const regrade = await regrades.lock(input.regradeId);
      if (actor.villager && actor.villager.householdId !== regrade.subjectId) throw new Problem('not-found', { regradeId: input.regradeId });
      if (!actor.villager) {
        actor.require('regrade.answer', regrade.villageCode);
        if (input.scanSha256 === null) throw new Problem('input.invalid', {}, [{ path: 'scanSha256', message: '代为陈述须附本人签字材料扫描件的摘要' }]);
      }
      if (regrade.outcome !== null || regrade.stance !== null) throw new Problem('regrade.settled', { outcome: regrade.outcome, answeredOn: regrade.answeredOn });
      if (tx.today > regrade.answerLastDay) throw new Problem('regrade.window-over', { answerLastDay: regrade.answerLastDay });
      const statement = (await this.vault.sealFor(tx, regrade.subjectId)).seal(input.statement, ['regrade', regrade.regradeId, 'statement']);
      await regrades.answer(regrade.regradeId, input.stance, statement, input.scanSha256);
      await tx.audit.record('regrade.answered', regrade.regradeId, { stance: input.stance, scanSha256: input.scanSha256 });
      return { regradeId: regrade.regradeId, answeredOn: tx.today };
    });
  }
}
