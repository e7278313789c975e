import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { FollowOutcome } from './follow-outcome';
import { ReconsiderationStore } from './reconsideration.store';
import { WatchAnswers } from './watch-answers';

/** What others tell about the outcome's publication, the deadlines and the telling of households. */
@Injectable()
export class ReconsiderationProcessor {
  constructor(
    private readonly followOutcome: FollowOutcome,
    private readonly watchAnswers: WatchAnswers,
  ) {}

  @Hears('publication.posted')
  posted(data: EventData<'publication.posted'>, tx: Tx): Promise<void> {
    return this.followOutcome.execute(tx, data.key);
  }

  @Hears('publication.extended')
  extended(data: EventData<'publication.extended'>, tx: Tx): Promise<void> {
    return this.followOutcome.execute(tx, data.key);
  }

  @Hears('publication.withdrawn')
  withdrawn(data: EventData<'publication.withdrawn'>, tx: Tx): Promise<void> {
    return this.followOutcome.execute(tx, data.key);
  }

  @Hears('publication.closed')
  closed(data: EventData<'publication.closed'>, tx: Tx): Promise<void> {
    return this.followOutcome.execute(tx, data.key);
  }

  @Hears('deadline.passed')
  async passed(data: EventData<'deadline.passed'>, tx: Tx): Promise<void> {
    if (data.kind === 'answer-reminder') await this.watchAnswers.remind(tx);
    if (data.kind === 'answer') await this.watchAnswers.escalate(tx);
  }

  @Hears('notification.settled')
  async settled({ template, key, subjectId, settledOn }: EventData<'notification.settled'>, tx: Tx): Promise<void> {
    // Other sentences, such as the call to the hearing, tell nobody the answer.
    if (template === 'reconsideration-answered' && key !== undefined) await new ReconsiderationStore(tx).markTold(key, subjectId, settledOn);
  }
}
