import { type Actor, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { DeadlineStore } from './deadline.store';

const pageSize = 200;

/**
 * 响铃 — one message per owner, kind and day that is over; several replicas sweep together. It only wakes the owner up:
 * nothing is decided by it, and a lost ring is made up by the next sweep or reconciliation.
 */
@Injectable()
export class RingDeadlines {
  constructor(private readonly work: UnitOfWork) {}

  /** On demand, with the officer on the audit trail. */
  onDemand(actor: Actor, requestId: string): Promise<{ rings: number }> {
    return this.work.once({ actor, operation: 'deadline.ring', requestId, body: {} }, async (tx) => {
      const rings = await this.execute();
      await tx.audit.record('deadlines.rung', 'publicity', { rings });
      return { rings };
    });
  }

  /** Rings everything that is over now; returns how many alarms rang. */
  async execute(): Promise<number> {
    let rings = 0;
    for (;;) {
      const { taken, alarms } = await this.work.run(systemActor(), async (tx) => {
        const page = await new DeadlineStore(tx).takeDue(pageSize);
        await tx.outbox.appendAll('deadline.passed', page.alarms);
        return page;
      });
      rings += alarms.length;
      if (taken < pageSize) return rings;
    }
  }
}
