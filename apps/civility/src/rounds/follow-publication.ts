import { publicityReads } from '@credit/contracts';
import { InternalClient, RULES, type Rules, type Tx } from '@credit/platform';
import { objectionWindowOf, plainDate, roundMachine } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { RoundRow } from './round.row';
import { RoundStore } from './round.store';

/**
 * 跟随公示 — whatever was heard of a round's results and in whatever order, the present publication is read from publicity:
 * posted, the objection window's last day is stored; withdrawn, the round waits for the one in its place. 三(三)3
 */
@Injectable()
export class FollowPublication {
  constructor(
    private readonly peers: InternalClient,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async execute(tx: Tx, roundId: string): Promise<void> {
    const rounds = new RoundStore(tx);
    const round = await rounds.lock(roundId);
    const [publication] = await this.peers.all(publicityReads.publicationsOf, { owner: 'civility', kind: 'publication.result', key: roundId });
    if (!publication || publication.state === 'withdrawn' || publication.postedOn === null || publication.lastDay === null) return this.takeDown(tx, round);
    if (publication.publicationId === round.publicationId && publication.version === round.publicationVersion) return;

    const lastDay = plainDate(publication.lastDay);
    const objection = objectionWindowOf(this.rules.terms, lastDay, { calendar: this.rules.calendar });
    const deadlineVersion = round.deadlineVersion + 1;
    await rounds.update(roundId, {
      state: round.state === 'final' ? 'final' : roundMachine.next(round.state, 'publish'),
      publicationId: publication.publicationId,
      publicationVersion: publication.version,
      postedOn: plainDate(publication.postedOn),
      publicationLastDay: lastDay,
      objectionLastDay: objection.lastDay,
      deadlineVersion,
    });
    await tx.outbox.append('deadline.set', { owner: 'civility', kind: 'objection', key: roundId, version: deadlineVersion, lastDay: objection.lastDay });
    await tx.audit.record('results.published', roundId, { publicationId: publication.publicationId, version: publication.version, lastDay, objectionLastDay: objection.lastDay });
  }

  private async takeDown(tx: Tx, round: RoundRow): Promise<void> {
    if (round.state !== 'published') return;
    const nothing = { publicationId: null, publicationVersion: null, postedOn: null, publicationLastDay: null, objectionLastDay: null };
    await new RoundStore(tx).update(round.id, { state: roundMachine.next(round.state, 'restart-publication'), ...nothing });
    await tx.audit.record('results.publication-withdrawn', round.id, { publicationId: round.publicationId });
  }
}
