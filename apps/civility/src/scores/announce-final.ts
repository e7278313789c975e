import { RULES, type Rules, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { type PlainDate, roundMachine, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { FinalNoticeStore } from './final-notice.store';
import { type Finality, FinalityJudge } from './finality';
import { ScoreStore } from './score.store';

const noticesPerPage = 1000;

/** 生效告知 — tells others which scores have become final, once per version. Only consequences: whether a score is final is computed when it is read. */
@Injectable()
export class AnnounceFinal {
  constructor(
    private readonly work: UnitOfWork,
    private readonly judge: FinalityJudge,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  /** All rounds that are due, each in a transaction of its own; several replicas share them. */
  async all(): Promise<void> {
    for (let after: string | null = null; ; ) {
      const last: string | null = after;
      const done = await this.work.run(systemActor(), async (tx) => {
        const round = await new RoundStore(tx).lockDue(last);
        if (round) await this.announce(tx, round);
        return round?.id;
      });
      if (done === undefined) return;
      after = done;
    }
  }

  /** One round, locked here; before its window is over there is nothing to tell. */
  async round(tx: Tx, roundId: string): Promise<void> {
    const round = await new RoundStore(tx).lock(roundId);
    if (round.objectionLastDay !== null && tx.today > round.objectionLastDay) await this.announce(tx, round);
  }

  private async announce(tx: Tx, round: RoundRow): Promise<void> {
    const scores = await new ScoreStore(tx).presentOf(round.id);
    const finality = await this.judge.of(tx.today, round, scores);
    const final = new Set(finality.flatMap(({ householdId, reason }) => (reason === null ? [householdId] : [])));
    const notices = new FinalNoticeStore(tx);
    const told = await notices.note(round.id, scores.filter(({ householdId }) => final.has(householdId)));
    for (let from = 0; from < told.length; from += noticesPerPage) {
      await tx.outbox.appendAll('civility-score.became-final', told.slice(from, from + noticesPerPage).map((householdId) => ({ roundId: round.id, householdId })));
    }
    if (told.length > 0) await tx.audit.record('scores.became-final', round.id, { households: told.length });
    if (round.state === 'published' && final.size === scores.length) await new RoundStore(tx).update(round.id, { state: roundMachine.next(round.state, 'finalise') });
    await this.lookAgain(tx, round, finality);
  }

  /** Scores that wait for nothing but the publication of an outcome are looked at again when it can be over at the earliest. */
  private async lookAgain(tx: Tx, round: RoundRow, finality: readonly Finality[]): Promise<void> {
    const earliest = windowOf(this.rules.terms, 'publication.reconsideration', tx.today, { calendar: this.rules.calendar }).lastDay;
    const days = finality.flatMap(({ reason, outcomeLastDay }) => (reason === 'outcome-in-publication' ? [outcomeLastDay ?? earliest] : []));
    const recheckOn: PlainDate | null = days.toSorted()[0] ?? null;
    if (recheckOn === round.recheckOn) return;
    const deadlineVersion = round.deadlineVersion + 1;
    await new RoundStore(tx).update(round.id, { recheckOn, deadlineVersion });
    if (recheckOn !== null) await tx.outbox.append('deadline.set', { owner: 'civility', kind: 'outcome', key: round.id, version: deadlineVersion, lastDay: recheckOn });
  }
}
