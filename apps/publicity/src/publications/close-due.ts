import type { Tx } from '@credit/platform';
import { publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { PublicationStore } from './publication.store';
import { told } from './standing';

const pageSize = 1000;

/**
 * 公示期满 — records what the days already say: names are taken down and the owners are told. Works through the publications
 * that are over by their own last day, whichever alarm rang. 三(三)3
 */
@Injectable()
export class CloseDue {
  async execute(tx: Tx): Promise<void> {
    const publications = new PublicationStore(tx);
    for (let due = await publications.due(pageSize); due.length > 0; due = await publications.due(pageSize)) {
      const ids = due.map(({ id }) => id);
      await publications.setState(ids, publicationMachine.next('posted', 'elapse'));
      await publications.takeDown(ids);
      await tx.outbox.appendAll('publication.closed', due.map((over) => ({ ...told(over), postedOn: over.postedOn, lastDay: over.lastDay })));
      for (const { id, lastDay, version } of due) await tx.audit.record('publication.closed', id, { lastDay, version });
    }
  }
}
