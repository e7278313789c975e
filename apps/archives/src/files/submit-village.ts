import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { FileStore } from './file.store';

export interface SubmitVillageInput {
  readonly requestId: string;
  readonly villageCode: string;
}

/** 提交校核 — the village hands its collected files to the town. 三(五) */
@Injectable()
export class SubmitVillage {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: SubmitVillageInput): Promise<Receipt & { villageCode: string; submitted: number }> {
    return this.work.once({ actor, operation: 'archives.submit', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('archives.submit', input.villageCode);
      const submitted = await new FileStore(tx).submitVillage(input.villageCode);
      await tx.audit.record('files.submitted', input.villageCode, { submitted });
      return { villageCode: input.villageCode, submitted };
    });
  }
}
