import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { VillageChangeStore } from './village-change.store';
import { VillageDesk } from './village-desk';
import { reasonsText, sha256 } from './village-form';

const objecting = z.object({ changeId: z.uuid(), objection: reasonsText, scanSha256: sha256 });

export type ObjectToVillageChangeInput = z.input<typeof objecting> & { readonly requestId: string };
export type VillageChangeObjected = Readonly<{ changeId: string; objectedOn: string }>;

/** 对拟降级、撤销的异议 — by the village until 24:00 of the last day that was told. 三(八)3 [D] */
@Injectable()
export class ObjectToVillageChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: VillageDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ObjectToVillageChangeInput): Promise<VillageChangeObjected> {
    return this.work.once({ actor, operation: 'village.object', requestId, body: { ...body, objection: this.desk.digest(body.objection) } }, async (tx) => {
      const input = objecting.parse(body);
      const changes = new VillageChangeStore(tx);
      const change = await changes.lock(input.changeId);
      const { villageCode } = await new VillageApplicationStore(tx).get(change.applicationId);
      actor.require('village.object', villageCode);
      if (change.outcome !== null || change.objectedOn !== null) throw new Problem('village.change-settled', { outcome: change.outcome, objectedOn: change.objectedOn });
      if (tx.today > change.answerLastDay) throw new Problem('village.change-window-over', { answerLastDay: change.answerLastDay });
      await changes.object(change.changeId, await this.desk.seal(tx, change.applicationId, input.objection, ['village_change', change.changeId, 'objection']), input.scanSha256);
      await tx.audit.record('village.change-objected', change.changeId, { applicationId: change.applicationId, scanSha256: input.scanSha256 });
      return { changeId: change.changeId, objectedOn: tx.today };
    });
  }
}
