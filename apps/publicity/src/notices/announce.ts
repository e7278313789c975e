import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from '../publications/publication-list.store';
import type { PlaceRow } from '../publications/publication.row';
import { requireHung, stateOn } from '../publications/standing';
import { NoticeRules } from '../rules/notice-rules';
import { fill } from '../rules/placeholders';
import { type ObjectionContact, ObjectionContactStore } from './objection-contact.store';

export interface AnnouncementRequest {
  readonly publicationId: string;
  readonly channel: string;
  readonly groupCode?: string | undefined;
}

export interface AnnouncementText {
  readonly channel: string;
  readonly channelName: string;
  readonly text: string;
}

const groupsNamed = 3;
const defaultReceiver = '村党组织';

/** 广播用语 — that a notice hangs, where, until when and how to object; it knows neither names nor scores. 三(三)3 [D] */
@Injectable()
export class Announce {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NoticeRules,
  ) {}

  execute(actor: Actor, { publicationId, channel, groupCode }: AnnouncementRequest): Promise<AnnouncementText> {
    return this.work.read(actor, async (tx) => {
      const lists = new PublicationListStore(tx);
      const publication = await lists.find(publicationId);
      if (!publication) throw new Problem('not-found', { publicationId });
      actor.require('notice.announce', publication.divisionCode);
      const template = this.rules.announcementOn(channel, tx.today);
      if (!template) throw new Problem('notification.channel', { channel }, [{ path: 'channel', message: `可广播的渠道为：${this.rules.announced.join('、')}` }]);
      const { title, postedOn, lastDay, objectionLastDay } = requireHung(publication, tx.today);
      if (stateOn(publication, tx.today) !== 'posted') throw new Problem('publication.not-posted', { publicationId, state: publication.state });
      const places = placesInWords(await lists.placesOf([publicationId]), groupCode);
      if (places === '') throw new Problem('not-found', { publicationId, groupCode });

      const contact = await new ObjectionContactStore(tx).of(publication.divisionCode);
      const filling = { title, places, postedOn, lastDay, objectionLastDay, ...contactOr(contact) };
      const said = [template.text, objectionLastDay !== null && template.objections, objectionLastDay !== null && contact && template.contact, template.closing];
      const text = said.flatMap((sentence) => (sentence ? [fill(sentence, filling, template.read)] : [])).join(template.read === 'aloud' ? '' : '\n');
      return { channel, channelName: this.rules.channelName(channel), text };
    });
  }
}

function contactOr(contact: ObjectionContact | null): ObjectionContact {
  return contact ?? { receiver: defaultReceiver, address: '', phone: '' };
}

/** Where it hangs for those who listen: the board, and their own group or a few by name; many are “every group”. */
function placesInWords(places: readonly PlaceRow[], groupCode: string | undefined): string {
  const groups = places.filter(({ kind, divisionCode }) => kind === 'group' && (groupCode === undefined || divisionCode === groupCode)).map(({ name }) => name);
  if (groupCode !== undefined && groups.length === 0) return '';
  const others = places.filter(({ kind }) => kind !== 'group').map(({ name }) => name);
  const named = groups.length > groupsNamed ? ['各村民组公示处'] : groups.map((name) => `${name}公示处`);
  return [...others, ...named].join('、');
}
