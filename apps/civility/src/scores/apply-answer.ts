import { appealsReads, Problem } from '@credit/contracts';
import { InternalClient, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RoundStore } from '../rounds/round.store';
import { AnnounceFinal } from './announce-final';
import { ScoreStore } from './score.store';

/**
 * 落实复议答复 — a changed score becomes the household's next version, linked to its objection; the one before stays beside it.
 * It is not final before the outcome's own publication is over. Applied once, whatever is heard twice. 三(三)3
 */
@Injectable()
export class ApplyAnswer {
  constructor(
    private readonly peers: InternalClient,
    private readonly announce: AnnounceFinal,
  ) {}

  async execute(tx: Tx, objectionId: string): Promise<void> {
    const answer = await this.peers.one(appealsReads.answer, { objectionId });
    if (!answer) throw new Problem('peer.unavailable', { owner: 'appeals', objectionId });
    const round = await new RoundStore(tx).lock(answer.key);
    if (answer.outcome === 'score-changed' && answer.changedHundredths !== null) {
      const scores = new ScoreStore(tx);
      const present = await scores.present(round.id, answer.subjectId);
      if (!present) throw new Problem('not-found', { roundId: round.id, householdId: answer.subjectId });
      const vetoed = present.vetoed && !answer.vetoLifted;
      const change = { roundId: round.id, householdId: answer.subjectId, hundredths: vetoed ? 0 : answer.changedHundredths, vetoed, objectionId };
      const version = await scores.add({ ...change, cause: 'reconsideration', sheetId: null, correctionId: null, reason: null });
      if (version !== undefined) await tx.audit.record('score.changed-by-reconsideration', answer.subjectId, { roundId: round.id, version, objectionId });
    }
    await this.announce.round(tx, round.id);
  }
}
