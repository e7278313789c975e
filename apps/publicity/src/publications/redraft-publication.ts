import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DraftPublication } from './draft-publication';
import { PublicationStore } from './publication.store';

const redrafting = z.object({ publicationId: z.uuid() });

export type RedraftInput = z.input<typeof redrafting> & { readonly requestId: string };
export type RedraftReceipt = Readonly<{ publicationId: string; entries: number }>;

/** 重新生成内容 — before any place is posted, when what the owner or the archives hold has been put right. 三(三)3 */
@Injectable()
export class RedraftPublication {
  constructor(
    private readonly work: UnitOfWork,
    private readonly drafts: DraftPublication,
  ) {}

  execute(actor: Actor, request: RedraftInput): Promise<RedraftReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'publication.redraft', requestId, body }, async (tx) => {
      const { publicationId } = redrafting.parse(body);
      const publications = new PublicationStore(tx);
      const draft = await publications.lock(publicationId);
      actor.require('publication.redraft', draft.divisionCode);
      if (draft.state !== 'draft') throw new Problem('state.illegal-move', { publicationId, state: draft.state });
      const posted = (await publications.places(publicationId)).find(({ postedOn }) => postedOn !== null);
      if (posted) throw new Problem('publication.already-posted', { publicationId, placeId: posted.id, postedOn: posted.postedOn });
      const entries = await this.drafts.again(tx, draft);
      await tx.audit.record('publication.redrafted', publicationId, { entries });
      return { publicationId, entries };
    });
  }
}
