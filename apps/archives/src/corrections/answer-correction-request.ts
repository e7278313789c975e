import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FileStore } from '../files/file.store';
import { CorrectionRequestStore } from './correction-request.store';

const answering = z.object({
  objectionId: z.uuid(),
  outcome: z.enum(['corrected', 'file-right', 'passed-on']),
  reason: z.string().trim().min(4, '请写明核查情况和依据').max(2000, '理由请控制在 2000 字以内'),
});

export type AnswerCorrectionRequestInput = z.input<typeof answering> & { readonly requestId: string };
export type CorrectionAnswerReceipt = Readonly<{ objectionId: string; outcome: string; answeredOn: string }>;

/** 答复更正请求 — "corrected" only when a later version of the file stands verified by somebody else than its collector. 三(五) */
@Injectable()
export class AnswerCorrectionRequest {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: AnswerCorrectionRequestInput): Promise<CorrectionAnswerReceipt> {
    return this.work.once({ actor, operation: 'file-correction.answer', requestId, body: { ...body, reason: this.vault.hash(body.reason, 'request') } }, async (tx) => {
      const input = answering.parse(body);
      const requests = new CorrectionRequestStore(tx);
      const request = await requests.lock(input.objectionId);
      actor.require('file-correction.answer', request.groupCode);
      if (request.outcome !== null || request.endedOn !== null) throw new Problem('file-correction.answered', { objectionId: request.objectionId });
      const [file] = await new FileStore(tx).bySubjects([request.subjectId]);
      if (input.outcome === 'corrected' && (file?.state !== 'verified' || file.version <= request.fileVersion)) {
        throw new Problem('file-correction.not-verified', { state: file?.state ?? null, version: file?.version ?? null, requestedAtVersion: request.fileVersion });
      }
      const reason = (await this.vault.sealFor(tx, request.subjectId)).seal(input.reason, ['correction_request', request.objectionId, 'reason']);
      await requests.answer(request.objectionId, input.outcome, reason);
      await tx.outbox.append('correction.answered', { owner: 'appeals', objectionId: request.objectionId, subjectId: request.subjectId, outcome: input.outcome, answeredOn: tx.today });
      await tx.audit.record('file-correction.answered', request.objectionId, { subjectId: request.subjectId, outcome: input.outcome, fileVersion: file?.version ?? null });
      return { objectionId: request.objectionId, outcome: input.outcome, answeredOn: tx.today };
    });
  }
}
