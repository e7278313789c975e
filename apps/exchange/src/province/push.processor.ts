import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { PushBatch } from './push-batch';

/** Jobs of the push: a batch id and a chunk number, never a row. */
@Injectable()
export class PushProcessor {
  constructor(private readonly push: PushBatch) {}

  @Hears('province.batch-due')
  batchDue({ batchId }: EventData<'province.batch-due'>, tx: Tx): Promise<void> {
    return this.push.offer(tx, batchId);
  }

  @Hears('province.chunk-due')
  chunkDue({ batchId, chunk }: EventData<'province.chunk-due'>, tx: Tx): Promise<void> {
    return this.push.sendChunk(tx, batchId, chunk);
  }
}
