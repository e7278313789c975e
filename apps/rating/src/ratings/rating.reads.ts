import { appealsReads, type AskedOf, ratingReads, type RowOf, sharedReads } from '@credit/contracts';
import { Answers, InternalClient, RULES, type Rules, systemActor, UnitOfWork } from '@credit/platform';
import { addDays, daysBeforeTerm } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { underReview } from '../changes/under-review';
import { readListKey } from '../lists/village-list.store';
import { RepairStore } from '../repair/repair.store';
import { HumanReviewStore } from '../reviews/human-review.store';
import { RunStore } from '../runs/run.store';
import { VillagePublications } from '../villages/village-publications';
import { VillageValidity } from '../villages/village-validity';
import { RatingStore } from './rating.store';

/** What rating answers to other services. */
@Injectable()
export class RatingReads {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly villages: VillagePublications,
    private readonly villageValidity: VillageValidity,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  /** Validity and dispute are computed here and now; a certificate past its last day is expired whatever timers did. */
  @Answers(ratingReads.currentRatings)
  async currentRatings(ask: AskedOf<typeof ratingReads.currentRatings>): Promise<RowOf<typeof ratingReads.currentRatings>[]> {
    const { ratings, reviewed, today } = await this.work.read(systemActor(), async (tx) => ({
      ratings: await new RatingStore(tx).currentOf(ask.subjectIds),
      reviewed: await underReview(tx, ask.subjectIds),
      today: tx.today,
    }));
    if (ratings.length === 0) return [];
    const subjectIds = ratings.map((rating) => rating.subjectId);
    const open = [
      ...(await this.peers.all(appealsReads.openObjections, { owner: 'rating', subjectIds })),
      ...(await this.peers.all(appealsReads.openObjections, { owner: 'civility', subjectIds })),
    ];
    const disputed = new Set([...open.map((objection) => objection.subjectId), ...reviewed]);
    return ratings.flatMap((rating) =>
      rating.certifiedOn === null || rating.lastDay === null
        ? []
        : [
            {
              ratingId: rating.ratingId,
              subjectId: rating.subjectId,
              subjectKind: rating.subjectKind,
              grade: rating.grade,
              creditSubject: rating.creditSubject,
              certifiedOn: rating.certifiedOn,
              lastDay: rating.lastDay,
              status: rating.state === 'revoked' ? ('revoked' as const) : today > rating.lastDay ? ('expired' as const) : ('valid' as const),
              disputed: disputed.has(rating.subjectId),
              scorecardId: rating.scorecardKind,
              scorecardVersion: rating.scorecardVersion,
            },
          ],
    );
  }

  /** 拟评定名单: names without grade; or the village of an application. */
  @Answers(sharedReads.publicationContent)
  async publicationContent(ask: AskedOf<typeof sharedReads.publicationContent>): Promise<RowOf<typeof sharedReads.publicationContent>[]> {
    if (ask.kind === 'publication.village') return this.villages.content(ask.key);
    if (ask.kind === 'publication.repair') return this.work.read(systemActor(), (tx) => new RepairStore(tx).publicationContent(ask.key));
    const { runId, villageCode } = readListKey(ask.key);
    return this.work.read(systemActor(), async (tx) => {
      const run = await new RunStore(tx).byId(runId);
      const listed = (await new RatingStore(tx).ofVillage(runId, villageCode)).filter((rating) => rating.creditSubject);
      return [
        { heading: { year: run.ratingOn.slice(0, 4), subjects: String(listed.length) } },
        ...listed.map((rating) => ({ subjectId: rating.subjectId, groupCode: rating.groupCode, result: null })),
      ];
    });
  }

  @Answers(sharedReads.deadlines)
  deadlines(): Promise<RowOf<typeof sharedReads.deadlines>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const validity = await new RatingStore(tx).validityDays();
      const renewals = validity.map((one) => ({ ...one, kind: 'renewal-notice', lastDay: addDays(daysBeforeTerm(this.rules.terms, 'renewal-notice', one.lastDay), -1) }));
      return [...validity, ...renewals, ...(await new HumanReviewStore(tx).openDeadlines()), ...(await this.villageValidity.deadlines(tx))];
    });
  }
}
