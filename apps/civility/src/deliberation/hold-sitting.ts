import { Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork } from '@credit/platform';
import { type PlainDate, roundMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { appointed, BodyStore } from '../bodies/body.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { SittingStore } from './sitting.store';

const holding = z.object({
  roundId: z.uuid(),
  metOn: z.iso
    .date('日期须形如 2022-12-01')
    .nullish()
    .transform((text) => (text ?? null) as PlainDate | null),
  declaredAgain: z.boolean(),
  presentMemberIds: z.array(z.uuid()).min(1, '请填写到会成员').max(60),
});

export type HoldSittingInput = z.input<typeof holding> & { readonly requestId: string };
export type SittingReceipt = Readonly<{ sittingId: string; metOn: string; state: string }>;

/**
 * 召开审议会议 — the first one begins the deliberation and needs every group's confirmed table; further ones, also after a
 * return by the town, record who came. 三(三)3
 */
@Injectable()
export class HoldSitting {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: HoldSittingInput): Promise<SittingReceipt> {
    return this.work.once({ actor, operation: 'deliberation.hold', requestId, body }, async (tx) => {
      const input = holding.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.lock(input.roundId);
      actor.require('deliberation.hold', round.villageCode);
      const state = await this.begin(tx, round);
      const metOn = input.metOn ?? tx.today;
      if (metOn < (round.openedOn ?? round.preparedOn) || metOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'metOn', message: '会议日期须在开启评议之后、今天之前' }]);

      if (!input.declaredAgain) throw new Problem('input.invalid', {}, [{ path: 'declaredAgain', message: '到会成员须当场逐人再次申报回避，请完成后再提交' }]);

      const bodies = await new BodyStore(tx).ofRound(round.id);
      const group = bodies.find(({ kind }) => kind === 'deliberation-group');
      if (!group) throw new Problem('round.bodies-missing', { roundId: round.id });
      const known = new Set(bodies.flatMap((one) => appointed(one).map(({ memberId }) => memberId)));
      const unknown = input.presentMemberIds.filter((memberId) => !known.has(memberId));
      if (unknown.length > 0) throw new Problem('input.invalid', {}, unknown.map((memberId) => ({ path: 'presentMemberIds', message: `${memberId} 不是这一轮评议的成员` })));

      const id = newId();
      await new SittingStore(tx).insert({ id, roundId: round.id, bodyId: group.id, metOn, present: input.presentMemberIds, declaredAgain: input.declaredAgain });
      await tx.audit.record('deliberation.held', id, { roundId: round.id, metOn, present: input.presentMemberIds.length });
      return { sittingId: id, metOn, state };
    });
  }

  private async begin(tx: Tx, round: RoundRow): Promise<string> {
    if (round.state === 'deliberating' || round.state === 'returned') return round.state;
    const state = roundMachine.next(round.state, 'deliberate');
    const rounds = new RoundStore(tx);
    const open = (await rounds.progress(round.id)).filter(({ tableState }) => tableState !== 'confirmed');
    if (open.length > 0) throw new Problem('round.groups-open', { roundId: round.id }, open.map(({ groupCode }) => ({ path: 'roundId', message: `${groupCode} 组的评议表尚未确认` })));
    await rounds.update(round.id, { state, deliberatedOn: tx.today });
    return state;
  }
}
