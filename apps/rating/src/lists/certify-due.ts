import { appealsReads, publicityReads } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { addDays, daysBeforeTerm, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { type Rating, RatingStore } from '../ratings/rating.store';
import { ResultStore } from '../runs/result.store';
import { listKey, type VillageList, VillageListStore } from './village-list.store';

const listsPerRound = 50;

/**
 * 完成评定 — certifies, once a village's list has hung its full time, every subject without an open objection; the others
 * follow after their answer. The publication and the objections are read from their owners at this moment. 三(六)4
 */
@Injectable()
export class CertifyDue {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  /** Works through all lists that are over, each in a transaction of its own. Returns how many subjects were certified. */
  async all(actor: Actor = systemActor()): Promise<number> {
    const due = await this.work.read(actor, (tx) => new VillageListStore(tx).due(tx.today, listsPerRound));
    let certified = 0;
    for (const list of due) certified += await this.work.run(actor, (tx) => this.village(tx, list.runId, list.villageCode));
    return certified;
  }

  /** One village of a run; nothing happens while its list still hangs. */
  async village(tx: Tx, runId: string, villageCode: string): Promise<number> {
    const lists = new VillageListStore(tx);
    const list = await lists.lock(runId, villageCode);
    if (!list || !(await this.isOver(tx, list))) return 0;
    const ratings = new RatingStore(tx);
    const open = await ratings.lockUncertified(runId, villageCode);
    if (open.length === 0) return 0;
    const disputed = await this.disputed(tx, list, open);
    const clear = open.filter((rating) => !disputed.has(rating.subjectId));
    if (clear.length > 0) await this.certify(tx, clear);
    await lists.certified(runId, villageCode);
    return clear.length;
  }

  /** Subjects with an objection that is not answered, or with an answer on which they were not computed again yet. */
  private async disputed(tx: Tx, { runId, villageCode }: VillageList, ratings: readonly Rating[]): Promise<Set<string>> {
    const about = { owner: 'rating' as const, subjectIds: ratings.map(({ subjectId }) => subjectId) };
    const open = await this.peers.all(appealsReads.openObjections, about);
    const changed = (await this.peers.all(appealsReads.changedAnswers, about)).filter(({ key }) => key === listKey(runId, villageCode));
    const applied = changed.length > 0 ? await new ResultStore(tx).causesOf(runId, changed.map(({ subjectId }) => subjectId)) : new Set<string>();
    return new Set([...open, ...changed.filter(({ objectionId }) => !applied.has(objectionId))].map(({ subjectId }) => subjectId));
  }

  /** The last day may have moved since we were told: the publication's owner says how it stands now. */
  private async isOver(tx: Tx, list: VillageList): Promise<boolean> {
    if (!list.publicationId) return false;
    const publication = await this.peers.one(publicityReads.publication, { publicationId: list.publicationId });
    if (!publication?.lastDay || (publication.state !== 'posted' && publication.state !== 'closed')) return false;
    return tx.today > publication.lastDay;
  }

  private async certify(tx: Tx, ratings: readonly Rating[]): Promise<void> {
    const store = new RatingStore(tx);
    const year = Number(tx.today.slice(0, 4));
    const first = await store.takeNumbers(year, ratings.length);
    const numbers = ratings.map((_rating, index) => `XY${year}${String(first + index + 1).padStart(6, '0')}`);
    const { lastDay } = windowOf(this.rules.terms, 'validity', tx.today);
    await store.certify(ratings.map((rating) => rating.ratingId), numbers, tx.today, lastDay);
    await tx.outbox.appendAll(
      'rating.certified',
      ratings.map((rating) => ({ ratingId: rating.ratingId, subjectKind: rating.subjectKind, subjectId: rating.subjectId, certifiedOn: tx.today, lastDay })),
    );
    await tx.outbox.append('deadline.set', { owner: 'rating', kind: 'validity', key: lastDay, version: 1, lastDay });
    const beforeRenewal = addDays(daysBeforeTerm(this.rules.terms, 'renewal-notice', lastDay), -1);
    await tx.outbox.append('deadline.set', { owner: 'rating', kind: 'renewal-notice', key: lastDay, version: 1, lastDay: beforeRenewal });
    for (const rating of ratings) await tx.audit.record('rating.certified', rating.ratingId, { subjectId: rating.subjectId, resultId: rating.resultId, lastDay });
  }
}
