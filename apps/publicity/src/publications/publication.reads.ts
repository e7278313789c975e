import { type AskedOf, publicityReads, type RowOf } from '@credit/contracts';
import { Answers, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { NotificationListStore } from '../notifications/notification-list.store';
import { PublicationListStore } from './publication-list.store';

/** What owners read of publications at the moment they decide: stored days, from which they compute. */
@Injectable()
export class PublicationReads {
  constructor(private readonly work: UnitOfWork) {}

  @Answers(publicityReads.publication)
  publication({ publicationId }: AskedOf<typeof publicityReads.publication>): Promise<RowOf<typeof publicityReads.publication>[]> {
    return this.work.read(systemActor(), (tx) => new PublicationListStore(tx).read(publicationId));
  }

  @Answers(publicityReads.publicationsOf)
  publicationsOf(ask: AskedOf<typeof publicityReads.publicationsOf>): Promise<RowOf<typeof publicityReads.publicationsOf>[]> {
    return this.work.read(systemActor(), (tx) => new PublicationListStore(tx).readOf(ask));
  }

  @Answers(publicityReads.publishedSubjects)
  publishedSubjects({ publicationId }: AskedOf<typeof publicityReads.publishedSubjects>): Promise<RowOf<typeof publicityReads.publishedSubjects>[]> {
    return this.work.read(systemActor(), async (tx) =>
      (await new PublicationListStore(tx).entries(publicationId)).map(({ subjectId, groupCode }) => ({ subjectId, groupCode })),
    );
  }

  @Answers(publicityReads.told)
  told({ publicationId }: AskedOf<typeof publicityReads.told>): Promise<RowOf<typeof publicityReads.told>[]> {
    return this.work.read(systemActor(), (tx) => new NotificationListStore(tx).toldOf(publicationId));
  }
}
