import { appealsReads, type EventData, Problem, publicityReads, type RowOf, type sharedReads } from '@credit/contracts';
import { InternalClient, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type VillageApplication, VillageApplicationStore } from './village-application.store';
import { VillageDesk } from './village-desk';

type Hung = EventData<'publication.posted'> | EventData<'publication.extended'>;

/** 社会公示 — what hangs, until when, and what was objected to it; the key of the publication is the application's id. 三(六) 信用村4 */
@Injectable()
export class VillagePublications {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly desk: VillageDesk,
  ) {}

  /** The village and its proposed grade, towards the public. */
  content(applicationId: string): Promise<RowOf<typeof sharedReads.publicationContent>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const { villageName, grade, reviewedOn, appliedOn } = await new VillageApplicationStore(tx).get(applicationId);
      return [{ heading: { year: (reviewedOn ?? appliedOn).slice(0, 4), subjects: '1' } }, { text: `${villageName}：拟认定为${grade ?? ''}级信用村` }];
    });
  }

  withdrawn({ publicationId }: EventData<'publication.withdrawn'>, tx: Tx): Promise<void> {
    return new VillageApplicationStore(tx).forgetPublication(publicationId);
  }

  hung({ key, publicationId, version, lastDay }: Hung, tx: Tx): Promise<void> {
    return new VillageApplicationStore(tx).notePublication(key, publicationId, version, lastDay);
  }

  /** 异议成立 ends the application; returns whether the answer was about a village. */
  async answered(tx: Tx, { subjectId, outcome }: EventData<'reconsideration.answered'>): Promise<boolean> {
    const applications = new VillageApplicationStore(tx);
    if (!(await applications.find(subjectId))) return false;
    const application = await applications.lock(subjectId);
    if (outcome === 'score-changed' && application.state === 'published') await this.desk.refuse(tx, application, 'objection', ['公示期间的异议经核查成立']);
    return true;
  }

  /**
   * Throws while the publication hangs, is suspended or an objection is open, and when one was upheld; everything is read from its owner at this moment.
   */
  async requireOver(tx: Tx, { applicationId, publicationId }: VillageApplication): Promise<void> {
    const publication = publicationId === null ? undefined : await this.peers.one(publicityReads.publication, { publicationId });
    const hangs = publication?.state === 'posted' || publication?.state === 'closed';
    if (!hangs || publication.lastDay === null || tx.today <= publication.lastDay) throw new Problem('village.still-published', { lastDay: publication?.lastDay ?? null });
    const about = { owner: 'rating' as const, subjectIds: [applicationId] };
    const open = await this.peers.all(appealsReads.openObjections, about);
    if (open.length > 0) throw new Problem('village.objection-open', { open: open.length });
    const [upheld] = await this.peers.all(appealsReads.changedAnswers, about);
    if (upheld) throw new Problem('village.objection-upheld', { objectionId: upheld.objectionId });
  }
}
