import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PublicationStore } from '../publications/publication.store';
import { stateOn } from '../publications/standing';
import { NoticeRules } from '../rules/notice-rules';
import { BroadcastStore } from './broadcast.store';
import { requireChannel } from './delivery-checks';

const recording = z.object({
  publicationId: z.uuid(),
  divisionCode: z.string().regex(/^\d{12}(\d{2})?$/, '请填写 12 位村代码或 14 位村民组代码'),
  channel: z.string().max(40),
  happenedOn: z.string().transform(plainDate).nullish(),
});

export type BroadcastInput = z.input<typeof recording> & { readonly requestId: string };
export type BroadcastReceipt = Readonly<{ publicationId: string; divisionCode: string; stillToTell: number }>;

/** 广播告知 — the loudspeaker or the message group reaches a village or group at once; nobody counts as told by it alone. 三(三)3 [D] */
@Injectable()
export class RecordBroadcast {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: NoticeRules,
  ) {}

  execute(actor: Actor, request: BroadcastInput): Promise<BroadcastReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'notification.record-broadcast', requestId, body }, async (tx) => {
      const { publicationId, divisionCode, channel, happenedOn = null } = recording.parse(body);
      actor.require('notification.record', divisionCode);
      requireChannel(this.rules, channel, 'broadcast');
      const publication = await new PublicationStore(tx).lock(publicationId);
      if (!divisionCode.startsWith(publication.divisionCode)) throw new Problem('not-found', { publicationId, divisionCode });
      const { postedOn, lastDay } = publication;
      const state = stateOn(publication, tx.today);
      if (postedOn === null || lastDay === null || state === 'withdrawn') throw new Problem('publication.not-posted', { publicationId, state });
      const on = happenedOn ?? tx.today;
      if (on < postedOn || on > lastDay || on > tx.today) {
        throw new Problem('notification.broadcast-day', { happenedOn: on, postedOn, lastDay }, [{ path: 'happenedOn', message: `日期须在 ${postedOn} 至 ${lastDay} 之间，且不晚于今天` }]);
      }
      const broadcasts = new BroadcastStore(tx);
      await broadcasts.record({ publicationId, divisionCode, channel, happenedOn: on, recordedBy: actor.principal });
      await tx.audit.record('notification.broadcast', publicationId, { divisionCode, channel, happenedOn: on });
      return { publicationId, divisionCode, stillToTell: await broadcasts.stillToTell(publicationId, divisionCode) };
    });
  }
}
