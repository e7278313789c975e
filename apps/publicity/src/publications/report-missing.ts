import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { plainDate, publicationMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ExtendPublication, type ExtensionReceipt } from './extend-publication';
import { InterruptionStore } from './interruption.store';
import { PublicationStore } from './publication.store';
import { requireHung } from './standing';

const report = z.object({
  publicationId: z.uuid(),
  placeId: z.uuid(),
  missingFrom: z.string().transform(plainDate),
  repostedOn: z.string().transform(plainDate).nullish(),
});

export type MissingInput = z.input<typeof report> & { readonly requestId: string };

/**
 * 公示缺失 — a place was found missing and posted again: the days missed are added. Days on which several places were
 * missing are added once. 三(三)3 [D]
 */
@Injectable()
export class ReportMissing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly extension: ExtendPublication,
  ) {}

  execute(actor: Actor, request: MissingInput): Promise<ExtensionReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'publication.report-missing', requestId, body }, async (tx) => {
      const input = report.parse(body);
      const publications = new PublicationStore(tx);
      const publication = await publications.lock(input.publicationId);
      actor.require('publication.report-missing', publication.divisionCode);
      const place = (await publications.places(publication.id)).find(({ id }) => id === input.placeId);
      if (!place) throw new Problem('not-found', { placeId: input.placeId });
      const hung = requireHung(publication, tx.today);
      publicationMachine.next(hung.state, 'extend');

      const repostedOn = input.repostedOn ?? tx.today;
      if (input.missingFrom < hung.postedOn || input.missingFrom > repostedOn || repostedOn > tx.today) {
        throw new Problem('publication.not-missing', { missingFrom: input.missingFrom, repostedOn, postedOn: hung.postedOn, today: tx.today }, [
          { path: 'missingFrom', message: `缺失之日不能早于张贴日 ${hung.postedOn}，重新张贴之日不能晚于今天，请核对` },
        ]);
      }
      await new InterruptionStore(tx).missing(publication.id, place.id, input.missingFrom, repostedOn);
      await tx.audit.record('publication.found-missing', publication.id, { placeId: place.id, missingFrom: input.missingFrom, repostedOn });
      return this.extension.byMissedDays(tx, hung, input.missingFrom, repostedOn);
    });
  }
}
