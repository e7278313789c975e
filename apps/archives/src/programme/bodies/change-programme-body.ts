import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import { addDays, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { programmeRules } from '../programme-rules';
import { seating } from './form-programme-body';
import { ProgrammeBodyStore } from './programme-body.store';

const day = z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate);
const changing = z.object({
  bodyId: z.uuid(),
  /** The first day of those who join; those who leave have the day before as their last. */
  fromOn: day,
  leave: z.array(z.uuid()).max(100),
  join: z.array(seating).max(100),
});

export type ChangeProgrammeBodyInput = z.input<typeof changing> & { readonly requestId: string };

/** 调整工作组织 — who leaves and who joins from a day; earlier seats stay on record. What the composition then lacks is shown, for people leave before others come. 三(一) */
@Injectable()
export class ChangeProgrammeBody {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: ChangeProgrammeBodyInput): Promise<Readonly<{ bodyId: string; members: number }>> {
    return this.work.once({ actor, operation: 'programme-body.change', requestId, body }, async (tx) => {
      const { bodyId, fromOn, leave, join } = changing.parse(body);
      const bodies = new ProgrammeBodyStore(tx);
      const present = await bodies.lock(bodyId);
      actor.require('programme-body.keep', present.divisionCode);
      if (present.dissolvedOn !== null) throw new Problem('programme-body.dissolved', { bodyId });
      const seats = await bodies.seatsOf([bodyId]);
      const leaving = seats.filter(({ accountId, lastDay }) => leave.includes(accountId) && lastDay === null);
      const known = new Set(programmeRules(tx.today).bodies[present.kind]?.seats.flatMap(({ capacities }) => capacities));
      const faults: InputFault[] = [];
      if (fromOn > tx.today) faults.push({ path: 'fromOn', message: '调整日期不能晚于今天' });
      if (leaving.length !== new Set(leave).size) faults.push({ path: 'leave', message: '其中有人现在不是成员，请核对' });
      if (leaving.some((seat) => seat.fromOn >= fromOn)) faults.push({ path: 'fromOn', message: '调整日期须晚于离任成员的到任日期' });
      join.forEach(({ accountId, capacity }, index) => {
        const still = seats.some((seat) => seat.accountId === accountId && (seat.lastDay === null ? !leave.includes(accountId) : seat.lastDay >= fromOn));
        if (still || join.findIndex((one) => one.accountId === accountId) !== index) faults.push({ path: `join.${index}.accountId`, message: '此人在这一天已经是成员' });
        if (!known.has(capacity)) faults.push({ path: `join.${index}.capacity`, message: `身份请填：${[...known].join('、')}` });
      });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      for (const { seatId } of leaving) await bodies.leave(seatId, addDays(fromOn, -1));
      await bodies.seat(join.map((member) => ({ ...member, seatId: newId(), bodyId, fromOn })));
      await tx.audit.record('programme-body.changed', bodyId, { fromOn, left: leave, joined: join.map(({ accountId }) => accountId) });
      return { bodyId, members: seats.filter(({ lastDay }) => lastDay === null).length - leaving.length + join.length };
    });
  }
}
