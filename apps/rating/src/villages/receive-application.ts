import { Problem } from '@credit/contracts';
import { type Actor, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { VillageApplicationStore } from './village-application.store';
import { VillageDesk } from './village-desk';
import { ComputeVillage } from './village-figures';
import { itemsOfForm, requirementSentences } from './village-form';

export interface VillageStepInput {
  readonly requestId: string;
  readonly applicationId: string;
}
export type VillageReceived = Readonly<{ applicationId: string; state: 'applied' | 'refused'; receivedOn: string; reasons: number }>;

/**
 * 受理与前置条件 — the town government receives the form; whether households, entities and the collective were rated first and the
 * card's other requirements hold is computed at this moment, and what does not hold sends it back, a sentence each. 三(六) 信用村1
 */
@Injectable()
export class ReceiveApplication {
  constructor(
    private readonly work: UnitOfWork,
    private readonly compute: ComputeVillage,
    private readonly desk: VillageDesk,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...input }: VillageStepInput): Promise<VillageReceived> {
    return this.work.once({ actor, operation: 'village.receive', requestId, body: input }, async (tx) => {
      const applications = new VillageApplicationStore(tx);
      const application = await applications.lock(input.applicationId);
      actor.require('village.receive', application.villageCode);
      if (application.state !== 'applied' || application.receivedOn !== null) throw new Problem('state.illegal-move', { state: application.state, receivedOn: application.receivedOn });
      const card = (await new ScorecardStore(tx).inForce(tx.today)).get('V');
      if (!card) throw new Problem('scorecard.none-in-force', { kind: 'V' });
      const { items, ratedFirst } = await this.compute.figures(tx, application.villageCode);
      const sentences = requirementSentences(card.card, { ...itemsOfForm(application.form), ...items }, ratedFirst, this.rules);
      await applications.update(application.applicationId, { receivedBy: actor.principal, receivedOn: tx.today });
      if (sentences.length > 0) await this.desk.refuse(tx, application, 'prerequisites', sentences);
      await tx.audit.record('village.received', application.applicationId, { unmet: sentences.length });
      return { applicationId: application.applicationId, state: sentences.length > 0 ? 'refused' : 'applied', receivedOn: tx.today, reasons: sentences.length };
    });
  }
}
