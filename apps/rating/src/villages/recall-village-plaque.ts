import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { sha256 } from './village-form';
import { VillagePlaqueStore } from './village-plaque.store';
import { plaqueStands } from './village-standing';

const recalling = z.object({ serial: z.string(), photoSha256: sha256 });

export type RecallVillagePlaqueInput = z.input<typeof recalling> & { readonly requestId: string };
export type VillagePlaqueRecalled = Readonly<{ serial: string; recalledOn: string }>;

/** 收回牌匾 — of a recognition that lapsed, was revoked or has another grade now; never of one that stands. 三(六) 信用村6 [D] */
@Injectable()
export class RecallVillagePlaque {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: RecallVillagePlaqueInput): Promise<VillagePlaqueRecalled> {
    return this.work.once({ actor, operation: 'village.recall-plaque', requestId, body }, async (tx) => {
      const input = recalling.parse(body);
      const plaques = new VillagePlaqueStore(tx);
      const plaque = await plaques.lock(input.serial);
      const application = await new VillageApplicationStore(tx).get(plaque.applicationId);
      actor.require('village.plaque', application.villageCode);
      if (plaque.recalledOn !== null || plaqueStands(plaque, application, tx.today)) throw new Problem('village.plaque-stands', { serial: plaque.serial, recalledOn: plaque.recalledOn });
      await plaques.recall(plaque.serial, input.photoSha256);
      await tx.audit.record('village.plaque-recalled', plaque.applicationId, { serial: plaque.serial });
      return { serial: plaque.serial, recalledOn: tx.today };
    });
  }
}
