import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { nothing } from './household-change';
import { eventFields, type EventReceipt, RecordEvent, roles } from './record-event';

const death = z.object({ householdId: z.uuid(), memberId: z.uuid(), roles, ...eventFields });

export type RecordDeathInput = z.input<typeof death> & { readonly requestId: string };

/** 登记死亡 — the head's place is taken by another member; a household of which nobody is left is closed. 三(六)1 */
@Injectable()
export class RecordDeath {
  constructor(
    private readonly work: UnitOfWork,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordDeathInput): Promise<EventReceipt> {
    return this.work.once({ actor, operation: 'household-event.death', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, memberId, roles: given, ...fields } = death.parse(body);
      return this.record.inside(tx, actor, { kind: 'death', fields, change: { ...nothing, leaves: [memberId], roles: given }, from: householdId });
    });
  }
}
