import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type CreditFile, FileStore } from './file.store';

export interface VerifyFilesInput {
  readonly requestId: string;
  readonly fileIds: readonly string[];
  /** verified 属实 | returned 退回 */
  readonly verdict: 'verified' | 'returned';
  /** 退回事由 */
  readonly note?: string;
}

/** 信息核查校验 — the town's force checks what others collected; nobody verifies the own collection. 三(五) */
@Injectable()
export class VerifyFiles {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: VerifyFilesInput): Promise<Receipt & { verdict: string; files: number }> {
    return this.work.once({ actor, operation: 'archives.verify', requestId: input.requestId, body: input }, async (tx) => {
      if (input.verdict === 'returned' && !input.note?.trim()) throw new Problem('input.invalid', {}, [{ path: 'note', message: '退回须写明事由，采集人据此更正' }]);
      const files = new FileStore(tx);
      const locked = await files.lockAll(input.fileIds);
      for (const file of locked) requireMayVerify(actor, file);
      const fileIds = locked.map((file) => file.fileId);
      if (input.verdict === 'verified') await files.verified(fileIds, actor.accountId ?? '');
      else await files.returned(fileIds, input.note ?? '');
      await tx.outbox.appendAll(
        input.verdict === 'verified' ? 'file.verified' : 'file.changed',
        locked.map((file) => ({ fileId: file.fileId, subjectKind: file.subjectKind, subjectId: file.subjectId, divisionCode: file.villageCode, version: file.version })),
      );
      for (const file of locked) await tx.audit.record(`file.${input.verdict}`, file.fileId, { version: file.version });
      return { verdict: input.verdict, files: locked.length };
    });
  }
}

/** Whoever did not collect it, of the force; from a financial institution only what was assigned. 三(五) */
export function requireMayVerify(actor: Actor, file: CreditFile): void {
  actor.require('archives.verify', file.villageCode);
  if (file.state !== 'submitted') throw new Problem('file.not-submitted', { fileId: file.fileId, state: file.state });
  if (file.collectedBy === actor.accountId) throw new Problem('file.verifier-collected', { fileId: file.fileId });
  const onlyAssigned = !actor.holds('town-verifier', file.villageCode);
  if (onlyAssigned && file.assignedTo !== actor.accountId) throw new Problem('file.not-assigned', { fileId: file.fileId });
}
