import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { VillageApplicationStore } from './village-application.store';
import { ballotFaults } from './village-count';
import { VillagePollStore } from './village-poll.store';
import { villageRulesOn } from './village-rules';

const recording = z.object({
  applicationId: z.uuid(),
  way: z.string(),
  voters: z.array(z.object({ kind: z.string(), rollNo: z.int().positive('名册序号从 1 起') })).min(1, '请填写参评的人').max(500),
  answers: z.array(z.object({ answer: z.string(), number: z.int().nonnegative('票数不能为负') })),
});

export type RecordVillageBallotsInput = z.input<typeof recording> & { readonly requestId: string };
export type VillageBallotsRecorded = Readonly<{ applicationId: string; recorded: number }>;

/**
 * 收票 — those who answered on paper, by telephone or when visited, once each by the number on the roll, and beside them only the
 * sums of what was answered. 三(六) 信用村2，不记名 [D]
 */
@Injectable()
export class RecordVillageBallots {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: RecordVillageBallotsInput): Promise<VillageBallotsRecorded> {
    const { answers: _secret, ...known } = body;
    // What was answered is no part of the request's identity: a kept digest of it could be matched with a guess.
    return this.work.once({ actor, operation: 'village.record-ballots', requestId, body: known }, async (tx) => {
      const input = recording.parse(body);
      const application = await new VillageApplicationStore(tx).get(input.applicationId);
      actor.require('village.poll', application.villageCode);
      const polls = new VillagePollStore(tx);
      const poll = await polls.lockOpen(application.applicationId);
      if (application.state !== 'applied') throw new Problem('state.illegal-move', { state: application.state });
      const answers = Object.fromEntries(input.answers.map(({ answer, number }) => [answer, number]));
      const faults = ballotFaults(poll, input.way, input.voters, answers, villageRulesOn(poll.openedOn));
      if (Object.keys(answers).length !== input.answers.length) faults.push({ path: 'answers', message: '同一种意见只填一行' });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      const [twice] = await polls.known(application.applicationId, input.voters);
      if (twice) throw new Problem('village.ballot-given', { ...twice });
      await polls.record(application.applicationId, input.way, input.voters, answers);
      await tx.audit.record('village.ballots-recorded', application.applicationId, { way: input.way, recorded: input.voters.length });
      return { applicationId: application.applicationId, recorded: input.voters.length };
    });
  }
}
