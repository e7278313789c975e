import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { villageApplicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { VillageChangeStore } from './village-change.store';
import { VillageDesk } from './village-desk';
import { reasonsText } from './village-form';
import { standingOf } from './village-standing';

const deciding = z.object({ changeId: z.uuid(), outcome: z.enum(['effective', 'dropped']), answer: reasonsText });

export type DecideVillageChangeInput = z.input<typeof deciding> & { readonly requestId: string };
export type VillageChangeDecided = Readonly<{ changeId: string; outcome: string; decidedOn: string }>;

/**
 * 降级、撤销的决定 — by another person than the one who proposed it, in force only after the village's days to object are over; an objection
 * is answered by the decision's reasons. Dropping it needs no waiting. 三(八)3 [D]
 */
@Injectable()
export class DecideVillageChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: VillageDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideVillageChangeInput): Promise<VillageChangeDecided> {
    return this.work.once({ actor, operation: 'village.decide-change', requestId, body: { ...body, answer: this.desk.digest(body.answer) } }, async (tx) => {
      const input = deciding.parse(body);
      const changes = new VillageChangeStore(tx);
      const change = await changes.lock(input.changeId);
      const applications = new VillageApplicationStore(tx);
      const application = await applications.lock(change.applicationId);
      const { applicationId } = application;
      actor.require('village.decide-change', application.villageCode);
      if (change.outcome !== null) throw new Problem('village.change-settled', { outcome: change.outcome });
      if (change.proposedBy === actor.principal) throw new Problem('village.same-person', { changeId: change.changeId });
      if (input.outcome === 'effective') {
        if (tx.today <= change.answerLastDay) throw new Problem('village.change-window-open', { answerLastDay: change.answerLastDay });
        if (standingOf(application, tx.today) !== 'valid') throw new Problem('village.not-recognised', { applicationId });
        if (change.toGrade === null) await applications.update(applicationId, { state: villageApplicationMachine.next(application.state, 'revoke'), endedOn: tx.today, endCause: 'revoked' });
        else await applications.update(applicationId, { grade: change.toGrade });
      }
      await changes.decide(change.changeId, input.outcome, await this.desk.seal(tx, applicationId, input.answer, ['village_change', change.changeId, 'answer']));
      if (input.outcome === 'effective' && change.toGrade === null) {
        await tx.outbox.append('deadline.cleared', { owner: 'rating', kind: 'village-validity', key: applicationId });
        await tx.outbox.append('deadline.cleared', { owner: 'rating', kind: 'village-renewal', key: applicationId });
      }
      await this.desk.tell(tx, application, 'village-change');
      await tx.audit.record('village.change-decided', change.changeId, { applicationId, kind: change.kind, outcome: input.outcome, fromGrade: change.fromGrade, toGrade: change.toGrade });
      return { changeId: change.changeId, outcome: input.outcome, decidedOn: tx.today };
    });
  }
}
