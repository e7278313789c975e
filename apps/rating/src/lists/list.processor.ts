import { appealsReads, type EventData } from '@credit/contracts';
import { Hears, InternalClient, newId, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RatingStore } from '../ratings/rating.store';
import { RemindOfRenewal } from '../renewals/remind-of-renewal';
import { RateAgain } from '../runs/rate-again';
import { VillagePublications } from '../villages/village-publications';
import { VillageValidity } from '../villages/village-validity';
import { CertifyDue } from './certify-due';
import { readListKey, VillageListStore } from './village-list.store';

type Hung = EventData<'publication.posted'> | EventData<'publication.extended'>;

/** What rating hears about its lists and the facts under its results. */
@Injectable()
export class ListProcessor {
  constructor(
    private readonly peers: InternalClient,
    private readonly certifyDue: CertifyDue,
    private readonly rateAgain: RateAgain,
    private readonly remind: RemindOfRenewal,
    private readonly villages: VillagePublications,
    private readonly villageValidity: VillageValidity,
  ) {}

  @Hears('publication.posted')
  posted(data: EventData<'publication.posted'>, tx: Tx): Promise<void> {
    return this.note(data, tx);
  }

  @Hears('publication.extended')
  extended(data: EventData<'publication.extended'>, tx: Tx): Promise<void> {
    return this.note(data, tx);
  }

  private async note(data: Hung, tx: Tx): Promise<void> {
    if (data.kind === 'publication.village') return this.villages.hung(data, tx);
    const { runId, villageCode } = readListKey(data.key);
    await new VillageListStore(tx).notePublication(runId, villageCode, data.publicationId, data.version, data.postedOn, data.lastDay);
    await new RatingStore(tx).markListed(runId, villageCode);
  }

  @Hears('publication.withdrawn')
  withdrawn(data: EventData<'publication.withdrawn'>, tx: Tx): Promise<void> {
    if (data.kind === 'publication.village') return this.villages.withdrawn(data, tx);
    return new VillageListStore(tx).forgetPublication(data.publicationId);
  }

  @Hears('publication.closed')
  async closed(data: EventData<'publication.closed'>, tx: Tx): Promise<void> {
    if (data.kind !== 'publication.rating') return;
    const { runId, villageCode } = readListKey(data.key);
    await this.certifyDue.village(tx, runId, villageCode);
  }

  /** Validity ends by computation, a review is overdue by computation; only a reminder has to be sent. */
  @Hears('deadline.passed')
  async deadlinePassed(data: EventData<'deadline.passed'>, tx: Tx): Promise<void> {
    if (data.kind === 'renewal-notice') return this.remind.execute(tx);
    if (data.kind === 'village-validity') return this.villageValidity.expire(tx);
    if (data.kind === 'village-renewal') return this.villageValidity.remind(tx);
    await tx.audit.record('rating.deadline-passed', data.kind, { lastDay: data.lastDay });
  }

  @Hears('objection.received')
  async objectionReceived(data: EventData<'objection.received'>, tx: Tx): Promise<void> {
    await tx.audit.record('rating.disputed', data.subjectId, { objectionId: data.objectionId });
  }

  @Hears('objection.ended')
  objectionEnded(data: EventData<'objection.ended'>, tx: Tx): Promise<void> {
    return this.certifyWaiting(tx, data.subjectId);
  }

  @Hears('reconsideration.answered')
  async answered(data: EventData<'reconsideration.answered'>, tx: Tx): Promise<void> {
    if (await this.villages.answered(tx, data)) return;
    const answer = await this.peers.one(appealsReads.answer, { objectionId: data.objectionId });
    if (!answer) return;
    const { runId } = readListKey(answer.key);
    if (answer.outcome === 'score-changed') await this.rateAgain.inside(tx, runId, answer.subjectId, answer.objectionId);
    await this.certifyWaiting(tx, answer.subjectId, runId);
  }

  private async certifyWaiting(tx: Tx, subjectId: string, runId?: string): Promise<void> {
    for (const rating of await new RatingStore(tx).historyOf([subjectId])) {
      if ((rating.state === 'listed' || rating.state === 'proposed') && (!runId || rating.runId === runId)) await this.certifyDue.village(tx, rating.runId, rating.villageCode);
    }
  }

  @Hears('notification.settled')
  async told(data: EventData<'notification.settled'>, tx: Tx): Promise<void> {
    await tx.audit.record('rating.told', data.subjectId, { outcome: data.outcome, settledOn: data.settledOn });
  }

  @Hears('civility-score.became-final')
  scoreFinal(data: EventData<'civility-score.became-final'>, tx: Tx): Promise<void> {
    return new RatingStore(tx).noteRecheck(newId(), data.householdId, 'civility', data.roundId);
  }

  @Hears('file.verified')
  fileVerified(data: EventData<'file.verified'>, tx: Tx): Promise<void> {
    return new RatingStore(tx).noteRecheck(newId(), data.subjectId, 'file', `${data.fileId}:${data.version}`);
  }

  @Hears('file.changed')
  fileChanged(data: EventData<'file.changed'>, tx: Tx): Promise<void> {
    return new RatingStore(tx).noteRecheck(newId(), data.subjectId, 'file', `${data.fileId}:${data.version}`);
  }
}
