import { Problem } from '@credit/contracts';
import { type Actor, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { appealMachine } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ObjectionStore } from '../objections/objection.store';
import { Deliberation } from './deliberation';
import { composePanel, requireQuorum } from './panel';
import { ReconsiderationStore } from './reconsideration.store';

const convening = z.object({
  objectionId: z.uuid(),
  meetingOn: z.iso.date(),
  guests: z
    .array(
      z.object({
        capacity: z.enum(['elder', 'other', 'scorer']),
        householdId: z.uuid().nullish(),
        accountId: z.uuid().nullish(),
        declaresConflict: z.boolean().nullish(),
      }),
    )
    .max(60, '邀请参加复议的人员不超过 60 名'),
  scorerMemberIds: z.array(z.uuid()).max(60).nullish().transform((ids) => ids ?? []),
});

export type ConveningInput = z.input<typeof convening> & { readonly requestId: string };

export type ConveningReceipt = Readonly<{
  reconsiderationId: string;
  meetingOn: string;
  members: readonly Readonly<{ panelMemberId: string; memberId: string | null; capacity: string; part: string; withdrawal: string | null }>[];
}>;

/** 召集复议 — by the village party organisation; those who must withdraw are set aside, and the rest must be a quorum. 三(三)3 */
@Injectable()
export class ConvenePanel {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliberation: Deliberation,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, request: ConveningInput): Promise<ConveningReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'reconsideration.convene', requestId, body }, async (tx) => {
      const input = convening.parse(body);
      const { objection, reconsideration } = await new ObjectionStore(tx).lock(input.objectionId);
      if (objection.owner === 'rating') throw new Problem('panel.not-needed', { objectionId: objection.id });
      actor.require('objection.decide-civility', objection.divisionCode);
      if (!reconsideration || objection.state !== 'admitted') throw new Problem('objection.ended', { objectionId: objection.id });
      if (input.meetingOn < tx.today) throw new Problem('input.invalid', {}, [{ path: 'meetingOn', message: '复议会议日期不能早于今天' }]);

      const concerned = await this.deliberation.concerned(tx, reconsideration);
      this.deliberation.requireNotRecused(actor, concerned);
      const members = composePanel(this.rules.bodies, input, concerned);
      requireQuorum(this.rules.bodies, members, members.map((member) => member.id));
      const cases = new ReconsiderationStore(tx);
      await cases.replacePanel(reconsideration.id, members);
      await cases.update(reconsideration.id, { state: appealMachine.next(reconsideration.state, 'convene'), meetingOn: input.meetingOn });
      await tx.outbox.appendAll(
        'notification.requested',
        [...concerned.households].map((subjectId) => ({
          owner: 'appeals',
          template: 'reconsideration-hearing',
          key: reconsideration.id,
          divisionCode: reconsideration.divisionCode,
          subjectId,
          role: null,
          publicationId: null,
        })),
      );
      await tx.audit.record('reconsideration.panel-convened', reconsideration.id, {
        meetingOn: input.meetingOn,
        deciding: members.filter((member) => member.part === 'decides').length,
        explaining: members.filter((member) => member.part === 'explains').map((member) => member.id),
        withdrawn: members.filter((member) => member.part === 'withdrawn').map((member) => member.id),
      });
      return {
        reconsiderationId: reconsideration.id,
        meetingOn: input.meetingOn,
        members: members.map(({ id, memberId, capacity, part, withdrawal }) => ({ panelMemberId: id, memberId, capacity, part, withdrawal })),
      };
    });
  }
}
