import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { type ObjectionContact, ObjectionContactStore } from '../notices/objection-contact.store';
import { type EntryView, PublicationListStore } from '../publications/publication-list.store';
import { type PublicationDays, PublicationTerm } from '../publications/publication-term';
import type { Publication } from '../publications/publication.row';
import { stateOn } from '../publications/standing';
import { NoticeRules, type NoticeTemplate } from '../rules/notice-rules';

export interface NoticeRequest {
  readonly publicationId: string;
  readonly placeId?: string | undefined;
  /** For a draft: the day on which it will be posted, so that the last days can be written out; today by default. */
  readonly postOn?: PlainDate | undefined;
}

/** Everything that may stand on a notice or a list, with the wording it was drafted with. */
export interface NoticeFacts {
  readonly publication: Publication;
  readonly template: NoticeTemplate;
  readonly days: PublicationDays;
  /** Where this sheet is to hang; null for one with everything. */
  readonly placeName: string | null;
  readonly entries: readonly EntryView[];
  readonly groupNames: ReadonlyMap<string, string>;
  readonly contact: ObjectionContact | null;
}

/** 取公示文书的内容 — the whole publication, or the part of one group; a draft as it will hang, nothing of what was taken down. 三(三)3 */
@Injectable()
export class GatherNotice {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly rules: NoticeRules,
    private readonly term: PublicationTerm,
  ) {}

  /** Problem `publication.taken-down` after the end or a withdrawal. */
  execute(actor: Actor, { publicationId, placeId, postOn }: NoticeRequest): Promise<NoticeFacts> {
    return this.work.read(actor, async (tx) => {
      const lists = new PublicationListStore(tx);
      const publication = await lists.find(publicationId);
      if (!publication) throw new Problem('not-found', { publicationId });
      actor.require('notice.print', publication.divisionCode);
      const state = stateOn(publication, tx.today);
      if (state === 'closed' || state === 'withdrawn') throw new Problem('publication.taken-down', { publicationId, state, lastDay: publication.lastDay });
      const place = placeId === undefined ? null : (await lists.placesOf([publicationId])).find(({ id }) => id === placeId);
      if (place === undefined) throw new Problem('not-found', { placeId });
      return {
        publication,
        template: this.rules.notice(publication.kind, publication.templateVersion),
        days: this.daysOf(publication, postOn ?? tx.today),
        placeName: place?.name ?? null,
        entries: place?.kind === 'group' ? await lists.entriesOfGroup(publicationId, place.divisionCode) : await lists.entries(publicationId),
        groupNames: await this.groupNames(publication.divisionCode),
        contact: await new ObjectionContactStore(tx).of(publication.divisionCode),
      };
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
}
