import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { CloseDue } from '../publications/close-due';
import { DeadlineStore } from './deadline.store';

/** What owners tell of their deadlines, and publicity's own ring. */
@Injectable()
export class DeadlineProcessor {
  constructor(private readonly closeDue: CloseDue) {}

  @Hears('deadline.set')
  set(data: EventData<'deadline.set'>, tx: Tx): Promise<void> {
    return new DeadlineStore(tx).set([data]);
  }

  /** One cleared before it was heard of stays unknown; the deadline that follows rings once for nothing. */
  @Hears('deadline.cleared')
  cleared(data: EventData<'deadline.cleared'>, tx: Tx): Promise<void> {
    return new DeadlineStore(tx).clear(data.owner, data.kind, data.key);
  }

  @Hears('deadline.passed')
  passed(_data: EventData<'deadline.passed'>, tx: Tx): Promise<void> {
    return this.closeDue.execute(tx);
  }
}
