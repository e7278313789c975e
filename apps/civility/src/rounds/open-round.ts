import { type InputFault, Problem, publicityReads } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, type Tx, UnitOfWork } from '@credit/platform';
import { addDays, compositionFaults, plainDate, roundMachine } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BodyStore } from '../bodies/body.store';
import { PrecheckStore } from '../precheck/precheck.store';
import { RoundStore } from './round.store';

const opening = z.object({ roundId: z.uuid() });

export type OpenRoundInput = z.input<typeof opening> & { readonly requestId: string };
export type OpenReceipt = Readonly<{ roundId: string; state: string; openedOn: string }>;

/**
 * 开启评议 — not before the content has hung its whole time in every villager group, read from publicity at this moment; not
 * without a review group per villager group and a deliberation group; not with feedback still undecided. 三(三)1, 三(三)2
 */
@Injectable()
export class OpenRound {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: OpenRoundInput): Promise<OpenReceipt> {
    return this.work.once({ actor, operation: 'round.open', requestId, body }, async (tx) => {
      const { roundId } = opening.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.lock(roundId);
      actor.require('round.open', round.villageCode);
      const state = roundMachine.next(round.state, 'open');
      await this.requireContentPublished(tx, roundId);
      const missing = await this.missingBodies(tx, roundId);
      if (missing.length > 0) throw new Problem('round.bodies-missing', { roundId }, missing);
      const undecided = await new PrecheckStore(tx).undecided(roundId);
      if (undecided > 0) throw new Problem('round.precheck-open', { roundId, undecided });
      await rounds.update(roundId, { state, openedOn: tx.today });
      await tx.audit.record('round.opened', roundId, { openedOn: tx.today });
      return { roundId, state, openedOn: tx.today };
    });
  }

  private async requireContentPublished(tx: Tx, roundId: string): Promise<void> {
    const publications = await this.peers.all(publicityReads.publicationsOf, { owner: 'civility', kind: 'publication.content', key: roundId });
    const hanging = publications.find(({ state }) => state !== 'withdrawn');
    const { postedOn = null, lastDay = null, state = null } = hanging ?? {};
    if (lastDay !== null && state !== 'suspended' && tx.today > lastDay) return;
    const mayOpenOn = lastDay === null ? null : addDays(plainDate(lastDay), 1);
    const message = mayOpenOn === null ? '评议内容尚未在各村民小组全部张贴' : `评议内容于 ${postedOn} 张贴完毕，公示至 ${lastDay} 24:00，${mayOpenOn} 起方可开启评议`;
    throw new Problem('round.content-not-published', { roundId, state, postedOn, lastDay, mayOpenOn }, [{ path: 'roundId', message }]);
  }

  private async missingBodies(tx: Tx, roundId: string): Promise<InputFault[]> {
    const bodies = await new BodyStore(tx).ofRound(roundId);
    const groups = await new RoundStore(tx).groupCodes(roundId);
    const faults = groups
      .filter((groupCode) => !bodies.some((body) => body.groupCode === groupCode))
      .map((groupCode) => ({ path: 'roundId', message: `${groupCode} 组还没有评议小组` }));
    if (!bodies.some(({ kind }) => kind === 'deliberation-group')) faults.push({ path: 'roundId', message: '还没有审议小组' });
    const composed = bodies.flatMap(({ kind, members }) => compositionFaults(this.rules.bodies[kind], members).map((message) => ({ path: 'roundId', message })));
    return [...faults, ...composed];
  }
}
