import { appealsReads, Problem, type RowOf } from '@credit/contracts';
import { InternalClient, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RoundStore } from '../rounds/round.store';
import { AnnounceFinal } from './announce-final';
import { ScoreStore } from './score.store';

type Answer = RowOf<typeof appealsReads.answer>;

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
    const answer = await this.answer(objectionId);
    const round = await new RoundStore(tx).lock(answer.key);
    if (answer.outcome === 'score-changed') {
      // Whichever is heard first, the decisions count in the order in which they were made.
      const decided = await this.peers.all(appealsReads.changedAnswers, { owner: 'civility', subjectIds: [answer.subjectId] });
      for (const one of decided) if (one.key === round.id) await this.apply(tx, round.id, one.objectionId === objectionId ? answer : await this.answer(one.objectionId));
    }
    await this.announce.round(tx, round.id);
  }

  private async answer(objectionId: string): Promise<Answer> {
    const answer = await this.peers.one(appealsReads.answer, { objectionId });
    if (!answer) throw new Problem('peer.unavailable', { owner: 'appeals', objectionId });
    return answer;
  }

  private async apply(tx: Tx, roundId: string, { objectionId, subjectId, changedHundredths, vetoLifted }: Answer): Promise<void> {
    if (changedHundredths === null) return;
    const scores = new ScoreStore(tx);
    const present = await scores.present(roundId, subjectId);
    if (!present) throw new Problem('not-found', { roundId, householdId: subjectId });
    if (present.appliedObjectionIds.includes(objectionId)) return;
    const vetoed = present.vetoed && !vetoLifted;
    const change = { roundId, householdId: subjectId, hundredths: vetoed ? 0 : changedHundredths, vetoed, objectionId };
    const version = await scores.add({ ...change, cause: 'reconsideration', sheetId: null, correctionId: null, reason: null });
    if (version !== undefined) await tx.audit.record('score.changed-by-reconsideration', subjectId, { roundId, version, objectionId });
  }
}
