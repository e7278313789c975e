import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { CorrectionRequestStore } from './correction-request.store';

/** 收到更正请求 — from appeals, where the receipt was given. */
@Injectable()
export class CorrectionRequestProcessor {
  @Hears('correction.requested')
  async requested(data: EventData<'correction.requested'>, tx: Tx): Promise<void> {
    await new CorrectionRequestStore(tx).open(data);
    await tx.audit.record('file-correction.requested', data.objectionId, { subjectId: data.subjectId, ground: data.ground, requestedOn: data.requestedOn });
  }
}
