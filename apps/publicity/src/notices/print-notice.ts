import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, type Tx, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { toString as qrSvg } from 'qrcode';
import { PublicationListStore } from '../publications/publication-list.store';
import { type PublicationDays, PublicationTerm } from '../publications/publication-term';
import type { Publication } from '../publications/publication.row';
import { stateOn } from '../publications/standing';
import { NoticeRules } from '../rules/notice-rules';
import { SETTINGS, type Settings } from '../settings';
import { noticePage } from './notice-page';
import { ObjectionContactStore } from './objection-contact.store';

export interface PrintRequest {
  readonly publicationId: string;
  readonly placeId?: string | undefined;
  /** For a draft: the day on which it will be posted, so that the last days can be written out; today by default. */
  readonly postOn?: PlainDate | undefined;
}

/** 打印公示文书 — the whole notice, or the sheet of one group; a draft as it will hang. 三(三)3 */
@Injectable()
export class PrintNotice {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly rules: NoticeRules,
    private readonly term: PublicationTerm,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  execute(actor: Actor, { publicationId, placeId, postOn }: PrintRequest): Promise<string> {
    return this.work.read(actor, async (tx) => {
      const lists = new PublicationListStore(tx);
      const publication = await lists.find(publicationId);
      if (!publication) throw new Problem('not-found', { publicationId });
      actor.require('notice.print', publication.divisionCode);
      const state = stateOn(publication, tx.today);
      if (state === 'closed' || state === 'withdrawn') throw new Problem('publication.taken-down', { publicationId, state, lastDay: publication.lastDay });
      const place = placeId === undefined ? null : (await lists.placesOf([publicationId])).find(({ id }) => id === placeId);
      if (place === undefined) throw new Problem('not-found', { placeId });
      const entries = place?.kind === 'group' ? await lists.entriesOfGroup(publicationId, place.divisionCode) : await lists.entries(publicationId);
      return noticePage({
        publication,
        template: this.rules.notice(publication.kind, publication.templateVersion),
        days: this.daysOf(publication, postOn ?? tx.today),
        placeName: place?.name ?? null,
        entries,
        groupNames: await this.groupNames(publication.divisionCode),
        contact: await this.contact(tx, publication),
        qr: await this.qr(publication.divisionCode),
      });
    });
  }

  private daysOf(publication: Publication, postOn: PlainDate): PublicationDays {
    const { postedOn, lastDay, objectionLastDay } = publication;
    return postedOn !== null && lastDay !== null ? { postedOn, lastDay, objectionLastDay } : this.term.postedOn(publication, postOn);
  }

  private async groupNames(divisionCode: string): Promise<Map<string, string>> {
    const divisions = await this.peers.all(archivesReads.divisions, { under: divisionCode });
    return new Map(divisions.map(({ code, name }) => [code, name]));
  }

  private contact(tx: Tx, publication: Publication): ReturnType<ObjectionContactStore['of']> {
    return new ObjectionContactStore(tx).of(publication.divisionCode);
  }

  private qr(divisionCode: string): Promise<string | null> {
    const { publicUrl } = this.settings;
    return publicUrl === undefined ? Promise.resolve(null) : qrSvg(`${publicUrl.replace(/\/$/, '')}/p/${divisionCode}`, { type: 'svg', margin: 0 });
  }
}
