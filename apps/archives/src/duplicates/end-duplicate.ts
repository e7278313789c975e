import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { nothing } from '../household-events/household-change';
import { eventFields, type EventReceipt, RecordEvent, roles } from '../household-events/record-event';
import { LikenessStore } from './likeness.store';

const ending = z.object({ householdId: z.uuid(), memberId: z.uuid(), roles, ...eventFields });

export type EndDuplicateInput = z.input<typeof ending> & { readonly requestId: string };

/** 核销重复登记 — of two registrations found to be one person the wrong one ends, as an event of its household. 三(六)1 */
@Injectable()
export class EndDuplicate {
  constructor(
    private readonly work: UnitOfWork,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: EndDuplicateInput): Promise<EventReceipt> {
    return this.work.once({ actor, operation: 'duplicate.end', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, memberId, roles: given, ...fields } = ending.parse(body);
      await this.record.open(tx, actor, [householdId]);
      if (!(await new LikenessStore(tx).foundSame(memberId))) throw new Problem('duplicate.not-found-same', { memberId });
      return this.record.inside(tx, actor, { kind: 'duplicate', fields, change: { ...nothing, leaves: [memberId], roles: given }, from: householdId });
    });
  }
}
