import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import type { MeetingReceipt } from './call-meeting';
import { MeetingStore } from './meeting.store';

const cancelling = z.object({ meetingId: z.uuid(), reason: z.string().trim().min(4, '请写明取消的原因').max(300) });

export type CancelMeetingInput = z.input<typeof cancelling> & { readonly requestId: string };

/** 取消会议 — with a reason, as long as nobody wrote down that it took place. */
@Injectable()
export class CancelMeeting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: CancelMeetingInput): Promise<MeetingReceipt> {
    return this.work.once({ actor, operation: 'meeting.cancel', requestId, body }, async (tx) => {
      const input = cancelling.parse(body);
      const meetings = new MeetingStore(tx);
      const meeting = await meetings.lock(input.meetingId);
      actor.require('meeting.call', (await new RoundStore(tx).get(meeting.roundId)).villageCode);
      if (meeting.cancelledOn !== null) throw new Problem('meeting.cancelled', { meetingId: meeting.id });
      if (meeting.minutesOn !== null) throw new Problem('meeting.minuted', { meetingId: meeting.id });
      await meetings.cancel(meeting.id, (await this.vault.sealFor(tx, meeting.id)).seal(input.reason, ['meeting', meeting.id, 'cancellation']));
      await tx.audit.record('meeting.cancelled', meeting.id);
      return { meetingId: meeting.id, meetingOn: meeting.meetingOn };
    });
  }
}
