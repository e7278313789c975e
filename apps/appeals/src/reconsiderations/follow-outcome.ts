import { publicityReads } from '@credit/contracts';
import { InternalClient, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ReconsiderationStore } from './reconsideration.store';

/** 复议结果公示 — whatever was heard and in whatever order, the present publication of the outcome is read from publicity and followed. */
@Injectable()
export class FollowOutcome {
  constructor(private readonly peers: InternalClient) {}

  async execute(tx: Tx, objectionId: string): Promise<void> {
    const cases = new ReconsiderationStore(tx);
    const reconsideration = await cases.lockByAnswer(objectionId);
    if (!reconsideration || reconsideration.state === 'closed') return;
    const [publication] = await this.peers.all(publicityReads.publicationsOf, { owner: 'appeals', kind: 'publication.reconsideration', key: objectionId });
    const posted = publication && publication.postedOn !== null && publication.state !== 'withdrawn' ? publication : undefined;
    const state = !posted ? 'answered' : posted.state === 'closed' ? 'closed' : 'outcome-published';
    await cases.update(reconsideration.id, { state, outcomePublicationId: posted?.publicationId ?? null, outcomeLastDay: posted?.lastDay ?? null });
    if (state !== reconsideration.state) await tx.audit.record(`reconsideration.${state}`, reconsideration.id, { publicationId: posted?.publicationId });
  }
}
