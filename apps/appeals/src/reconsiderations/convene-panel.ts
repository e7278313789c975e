import { Problem } from '@credit/contracts';
import { type Actor, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { appeal, quorum } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ObjectionStore } from '../objections/objection.store';
import { Deliberation } from './deliberation';
import { type Concerned, composePanel, countsTowardsQuorum, panelCapacities } from './panel';
import type { PanelMemberRow } from './panel-member.row';
import { ReconsiderationStore } from './reconsideration.store';

const convening = z.object({
  objectionId: z.uuid(),
  meetingOn: z.iso.date(),
  members: z
    .array(
      z.object({
        capacity: z.enum(panelCapacities),
        memberId: z.uuid().nullish(),
        householdId: z.uuid().nullish(),
        accountId: z.uuid().nullish(),
        declaresConflict: z.boolean().nullish(),
      }),
    )
    .min(1, '请填写参加复议的人员')
    .max(60, '参加复议的人员不超过 60 名'),
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
      const members = composePanel(input.members, concerned);
      requireQuorum(this.rules, concerned, members);
      const cases = new ReconsiderationStore(tx);
      await cases.replacePanel(reconsideration.id, members);
      await cases.update(reconsideration.id, { state: appeal.next(reconsideration.state, 'convene-panel'), meetingOn: input.meetingOn });
      await tx.outbox.append('notification.requested', {
        owner: 'appeals',
        template: 'reconsideration-hearing',
        key: reconsideration.id,
        divisionCode: reconsideration.divisionCode,
        subjectId: reconsideration.subjectId,
        role: null,
        publicationId: null,
      });
      await tx.audit.record('reconsideration.panel-convened', reconsideration.id, {
        meetingOn: input.meetingOn,
        deciding: members.filter((member) => member.part === 'decides').length,
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

/** Present and not withdrawn, counted on the deliberation group. Problem `panel.no-quorum`. 三(三)2 */
export function requireQuorum(rules: Rules, concerned: Concerned, deciding: readonly Pick<PanelMemberRow, 'capacity' | 'part'>[]): void {
  const members = new Set(concerned.deliberators.map((row) => row.memberId)).size;
  const present = deciding.filter((member) => member.part === 'decides' && countsTowardsQuorum(member)).length;
  const result = quorum(rules.bodies, { members, present, withdrawn: 0 });
  if (!result.met) throw new Problem('panel.no-quorum', { reconsiderationId: concerned.reconsiderationId, present, required: result.required });
}
