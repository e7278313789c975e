import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { missingCharacters } from '@credit/print';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { NoticeArgs, PublicationList, PublicationNotice, SignOffArgs, TellingSignOffSheet } from './document.types';
import { GatherNotice, type NoticeFacts } from './gather-notice';
import { type ListDocument, listDocument } from './list';
import { noticeDocument, wordsOf } from './notice';
import { PrintSignOff } from './print-sign-off';
import type { SignOffSheet } from './sign-off';

/** 文书数据 — the same data that is printed, for a screen or another format. */
@Resolver()
export class DocumentResolver {
  constructor(
    private readonly gather: GatherNotice,
    private readonly signOff: PrintSignOff,
  ) {}

  @Query(() => PublicationNotice, { description: '公示文书的全部文字' })
  @Allow('notice.print')
  async publicationNotice(@CurrentActor() actor: Actor, @Args() args: NoticeArgs): Promise<PublicationNotice> {
    const notice = noticeDocument(await this.facts(actor, args));
    return { ...notice, missingCharacters: missingCharacters(wordsOf(notice)).map(({ codePoint }) => codePoint) };
  }

  @Query(() => PublicationList, { description: '公示名单，可作电子表格' })
  @Allow('notice.print')
  async publicationList(@CurrentActor() actor: Actor, @Args() args: NoticeArgs): Promise<ListDocument> {
    return listDocument(await this.facts(actor, args));
  }

  @Query(() => [TellingSignOffSheet], { description: '告知签收表，一组一张' })
  @Allow('notice.print')
  async signOffSheets(@CurrentActor() actor: Actor, @Args() { divisionCode, publicationId, template }: SignOffArgs): Promise<SignOffSheet[]> {
    return (await this.signOff.execute(actor, { divisionCode, publicationId, template })).sheets;
  }

  private facts(actor: Actor, { publicationId, placeId, postOn }: NoticeArgs): Promise<NoticeFacts> {
    return this.gather.execute(actor, { publicationId, placeId, postOn: postOn === undefined ? undefined : plainDate(postOn) });
  }
}
