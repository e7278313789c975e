import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { CorrectionRequestStore } from './correction-request.store';

/** 更正请求的收到与终止 — from appeals, where the receipt was given; in whatever order they are heard. */
@Injectable()
export class CorrectionRequestProcessor {
  @Hears('correction.requested')
  async requested(data: EventData<'correction.requested'>, tx: Tx): Promise<void> {
    await new CorrectionRequestStore(tx).open(data);
    await tx.audit.record('file-correction.requested', data.objectionId, { subjectId: data.subjectId, ground: data.ground, requestedOn: data.requestedOn });
  }

  @Hears('correction.ended')
  async ended(data: EventData<'correction.ended'>, tx: Tx): Promise<void> {
    const requests = new CorrectionRequestStore(tx);
    await requests.open(data);
    await requests.end(data.objectionId, data.endedOn);
    await tx.audit.record('file-correction.ended', data.objectionId, { endedOn: data.endedOn });
  }
}
