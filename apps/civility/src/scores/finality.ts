import { appealsReads, type AskOf, publicityReads } from '@credit/contracts';
import { InternalClient, RULES, type Rules } from '@credit/platform';
import { type NotFinalReason, objectionWindowOf, type PlainDate, plainDate, whyNotFinal } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { RoundRow } from '../rounds/round.row';
import type { PresentScore } from './score.store';

const subjectsPerAsk = 5000;

/** Why a score is not final, or null; and until when the publication of its outcome hangs, as far as that is known. */
export interface Finality {
  readonly householdId: string;
  readonly reason: NotFinalReason | null;
  readonly outcomeLastDay: PlainDate | null;
}

interface Hanging {
  readonly lastDay: PlainDate;
  readonly objectionLastDay: PlainDate;
}

/**
 * 得分是否生效 — decided when it is asked, from what publicity and appeals say at this moment; fails closed when one of them
 * does not answer. No timer and no message takes part. 三(三)3 [D]
 */
@Injectable()
export class FinalityJudge {
  constructor(
    private readonly peers: InternalClient,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async of(today: PlainDate, round: RoundRow, scores: readonly PresentScore[]): Promise<Finality[]> {
    const hanging = await this.hanging(round.publicationId);
    const days = { publicationLastDay: hanging?.lastDay ?? null, objectionLastDay: hanging?.objectionLastDay ?? null };
    if (!hanging || round.publicationId === null || today <= hanging.objectionLastDay) {
      const reason = whyNotFinal({ today, ...days, openObjections: 0, told: true });
      return scores.map(({ householdId }) => ({ householdId, reason, outcomeLastDay: null }));
    }
    const [open, told, outcomes] = await Promise.all([this.openCases(round.id, scores), this.told(round.publicationId), this.outcomes(scores)]);
    return scores.map(({ householdId }) => {
      const outcomeLastDay = outcomes.get(householdId);
      const facts = { today, ...days, openObjections: open.has(householdId) ? 1 : 0, told: told.has(householdId) };
      return { householdId, reason: whyNotFinal(outcomeLastDay === undefined ? facts : { ...facts, outcomeLastDay }), outcomeLastDay: outcomeLastDay ?? null };
    });
  }

  private async hanging(publicationId: string | null): Promise<Hanging | null> {
    const publication = publicationId === null ? undefined : await this.peers.one(publicityReads.publication, { publicationId });
    if (!publication || !['posted', 'closed'].includes(publication.state) || publication.lastDay === null) return null;
    const lastDay = plainDate(publication.lastDay);
    return { lastDay, objectionLastDay: objectionWindowOf(this.rules.terms, lastDay, { calendar: this.rules.calendar }).lastDay };
  }

  /** Households with an objection that is not answered, or with an answer that is not in their score yet. */
  private async openCases(roundId: string, scores: readonly PresentScore[]): Promise<Set<string>> {
    const open = new Set<string>();
    const applied = new Set(scores.flatMap(({ appliedObjectionIds }) => appliedObjectionIds));
    for (let from = 0; from < scores.length; from += subjectsPerAsk) {
      const about = { owner: 'civility' as const, subjectIds: scores.slice(from, from + subjectsPerAsk).map(({ householdId }) => householdId) };
      for await (const { subjectId } of this.peers.stream(appealsReads.openObjections, about)) open.add(subjectId);
      for await (const { objectionId, subjectId, key } of this.peers.stream(appealsReads.changedAnswers, about)) if (key === roundId && !applied.has(objectionId)) open.add(subjectId);
    }
    return open;
  }

  private async told(publicationId: string): Promise<Set<string>> {
    const told = new Set<string>();
    for await (const { subjectId } of this.peers.stream(publicityReads.told, { publicationId })) told.add(subjectId);
    return told;
  }

  /** Of the scores that a reconsideration or a correction changed: the last day of the outcome's publication, null while it does not hang. */
  private async outcomes(scores: readonly PresentScore[]): Promise<Map<string, PlainDate | null>> {
    const lastDays = new Map<string, PlainDate | null>();
    for (const { householdId, objectionId, correctionId } of scores) {
      const outcome = outcomeOf(objectionId, correctionId);
      if (!outcome) continue;
      const rows = await this.peers.all(publicityReads.publicationsOf, outcome);
      const hanging = rows.find(({ state }) => state === 'posted' || state === 'closed');
      lastDays.set(householdId, hanging?.lastDay ? plainDate(hanging.lastDay) : null);
    }
    return lastDays;
  }
}

function outcomeOf(objectionId: string | null, correctionId: string | null): AskOf<typeof publicityReads.publicationsOf> | null {
  if (objectionId !== null) return { owner: 'appeals', kind: 'publication.reconsideration', key: objectionId };
  return correctionId === null ? null : { owner: 'civility', kind: 'publication.correction', key: correctionId };
}
