import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import type { PlainDate, RoundState } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { type MeetingKind, MeetingStore } from './meeting.store';

const calling = z.object({
  roundId: z.uuid(),
  /** The group whose review group meets; without one the deliberation group does. */
  groupCode: z.string().nullish().transform((code) => code ?? null),
  meetingOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '开始时间须形如 19:30'),
  place: z.string().trim().min(2, '请填写会议地点').max(100),
  agenda: z.string().trim().min(2, '请填写会议内容').max(500),
});

export type CallMeetingInput = z.input<typeof calling> & { readonly requestId: string };
export type MeetingReceipt = Readonly<{ meetingId: string; meetingOn: string }>;

const calledIn: Readonly<Record<MeetingKind, readonly RoundState[]>> = {
  review: ['preparing', 'open'],
  deliberation: ['open', 'deliberating', 'returned'],
};

/** 召集会议 — names day, hour, place and what is on, so that members can be told in writing. 三(三)3 */
@Injectable()
export class CallMeeting {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: CallMeetingInput): Promise<MeetingReceipt> {
    return this.work.once({ actor, operation: 'meeting.call', requestId, body }, async (tx) => {
      const input = calling.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.get(input.roundId);
      actor.require('meeting.call', round.villageCode);
      const kind: MeetingKind = input.groupCode === null ? 'deliberation' : 'review';
      if (!calledIn[kind].includes(round.state)) throw new Problem('state.illegal-move', { state: round.state });
      if (input.groupCode !== null && !(await rounds.groupCodes(round.id)).includes(input.groupCode)) {
        throw new Problem('input.invalid', {}, [{ path: 'groupCode', message: '这一轮评议中没有这个村民小组，请核对代码' }]);
      }
      if (input.meetingOn < tx.today) throw new Problem('input.invalid', {}, [{ path: 'meetingOn', message: '会议日期已过，请改为今天或以后' }]);
      const id = newId();
      await new MeetingStore(tx).insert({ ...input, id, kind });
      await tx.audit.record('meeting.called', id, { roundId: round.id, kind, groupCode: input.groupCode, meetingOn: input.meetingOn });
      return { meetingId: id, meetingOn: input.meetingOn };
    });
  }
}
