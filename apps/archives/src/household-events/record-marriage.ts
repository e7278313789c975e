import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { SubjectStore } from '../subjects/subject.store';
import { nothing } from './household-change';
import { eventFields, type EventReceipt, RecordEvent, relation, roles } from './record-event';

const marriage = z.object({ householdId: z.uuid(), memberId: z.uuid(), toHouseholdNo: z.string().trim().toUpperCase(), relation, roles, ...eventFields });

export type RecordMarriageInput = z.input<typeof marriage> & { readonly requestId: string };

/** 登记婚嫁 — a member moves from one household into another, known by its number; into another village when the town confirms. 三(六)1 */
@Injectable()
export class RecordMarriage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordMarriageInput): Promise<EventReceipt> {
    return this.work.once({ actor, operation: 'household-event.marriage', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, memberId, toHouseholdNo, relation: role, roles: given, ...fields } = marriage.parse(body);
      const to = (await new SubjectStore(tx).byNumbers([toHouseholdNo])).get(toHouseholdNo);
      if (to?.kind !== 'household' || to.subjectId === householdId) throw new Problem('input.invalid', {}, [{ path: 'toHouseholdNo', message: '没有这个户编号，或就是本户，请核对迁入户的户编号' }]);
      const change = { ...nothing, joins: [{ memberId, householdId: to.subjectId, relation: role }], roles: given };
      const { eventId, state } = await this.record.inside(tx, actor, { kind: 'marriage', fields, change, from: householdId, to: to.subjectId });
      return { eventId, state, householdId };
    });
  }
}
