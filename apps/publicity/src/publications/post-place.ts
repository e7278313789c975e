import { Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { type PlainDate, plainDate, publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DeadlineStore } from '../deadlines/deadline.store';
import { TellSubjects } from '../notifications/tell-subjects';
import { type PublicationDays, PublicationTerm } from './publication-term';
import type { PlaceRow, Publication } from './publication.row';
import { PublicationStore } from './publication.store';
import { told } from './standing';

const posting = z.object({
  publicationId: z.uuid(),
  placeId: z.uuid(),
  postedOn: z.string().transform(plainDate).nullish(),
  days: z.int().min(1).max(60, '公示天数请控制在 60 天以内').nullish(),
  postedByName: z.string().trim().min(1).max(40, '张贴人姓名请控制在 40 字以内').nullish(),
  photoSha256: z.string().regex(/^[0-9a-f]{64}$/, '照片摘要须为 64 位十六进制').nullish(),
});

export type PostingInput = z.input<typeof posting> & { readonly requestId: string };
export type PostingReceipt = Readonly<{ publicationId: string; placeId: string; placesLeft: number; postedOn: string | null; lastDay: string | null; objectionLastDay: string | null }>;

/** 张贴公示 — records one place; the publication runs from the day on which its last place was posted. 三(三)1、三(三)3 */
@Injectable()
export class PostPlace {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly term: PublicationTerm,
    private readonly tellSubjects: TellSubjects,
  ) {}

  execute(actor: Actor, request: PostingInput): Promise<PostingReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'publication.post-place', requestId, body }, async (tx) => {
      const input = posting.parse(body);
      const publications = new PublicationStore(tx);
      const publication = await publications.lock(input.publicationId);
      const places = await publications.places(publication.id);
      const place = places.find(({ id }) => id === input.placeId);
      if (!place) throw new Problem('not-found', { placeId: input.placeId });
      actor.require(place.kind === 'public' ? 'publication.post-public' : 'publication.post-board', place.divisionCode);
      const state = publicationMachine.next(publication.state, 'post');
      if (place.postedOn !== null) throw new Problem('publication.already-posted', { placeId: place.id, postedOn: place.postedOn });

      const postedOn = input.postedOn ?? tx.today;
      const posted = { ...publication, daysAsked: input.days ?? publication.daysAsked };
      const others = places.filter(({ id }) => id !== place.id);
      const days = this.term.postedOn(posted, lastOf(postedOn, others));
      requirePostingDay(postedOn, publication, days, tx.today);
      const posterName = input.postedByName ? (await this.vault.sealFor(tx, place.id)).seal(input.postedByName, ['publication_place', place.id, 'poster_name']) : null;
      await publications.updatePlace(place.id, { postedOn, posterName, photoSha256: input.photoSha256 ?? null, recordedBy: actor.principal });
      await tx.audit.record('publication.place-posted', publication.id, { placeId: place.id, postedOn });

      const placesLeft = others.filter((other) => other.postedOn === null).length;
      if (placesLeft > 0) {
        await publications.update(publication.id, { daysAsked: posted.daysAsked });
        return { publicationId: publication.id, placeId: place.id, placesLeft, postedOn: null, lastDay: null, objectionLastDay: null };
      }
      await this.run(tx, { ...posted, ...days, state });
      return { publicationId: publication.id, placeId: place.id, placesLeft, ...days };
    });
  }

  private async run(tx: Tx, publication: Publication & PublicationDays): Promise<void> {
    const { id, state, daysAsked, postedOn, lastDay, objectionLastDay, version } = publication;
    await new PublicationStore(tx).update(id, { state, daysAsked, postedOn, lastDay, objectionLastDay });
    await new DeadlineStore(tx).set([{ owner: 'publicity', kind: 'publication', key: id, version, lastDay }]);
    await this.tellSubjects.execute(tx, publication);
    await tx.outbox.append('publication.posted', { ...told(publication), postedOn, lastDay });
    await tx.audit.record('publication.posted', id, { postedOn, lastDay, objectionLastDay });
  }
}

function lastOf(postedOn: PlainDate, others: readonly PlaceRow[]): PlainDate {
  return others.reduce((last, other) => (other.postedOn !== null && other.postedOn > last ? other.postedOn : last), postedOn);
}

/** A posting is recorded as it happened; one recorded so late that its window would be over already gave nobody a chance. */
function requirePostingDay(postedOn: PlainDate, publication: Publication, days: PublicationDays, today: PlainDate): void {
  const refuse = (message: string): never => {
    throw new Problem('publication.posting-day', { postedOn, draftedOn: publication.draftedOn, today }, [{ path: 'postedOn', message }]);
  };
  if (postedOn > today) refuse('张贴日期不能晚于今天，请按实际张贴日期填写');
  if (postedOn < publication.draftedOn) refuse(`张贴日期不能早于拟稿日期 ${publication.draftedOn}，请核对`);
  if (days.lastDay < today) refuse('按这个日期计算公示期已满而未及时登记，请以重新张贴之日填写');
}
