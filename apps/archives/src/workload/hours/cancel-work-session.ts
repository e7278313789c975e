import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { WorkloadStore } from './workload.store';

export interface CancelWorkSessionInput {
  readonly requestId: string;
  readonly sessionId: string;
}

/** 撤销工时 — one's own wrong entry; it stays on record and counts no more. 四(三) */
@Injectable()
export class CancelWorkSession {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, sessionId }: CancelWorkSessionInput): Promise<Readonly<{ sessionId: string }>> {
    return this.work.once({ actor, operation: 'work-session.cancel', requestId, body: { sessionId } }, async (tx) => {
      const hours = new WorkloadStore(tx);
      const session = await hours.lock(sessionId);
      if (session.accountId !== actor.accountId) throw new Problem('not-found', { sessionId });
      if (session.cancelledOn !== null) throw new Problem('work-session.cancelled', { sessionId });
      await hours.cancel(sessionId);
      await tx.audit.record('work-session.cancelled', sessionId, { workedOn: session.workedOn, minutes: session.minutes });
      return { sessionId };
    });
  }
}
