import { UnitOfWork, anonymous } from '@credit/platform';
import { addMonths } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from '../publications/publication-list.store';
import type { Publication } from '../publications/publication.row';
import { stateOn } from '../publications/standing';
import { NoticeRules } from '../rules/notice-rules';
import { type PublicNotice, publicPage } from './public-page';

const monthsShown = -12;

/** 公开页 — for everybody: what hangs in a village now, and for a year the fact of what hung there. 三(三)3 */
@Injectable()
export class ShowPublic {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NoticeRules,
  ) {}

  /** A village without publications and a code that is none answer the same. */
  execute(villageCode: string): Promise<string> {
    return this.work.read(anonymous, async (tx) => {
      const lists = new PublicationListStore(tx);
      const known = await lists.postedIn(villageCode, addMonths(tx.today, monthsShown));
      const hanging: PublicNotice[] = [];
      const past: Publication[] = [];
      for (const publication of known) {
        const state = stateOn(publication, tx.today);
        if (state === 'closed') past.push(publication);
        else hanging.push(await this.notice(lists, publication, state === 'suspended'));
      }
      return publicPage({ villageCode, placeName: known[0]?.divisionName ?? '', hanging, past });
    });
  }

  private async notice(lists: PublicationListStore, publication: Publication, suspended: boolean): Promise<PublicNotice> {
    const { places: kinds, subjects } = this.rules.notice(publication.kind, publication.templateVersion);
    const names = kinds.includes('public') && !suspended ? (await lists.entries(publication.id)).flatMap(({ label }) => label ?? []) : [];
    const lines = subjects === undefined && !suspended ? publication.lines : [];
    return { publication: { ...publication, lines }, suspended, places: await lists.placesOf([publication.id]), names };
  }
}
