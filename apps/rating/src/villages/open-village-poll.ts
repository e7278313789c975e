import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { sha256 } from './village-form';
import { VillagePollStore } from './village-poll.store';
import { villageRulesOn } from './village-rules';

const opening = z.object({
  applicationId: z.uuid(),
  electorate: z.array(z.object({ kind: z.string(), number: z.int().positive('应到人数须为正数').max(2000) })),
  rollSha256: sha256,
});

export type OpenVillagePollInput = z.input<typeof opening> & { readonly requestId: string };
export type VillagePollOpened = Readonly<{ applicationId: string; openedOn: string; electorate: number }>;

/**
 * 组织测评 — the town party committee sets down how many party members and villager representatives are asked about the village's
 * committees; the numbered roll stays on paper, its digest here. 三(六) 信用村2
 */
@Injectable()
export class OpenVillagePoll {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: OpenVillagePollInput): Promise<VillagePollOpened> {
    return this.work.once({ actor, operation: 'village.open-poll', requestId, body }, async (tx) => {
      const input = opening.parse(body);
      const application = await new VillageApplicationStore(tx).lock(input.applicationId);
      actor.require('village.poll', application.villageCode);
      if (application.state !== 'applied' || application.receivedOn === null) throw new Problem('state.illegal-move', { state: application.state, receivedOn: application.receivedOn });
      const { voters } = villageRulesOn(tx.today).poll;
      const electorate = Object.fromEntries(input.electorate.map(({ kind, number }) => [kind, number]));
      const missing = Object.keys(voters).filter((kind) => electorate[kind] === undefined);
      if (missing.length > 0 || input.electorate.length !== Object.keys(voters).length) {
        throw new Problem('input.invalid', {}, [{ path: 'electorate', message: `请分别填写各类参评人员的应到人数，每类一行：${Object.entries(voters).map(([kind, zh]) => `${zh}（${kind}）`).join('、')}` }]);
      }
      await new VillagePollStore(tx).open(application.applicationId, electorate, input.rollSha256);
      const total = Object.values(electorate).reduce((sum, number) => sum + number, 0);
      await tx.audit.record('village.poll-opened', application.applicationId, { electorate });
      return { applicationId: application.applicationId, openedOn: tx.today, electorate: total };
    });
  }
}
