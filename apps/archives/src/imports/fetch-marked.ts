import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ImportStore } from './import.store';

/** 取回标注的采集表 — by whoever may import for the village; each fetching leaves its line. */
@Injectable()
export class FetchMarked {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, jobId: string): Promise<Buffer> {
    return this.work.run(actor, async (tx) => {
      const job = await new ImportStore(tx).lock(jobId);
      actor.require('archives.import', job.villageCode);
      const seal = (await this.vault.existing(tx, [jobId])).get(jobId);
      if (!job.marked || !seal) throw new Problem('not-found', { jobId });
      await tx.audit.record('import.marked-fetched', jobId);
      return Buffer.from(seal.open(job.marked, ['import_job', jobId, 'marked']), 'base64');
    });
  }
}
