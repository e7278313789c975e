import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import type { MeetingReceipt } from './call-meeting';
import { MeetingStore } from './meeting.store';

const minuting = z.object({
  meetingId: z.uuid(),
  minutes: z.string().trim().min(10, '请写明会议经过').max(5000, '会议记录请控制在 5000 字以内'),
  scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制'),
});

export type RecordMinutesInput = z.input<typeof minuting> & { readonly requestId: string };

/** 会议记录 — written once, with the scan of the signed paper; kept sealed, because it speaks of families. 三(三)3 */
@Injectable()
export class RecordMinutes {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordMinutesInput): Promise<MeetingReceipt> {
    return this.work.once({ actor, operation: 'meeting.minute', requestId, body }, async (tx) => {
      const input = minuting.parse(body);
      const meetings = new MeetingStore(tx);
      const meeting = await meetings.lock(input.meetingId);
      actor.require('meeting.minute', (await new RoundStore(tx).get(meeting.roundId)).villageCode);
      if (meeting.cancelledOn !== null) throw new Problem('meeting.cancelled', { meetingId: meeting.id });
      if (meeting.minutesOn !== null) throw new Problem('meeting.minuted', { meetingId: meeting.id });
      if (meeting.meetingOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'meetingId', message: `会议定于 ${meeting.meetingOn}，尚未召开` }]);
      await meetings.minute(meeting.id, (await this.vault.sealFor(tx, meeting.id)).seal(input.minutes, ['meeting', meeting.id, 'minutes']), input.scanSha256);
      await tx.audit.record('meeting.minuted', meeting.id, { scanSha256: input.scanSha256 });
      return { meetingId: meeting.id, meetingOn: meeting.meetingOn };
    });
  }
}
