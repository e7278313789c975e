import { appealsReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RatingStore } from '../ratings/rating.store';
import { AdverseFactStore } from '../repair/adverse-fact.store';
import { ResultStore } from '../runs/result.store';
import { RateNow } from './rate-now';
import { reasonsText } from './regrade-form';
import { RegradedRatingStore, type ValidRating } from './regraded-rating.store';
import { type Regrade, RegradeStore } from './regrade.store';

const deciding = z.object({ regradeId: z.uuid(), decision: reasonsText });

export type DecideRegradeInput = z.input<typeof deciding> & { readonly requestId: string };
export type RegradeDecided = Readonly<{ regradeId: string; outcome: string; ratingId: string | null; decidedOn: string }>;

/**
 * 决定动态调整 — by another person than the one who proposed it. Applied only after the household's days are over, without an open objection
 * and while today's facts still give the grade that was told; the decision answers what the household said. Dropping needs no waiting. 三(八)3
 */
@Injectable()
export class DecideRegrade {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly peers: InternalClient,
    private readonly rateNow: RateNow,
  ) {}

  execute(actor: Actor, outcome: 'applied' | 'dropped', { requestId, ...body }: DecideRegradeInput): Promise<RegradeDecided> {
    return this.work.once({ actor, operation: `regrade.${outcome}`, requestId, body: { ...body, decision: this.vault.hash(body.decision, 'request') } }, async (tx) => {
      const input = deciding.parse(body);
      const regrades = new RegradeStore(tx);
      const regrade = await regrades.lock(input.regradeId);
      const { regradeId, subjectId } = regrade;
      actor.require('regrade.decide', regrade.villageCode);
      if (regrade.outcome !== null) throw new Problem('regrade.settled', { outcome: regrade.outcome, answeredOn: regrade.answeredOn });
      if (regrade.proposedBy === actor.principal) throw new Problem('regrade.same-person', { regradeId });
      const ratingId = outcome === 'applied' ? await this.apply(tx, regrade) : null;
      if (outcome === 'dropped') await new AdverseFactStore(tx).leaveOutAgain(regradeId);
      const decision = (await this.vault.sealFor(tx, subjectId)).seal(input.decision, ['regrade', regradeId, 'decision']);
      await regrades.decide(regradeId, outcome, decision);
      await tx.outbox.append('notification.requested', { owner: 'rating', template: 'regrade-decided', key: regradeId, divisionCode: regrade.villageCode, subjectId, role: null, publicationId: null });
      await tx.audit.record('regrade.decided', regradeId, { outcome, ratingId, cause: regrade.cause, fromGrade: regrade.fromGrade, toGrade: regrade.toGrade });
      return { regradeId, outcome, ratingId, decidedOn: tx.today };
    });
  }

  /** The id of the new certificate; null when the rating only ends. */
  private async apply(tx: Tx, regrade: Regrade): Promise<string | null> {
    if (tx.today <= regrade.answerLastDay) throw new Problem('regrade.window-open', { answerLastDay: regrade.answerLastDay });
    const ratings = new RegradedRatingStore(tx);
    const before = await ratings.lockValid(regrade.ratingId);
    for (const owner of ['rating', 'civility'] as const) {
      const open = await this.peers.all(appealsReads.openObjections, { owner, subjectIds: [regrade.subjectId] });
      if (open.length > 0) throw new Problem('regrade.objection-open', { open: open.length });
    }
    const today = await this.rateNow.of(tx, before, regrade.regradeId);
    if ((today?.grade ?? null) !== regrade.toGrade) throw new Problem('regrade.stale', { told: regrade.toGrade });
    await ratings.end(before.ratingId, regrade.afterResultId === null ? 'revoked' : 'superseded');
    return regrade.afterResultId === null ? null : this.certify(tx, regrade, before, regrade.afterResultId);
  }

  private async certify(tx: Tx, { regradeId }: Regrade, before: ValidRating, resultId: string): Promise<string> {
    const [after] = await new ResultStore(tx).byIds([resultId]);
    if (!after) throw new Problem('not-found', { resultId });
    const year = Number(tx.today.slice(0, 4));
    const number = (await new RatingStore(tx).takeNumbers(year, 1)) + 1;
    const ratingId = newId();
    await new RegradedRatingStore(tx).follow(before, after, ratingId, `XY${year}${String(number).padStart(6, '0')}`, regradeId);
    const { subjectKind, subjectId, lastDay } = before;
    await tx.outbox.append('rating.certified', { ratingId, subjectKind, subjectId, certifiedOn: tx.today, lastDay });
    return ratingId;
  }
}
