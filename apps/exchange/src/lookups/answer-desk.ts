import { archivesReads, ratingReads, type RowOf } from '@credit/contracts';
import { InternalClient, newId, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { consentNeeded, type ConsentVerdict, consentVerdict } from '../consents/consent-check';
import { ConsentStore } from '../consents/consent.store';
import { AnswerSigner } from '../signing/answer-signer';
import { inParallel } from './in-parallel';
import { type QueryLine, QueryLogStore } from './query-log.store';

/** Whom the client means: one of three numbers. */
export interface Identifier {
  readonly residentId?: string | undefined;
  readonly creditCode?: string | undefined;
  readonly subjectNo?: string | undefined;
}

type Subject = RowOf<typeof archivesReads.resolveSubject>;
type Rating = RowOf<typeof ratingReads.currentRatings>;

/** 信用评价结果 — what a bank learns: the grade and how long it holds, never scores or civility lines. */
export type CreditAnswer = Readonly<{
  queryId: string;
  clientId: string;
  purpose: string;
  answeredAt: string;
  subjectNo: string;
  subjectKind: string;
  status: 'valid' | 'expired' | 'revoked' | 'unrated';
  grade: string | null;
  creditSubject: boolean;
  certifiedOn: string | null;
  lastDay: string | null;
  disputed: boolean;
  scorecard: Readonly<{ id: string; version: number }> | null;
}>;

export type LookupResult =
  | Readonly<{ queryId: string; outcome: 'answered'; answer: CreditAnswer; signature: string }>
  | Readonly<{ queryId: string; outcome: 'consent.missing' | 'consent.revoked' }>;

const parallelReads = 12;

/**
 * 查询答复 — in one unit of work: whom it is about, whether everybody concerned has consented, what the rating is at this
 * moment, and the line in the query log. Somebody unknown is answered like somebody who has not consented. Fails closed.
 */
@Injectable()
export class AnswerDesk {
  constructor(
    private readonly peers: InternalClient,
    private readonly signer: AnswerSigner,
  ) {}

  async answer(tx: Tx, clientId: string, purpose: string, identifiers: readonly Identifier[]): Promise<LookupResult[]> {
    const subjects = await inParallel(identifiers, parallelReads, (one) => this.peers.one(archivesReads.resolveSubject, one));
    const known = [...new Map(subjects.flatMap((subject) => (subject ? [[subject.subjectId, subject] as const] : []))).values()];
    const verdicts = await this.verdicts(tx, clientId, purpose, known);
    const consented = known.filter((subject) => verdicts.get(subject.subjectId) === 'given').map((subject) => subject.subjectId);
    const [ratings, labels] = await this.facts(consented);

    const lines: QueryLine[] = [];
    const results = subjects.map((subject): { queryId: string; outcome: QueryLine['outcome']; answer: CreditAnswer | null } => {
      const queryId = newId();
      const verdict = subject ? (verdicts.get(subject.subjectId) ?? 'consent.missing') : 'consent.missing';
      const rating = subject && ratings.get(subject.subjectId);
      const outcome = verdict === 'given' ? 'answered' : verdict;
      lines.push({ id: queryId, clientId, subjectId: subject?.subjectId ?? null, divisionCode: subject?.divisionCode ?? null, purpose, outcome, ratingId: rating?.ratingId ?? null });
      const answer = subject && outcome === 'answered' ? answerOf(subject, labels.get(subject.subjectId) ?? '', rating, { queryId, clientId, purpose, answeredAt: tx.now.toISOString() }) : null;
      return { queryId, outcome, answer };
    });
    await new QueryLogStore(tx).append(lines);
    return Promise.all(results.map((result) => this.signed(result)));
  }

  /** Consents are held until this work is done, so that a revocation comes either before it or after it. */
  async verdicts(tx: Tx, clientId: string, purpose: string, subjects: readonly Pick<Subject, 'subjectId' | 'subjectKind'>[]): Promise<Map<string, ConsentVerdict>> {
    const held = await new ConsentStore(tx).hold(subjects.map((subject) => subject.subjectId), clientId, purpose);
    const verdicts = await inParallel(subjects, parallelReads, async (subject): Promise<[string, ConsentVerdict]> => {
      const consents = held.filter((consent) => consent.subjectId === subject.subjectId);
      if (consents.length === 0) return [subject.subjectId, 'consent.missing'];
      const adults = subject.subjectKind === 'household' ? await this.peers.all(archivesReads.adults, { householdId: subject.subjectId }) : [];
      const needed = consentNeeded(subject.subjectKind, adults.map((adult) => adult.memberId));
      return [subject.subjectId, consentVerdict(needed, consents, tx.today)];
    });
    return new Map(verdicts);
  }

  private async facts(subjectIds: string[]): Promise<[Map<string, Rating>, Map<string, string>]> {
    if (subjectIds.length === 0) return [new Map(), new Map()];
    const ratings = await this.peers.all(ratingReads.currentRatings, { subjectIds });
    const labels = await this.peers.all(archivesReads.labels, { subjectIds });
    return [new Map(ratings.map((rating) => [rating.subjectId, rating])), new Map(labels.map((label) => [label.subjectId, label.subjectNo]))];
  }

  private async signed({ queryId, outcome, answer }: { queryId: string; outcome: QueryLine['outcome']; answer: CreditAnswer | null }): Promise<LookupResult> {
    if (outcome !== 'answered' || !answer) return { queryId, outcome: outcome === 'consent.revoked' ? outcome : 'consent.missing' };
    return { queryId, outcome, answer, signature: await this.signer.sign(answer) };
  }
}

function answerOf(subject: Subject, subjectNo: string, rating: Rating | undefined, asked: Pick<CreditAnswer, 'queryId' | 'clientId' | 'purpose' | 'answeredAt'>): CreditAnswer {
  const about = { ...asked, subjectNo, subjectKind: subject.subjectKind };
  if (!rating) return { ...about, status: 'unrated', grade: null, creditSubject: false, certifiedOn: null, lastDay: null, disputed: false, scorecard: null };
  return {
    ...about,
    status: rating.status,
    grade: rating.grade,
    creditSubject: rating.creditSubject,
    certifiedOn: rating.certifiedOn,
    lastDay: rating.lastDay,
    disputed: rating.disputed,
    scorecard: { id: rating.scorecardId, version: rating.scorecardVersion },
  };
}
