import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { optionalSha256 } from '../changes/regrade-form';
import { CandidateStore } from './candidate.store';
import { ownVillage } from './own-subject';

const recording = z.object({ subjectId: z.uuid(), willing: z.boolean(), scanSha256: optionalSha256 });

export type RecordSupportWishInput = z.input<typeof recording> & { readonly requestId: string };
export type SupportWishRecorded = Readonly<{ subjectId: string; recordedOn: string }>;

/** 登记发展意愿 — help is offered to those who want it: the household says so itself or through the clerk, and may change its mind. 三(七)2 */
@Injectable()
export class RecordSupportWish {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: RecordSupportWishInput): Promise<SupportWishRecorded> {
    return this.work.once({ actor, operation: 'support.wish', requestId, body }, async (tx) => {
      const { subjectId, willing, scanSha256 } = recording.parse(body);
      const villageCode = await ownVillage(tx, actor, 'support.wish', subjectId, scanSha256);
      await new CandidateStore(tx).wish(subjectId, villageCode, willing, scanSha256);
      await tx.audit.record('support.wish', subjectId, { willing, scanSha256 });
      return { subjectId, recordedOn: tx.today };
    });
  }
}
