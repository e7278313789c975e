import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, UnitOfWork } from '@credit/platform';
import { explanationPdf } from '@credit/print';
import { Injectable } from '@nestjs/common';
import { ExplainedResults } from './explained-result';
import { explanationDocument } from './explanation-document';
import { explanationPaper } from './explanation-paper';

/** 打印评级说明 — for a household that reads no screen; each copy leaves its line. 个人信息保护法 24、55 */
@Injectable()
export class PrintExplanation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly explained: ExplainedResults,
  ) {}

  async execute(actor: Actor, id: string): Promise<Buffer> {
    const paper = await this.work.run(actor, async (tx) => {
      const found = await this.explained.find(tx, actor, id);
      const { subjectId, id: resultId, villageCode } = found.result;
      const [label] = await this.peers.all(archivesReads.labels, { subjectIds: [subjectId] });
      if (!label) throw new Problem('subject.erased', { subjectId });
      const village = (await this.peers.all(archivesReads.divisions, { under: villageCode })).find(({ code }) => code === villageCode);
      await tx.audit.record('explanation.printed', subjectId, { resultId });
      return explanationPaper(explanationDocument(found), { ...label, villageName: village?.name ?? '' }, tx.today);
    });
    return (await explanationPdf(paper)).pdf;
  }
}
