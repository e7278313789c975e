import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ImportStore } from './import.store';

export interface ConfirmImportInput {
  readonly requestId: string;
  readonly jobId: string;
  /** 确认入库, or discard what was previewed. */
  readonly load: boolean;
}

/** 确认导入 — the workbook that was previewed is loaded, all or nothing, or thrown away. 三(四) */
@Injectable()
export class ConfirmImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ConfirmImportInput): Promise<Receipt & { jobId: string; state: string }> {
    return this.work.once({ actor, operation: 'archives.confirm-import', requestId, body }, async (tx) => {
      const imports = new ImportStore(tx);
      const job = await imports.lock(body.jobId);
      actor.require('archives.import', job.villageCode);
      const seal = (await this.vault.existing(tx, [job.jobId])).get(job.jobId);
      if (job.state !== 'previewed' || !job.kept || !seal) throw new Problem('import.not-previewed', { state: job.state });
      if (body.load) await imports.confirm(job.jobId, Buffer.from(seal.open(job.kept, ['import_job', job.jobId, 'kept']), 'base64'));
      else await imports.discard(job.jobId);
      await tx.audit.record(body.load ? 'import.confirmed' : 'import.discarded', job.jobId);
      return { jobId: job.jobId, state: body.load ? 'waiting' : 'discarded' };
    });
  }
}
