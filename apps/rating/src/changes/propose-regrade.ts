import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { NaturalDayWindow } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AdverseFactStore } from '../repair/adverse-fact.store';
import { repairRulesOn } from '../repair/repair-rules';
import { ResultStore } from '../runs/result.store';
import { RateNow } from './rate-now';
import { RecheckStore } from './recheck.store';
import { reasonsText, sha256 } from './regrade-form';
import { RegradedRatingStore } from './regraded-rating.store';
import { RegradeStore } from './regrade.store';

const proposing = z.object({ ratingId: z.uuid(), cause: z.string(), reasons: reasonsText, evidenceSha256: sha256 });

export type ProposeRegradeInput = z.input<typeof proposing> & { readonly requestId: string };
export type RegradeProposed = Readonly<{ regradeId: string; fromGrade: string; toGrade: string | null; answerLastDay: string }>;

/**
 * 提出动态调整 — the county office links the change to its cause and evidence; the grade is computed on today's facts, kept beside the one
 * before, and the household is told before anything changes. A rise into A waits for the list that must be published. 三(八)3
 */
@Injectable()
export class ProposeRegrade {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly rateNow: RateNow,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ProposeRegradeInput): Promise<RegradeProposed> {
    return this.work.once({ actor, operation: 'regrade.propose', requestId, body: { ...body, reasons: this.vault.hash(body.reasons, 'request') } }, async (tx) => {
      const input = proposing.parse(body);
      const { answerDays, causes } = repairRulesOn(tx.today).regrade;
      const cause = causes[input.cause];
      if (!cause) throw new Problem('input.invalid', {}, [{ path: 'cause', message: `调整原因须为：${Object.entries(causes).map(([code, { zh }]) => `${code} ${zh}`).join('、')}` }]);
      const rating = await new RegradedRatingStore(tx).lockValid(input.ratingId);
      actor.require('regrade.propose', rating.villageCode);
      const regradeId = newId();
      const facts = new AdverseFactStore(tx);
      await facts.countAgain(rating.subjectId, cause.endsRepairOf, regradeId);
      if (cause.breaksPledge) await facts.countObservedAgain(rating.subjectId, regradeId);
      const after = await this.rateNow.of(tx, rating, regradeId);
      if (!after && !cause.ends) throw new Problem('regrade.no-file', { ratingId: rating.ratingId });
      if (after?.grade === rating.grade) throw new Problem('regrade.no-change', { grade: rating.grade });
      if (after?.creditSubject === true && !rating.creditSubject) throw new Problem('regrade.needs-list', { ratingId: rating.ratingId });
      if (after) await new ResultStore(tx).insertAll([after]);
      const { lastDay: answerLastDay } = NaturalDayWindow.of(answerDays, tx.today);
      const reasons = (await this.vault.sealFor(tx, rating.subjectId)).seal(input.reasons, ['regrade', regradeId, 'reasons']);
      const { ratingId, subjectId, villageCode } = rating;
      const change = { regradeId, ratingId, fromGrade: rating.grade, toGrade: after?.grade ?? null, beforeResultId: rating.resultId, afterResultId: after?.resultId ?? null };
      await new RegradeStore(tx).insert({ ...change, subjectId, villageCode, cause: input.cause, reasons, evidenceSha256: input.evidenceSha256, answerLastDay });
      await new RecheckStore(tx).settle(subjectId);
      await tx.outbox.append('notification.requested', { owner: 'rating', template: 'regrade-proposed', key: regradeId, divisionCode: villageCode, subjectId, role: null, publicationId: null });
      await tx.audit.record('regrade.proposed', regradeId, { ...change, cause: input.cause, answerLastDay });
      return { regradeId, fromGrade: change.fromGrade, toGrade: change.toGrade, answerLastDay };
    });
  }
}
