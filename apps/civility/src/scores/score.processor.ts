import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { RemindOfChecks } from '../improvements/remind-of-checks';
import { FollowPublication } from '../rounds/follow-publication';
import { AnnounceFinal } from './announce-final';
import { ApplyAnswer } from './apply-answer';
import { ScoreListStore } from './score-list.store';

type AnyPublication = Pick<EventData<'publication.posted'>, 'kind' | 'key'>;

/** What others tell about the publication of results, deadlines, objections and the telling of households. */
@Injectable()
export class ScoreProcessor {
  constructor(
    private readonly follow: FollowPublication,
    private readonly announce: AnnounceFinal,
    private readonly applyAnswer: ApplyAnswer,
    private readonly remindOfChecks: RemindOfChecks,
  ) {}

  /** The content's publication is read when a round is opened; only the results' is followed. */
  private async results(data: AnyPublication, tx: Tx): Promise<void> {
    if (data.kind === 'publication.result') await this.follow.execute(tx, data.key);
  }

  @Hears('publication.posted')
  posted(data: EventData<'publication.posted'>, tx: Tx): Promise<void> {
    return this.results(data, tx);
  }

  @Hears('publication.extended')
  extended(data: EventData<'publication.extended'>, tx: Tx): Promise<void> {
    return this.results(data, tx);
  }

  @Hears('publication.withdrawn')
  withdrawn(data: EventData<'publication.withdrawn'>, tx: Tx): Promise<void> {
    return this.results(data, tx);
  }

  @Hears('publication.closed')
  closed(data: EventData<'publication.closed'>, tx: Tx): Promise<void> {
    return this.results(data, tx);
  }

  @Hears('deadline.passed')
  deadlinePassed({ kind }: EventData<'deadline.passed'>, tx: Tx): Promise<void> {
    return kind === 'improvement-check' ? this.remindOfChecks.execute(tx) : this.announce.all();
  }

  @Hears('reconsideration.answered')
  answered(data: EventData<'reconsideration.answered'>, tx: Tx): Promise<void> {
    return this.applyAnswer.execute(tx, data.objectionId);
  }

  /** An open objection is asked for when finality is decided; that one came is kept for the record. */
  @Hears('objection.received')
  async objectionReceived(data: EventData<'objection.received'>, tx: Tx): Promise<void> {
    await tx.audit.record('score.objected-to', data.subjectId, { objectionId: data.objectionId, publicationId: data.publicationId });
  }

  @Hears('objection.ended')
  objectionEnded(data: EventData<'objection.ended'>, tx: Tx): Promise<void> {
    return this.lookAt(data.subjectId, tx);
  }

  @Hears('notification.settled')
  settled(data: EventData<'notification.settled'>, tx: Tx): Promise<void> {
    return this.lookAt(data.subjectId, tx);
  }

  /** A score that waited only for this may now be final. */
  private async lookAt(householdId: string, tx: Tx): Promise<void> {
    for (const roundId of await new ScoreListStore(tx).waitingRounds(householdId)) await this.announce.round(tx, roundId);
  }
}
