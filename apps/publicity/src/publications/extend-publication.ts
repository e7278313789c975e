import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { DeadlineStore } from '../deadlines/deadline.store';
import { PublicationTerm } from './publication-term';
import { PublicationStore } from './publication.store';
import { type Hung, told } from './standing';

export type ExtensionReceipt = Readonly<{ publicationId: string; daysAdded: number; lastDay: string; objectionLastDay: string | null; version: number }>;

/** 公示顺延 — adds the days on which the publication did not hang as it should, each of them once. 三(三)3 [D] */
@Injectable()
export class ExtendPublication {
  constructor(private readonly term: PublicationTerm) {}

  async byMissedDays(tx: Tx, publication: Hung, from: PlainDate, before: PlainDate): Promise<ExtensionReceipt> {
    const publications = new PublicationStore(tx);
    const daysAdded = await publications.noteMissedDays(publication.id, from, before);
    const { postedOn, lastDay, objectionLastDay } = this.term.extended(publication, daysAdded);
    const resumes = publication.state === 'suspended';
    if (daysAdded === 0 && !resumes) return { publicationId: publication.id, daysAdded, lastDay, objectionLastDay: publication.objectionLastDay, version: publication.version };

    const extended = { ...publication, version: publication.version + 1 };
    await publications.update(publication.id, { state: 'posted', suspendedOn: null, lastDay, objectionLastDay, version: extended.version });
    await new DeadlineStore(tx).set([{ owner: 'publicity', kind: 'publication', key: publication.id, version: extended.version, lastDay }]);
    await tx.outbox.append('publication.extended', { ...told(extended), postedOn, lastDay });
    await tx.audit.record('publication.extended', publication.id, { daysAdded, lastDay, objectionLastDay, version: extended.version });
    return { publicationId: publication.id, daysAdded, lastDay, objectionLastDay, version: extended.version };
  }
}
