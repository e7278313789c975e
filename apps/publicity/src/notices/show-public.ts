import { UnitOfWork, anonymous } from '@credit/platform';
import { addMonths } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from '../publications/publication-list.store';
import { stateOn } from '../publications/standing';
import { publicPage } from './public-page';

const monthsShown = -12;

/** 公开页 — for everybody: what hangs in a village now, and for a year the fact of what hung there. 三(三)3 */
@Injectable()
export class ShowPublic {
  constructor(private readonly work: UnitOfWork) {}

  /** A village without publications and a code that is none answer the same. */
  execute(villageCode: string): Promise<string> {
    return this.work.read(anonymous, async (tx) => {
      const lists = new PublicationListStore(tx);
      const known = await lists.postedIn(villageCode, addMonths(tx.today, monthsShown));
      const hanging = known.filter((publication) => stateOn(publication, tx.today) === 'posted');
      const past = known.filter((publication) => stateOn(publication, tx.today) === 'closed');
      const places = await lists.placesOf(hanging.map(({ id }) => id));
      const notices = [];
      for (const publication of hanging) {
        notices.push({ publication, places: places.filter(({ publicationId }) => publicationId === publication.id), entries: await lists.entries(publication.id) });
      }
      return publicPage({ placeName: known[0]?.divisionName ?? '', hanging: notices, past });
    });
  }
}
