import { createHash } from 'node:crypto';
import { Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { DivisionStore } from '../divisions/division.store';
import { ImportStore } from './import.store';
import { ZipArchive } from './zip-archive';

export interface ImportInput {
  readonly requestId: string;
  readonly villageCode: string;
  readonly workbook: Buffer;
  /** 试导入: says what would happen and loads nothing. */
  readonly dryRun: boolean;
}

/** 上传采集表 — keeps the workbook and answers with the job; it is worked on at once and its progress can be followed. 三(四) */
@Injectable()
export class RequestImport {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, input: ImportInput): Promise<Receipt & { jobId: string }> {
    const sha256 = createHash('sha256').update(input.workbook).digest('hex');
    return this.work.once({ actor, operation: 'archives.import', requestId: input.requestId, body: { villageCode: input.villageCode, sha256, ...(input.dryRun ? { dryRun: true } : {}) } }, async (tx) => {
      actor.require('archives.import', input.villageCode);
      ZipArchive.open(input.workbook);
      const division = await new DivisionStore(tx).byCode(input.villageCode);
      if (division?.level !== 'village') throw new Problem('input.invalid', {}, [{ path: 'villageCode', message: '请填写 12 位的行政村代码' }]);
      const jobId = newId();
      await new ImportStore(tx).insert({ jobId, villageCode: input.villageCode, workbook: input.workbook, sha256, requestedBy: actor.accountId ?? '', dryRun: input.dryRun });
      await tx.audit.record('import.requested', jobId, { villageCode: input.villageCode, sha256 });
      return { jobId };
    });
  }
}
