import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, UnitOfWork, Vault } from '@credit/platform';
import { certificatePdf } from '@credit/print';
import { Injectable } from '@nestjs/common';
import { type Rating, RatingStore } from '../ratings/rating.store';
import { seesRating } from '../ratings/sees-rating';
import { certificateCode } from './certificate-code';
import { certificatePaper } from './certificate-paper';

/** 打印信用等级证书 — only while it is valid: paper outlives what it says, and the code on it says what became of it. 三(六)4 */
@Injectable()
export class PrintCertificate {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly vault: Vault,
  ) {}

  /** `checkPage` is the address of the page on which it is checked. */
  async execute(actor: Actor, certificateNo: string, checkPage: string): Promise<Buffer> {
    const paper = await this.work.run(actor, async (tx) => {
      const rating = await new RatingStore(tx).byCertificate(certificateNo);
      if (!rating || (actor.villager && !seesRating(actor, 'certificate.print', rating))) throw new Problem('not-found', { certificateNo });
      actor.require('certificate.print', rating.villageCode);
      const { subjectId, certifiedOn, lastDay } = rating;
      if (!isValid(rating, tx.today) || certifiedOn === null || lastDay === null) throw new Problem('certificate.not-valid', { certificateNo });
      const [label] = await this.peers.all(archivesReads.labels, { subjectIds: [subjectId] });
      if (!label) throw new Problem('subject.erased', { subjectId });
      const code = certificateCode(this.vault, certificateNo);
      await tx.audit.record('certificate.printed', rating.ratingId, { certificateNo });
      return certificatePaper({ ...rating, ...label, certificateNo, certifiedOn, lastDay, code, checkUrl: `${checkPage}?${new URLSearchParams({ no: certificateNo, code }).toString()}` });
    });
    return (await certificatePdf(paper)).pdf;
  }
}

function isValid({ state, lastDay }: Rating, today: string): boolean {
  return state === 'certified' && lastDay !== null && today <= lastDay;
}
