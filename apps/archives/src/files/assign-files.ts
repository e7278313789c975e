import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { FileStore } from './file.store';

export interface AssignFilesInput {
  readonly requestId: string;
  readonly fileIds: readonly string[];
  readonly verifierId: string;
}

/** 分派校核 — members from financial institutions see the files assigned to them and no others. 三(五) */
@Injectable()
export class AssignFiles {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: AssignFilesInput): Promise<Receipt & { assigned: number }> {
    return this.work.once({ actor, operation: 'archives.assign', requestId: input.requestId, body: input }, async (tx) => {
      const files = new FileStore(tx);
      for (const file of await files.lockAll(input.fileIds)) actor.require('archives.assign', file.villageCode);
      await files.assign(input.fileIds, input.verifierId);
      await tx.audit.record('files.assigned', input.verifierId, { files: input.fileIds.length });
      return { assigned: input.fileIds.length };
    });
  }
}
