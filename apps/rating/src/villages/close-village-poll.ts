import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { quorumFaults } from './village-count';
import { sha256 } from './village-form';
import { VillagePollStore } from './village-poll.store';
import { villageRulesOn } from './village-rules';

const closing = z.object({ applicationId: z.uuid(), scanSha256: sha256 });

export type CloseVillagePollInput = z.input<typeof closing> & { readonly requestId: string };
export type VillagePollClosed = Readonly<{ applicationId: string; closedOn: string }>;

/** 计票 — a named person of the town party committee closes the poll with the signed count; too few answers leave it open. 三(六) 信用村2 [D] */
@Injectable()
export class CloseVillagePoll {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: CloseVillagePollInput): Promise<VillagePollClosed> {
    return this.work.once({ actor, operation: 'village.close-poll', requestId, body }, async (tx) => {
      const input = closing.parse(body);
      const application = await new VillageApplicationStore(tx).get(input.applicationId);
      actor.require('village.poll', application.villageCode);
      const polls = new VillagePollStore(tx);
      const poll = await polls.lockOpen(application.applicationId);
      const lacking = quorumFaults(poll, await polls.takenPart(application.applicationId), villageRulesOn(poll.openedOn));
      if (lacking.length > 0) throw new Problem('village.poll-quorum', {}, lacking.map((message) => ({ path: 'voters', message })));
      await polls.close(application.applicationId, input.scanSha256);
      await tx.audit.record('village.poll-closed', application.applicationId, { scanSha256: input.scanSha256 });
      return { applicationId: application.applicationId, closedOn: tx.today };
    });
  }
}
