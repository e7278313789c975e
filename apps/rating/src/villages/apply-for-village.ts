import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { villageApplicationMachine } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { VillageApplicationStore } from './village-application.store';
import { ComputeVillage } from './village-figures';
import { declarationFaults, sha256 } from './village-form';

const applying = z.object({
  villageCode: z.string().regex(/^\d{12}$/, '须为 12 位行政村代码'),
  declared: z.array(z.object({ item: z.string(), value: z.string().trim(), evidenceSha256: sha256 })).max(60),
  formSha256: sha256,
});

export type ApplyForVillageInput = z.input<typeof applying> & { readonly requestId: string };
export type VillageApplied = Readonly<{ applicationId: string; appliedOn: string; renewal: boolean }>;

/**
 * 自主申报 — the village hands its form (申报表) to the town government, at any time of the year: what the system knows is filled in
 * by it, the rest is declared with the digest of its evidence. 三(六) 信用村1
 */
@Injectable()
export class ApplyForVillage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly compute: ComputeVillage,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ApplyForVillageInput): Promise<VillageApplied> {
    return this.work.once({ actor, operation: 'village.apply', requestId, body }, async (tx) => {
      const input = applying.parse(body);
      actor.require('village.apply', input.villageCode);
      const village = (await this.peers.all(archivesReads.divisions, { under: input.villageCode })).find(({ code, level }) => code === input.villageCode && level === 'village');
      if (!village) throw new Problem('not-found', { villageCode: input.villageCode });
      const card = (await new ScorecardStore(tx).inForce(tx.today)).get('V');
      if (!card) throw new Problem('scorecard.none-in-force', { kind: 'V' });
      const faults = declarationFaults(card.card, input.declared, this.rules);
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      const { items } = await this.compute.figures(tx, input.villageCode);
      const applications = new VillageApplicationStore(tx);
      const current = await applications.lockCurrent(input.villageCode);
      const applicationId = newId();
      await applications.insert({
        applicationId,
        villageCode: input.villageCode,
        villageName: village.name,
        state: villageApplicationMachine.initial,
        form: [...Object.entries(items).map(([item, value]) => ({ item, value, evidenceSha256: null })), ...input.declared],
        formSha256: input.formSha256,
        renewsId: current?.applicationId ?? null,
      });
      await tx.audit.record('village.applied', applicationId, { villageCode: input.villageCode, renewsId: current?.applicationId ?? null });
      return { applicationId, appliedOn: tx.today, renewal: current !== undefined };
    });
  }
}
