import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../../divisions/division.store';
import { choices, programmeRules } from '../../programme/programme-rules';
import { WorkloadStore } from './workload.store';

const logging = z.object({
  villageCode: z.string(),
  kind: z.string(),
  workedOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  minutes: z.int().min(1, '请填写用时（分钟）'),
});

export type LogWorkSessionInput = z.input<typeof logging> & { readonly requestId: string };

/** 登记工时 — one's own minutes for a village, no more a day than the rules allow, so that what the work costs the village can be seen. 四(三) 减轻基层负担 */
@Injectable()
export class LogWorkSession {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: LogWorkSessionInput): Promise<Readonly<{ sessionId: string; dayMinutes: number }>> {
    return this.work.once({ actor, operation: 'work-session.log', requestId, body }, async (tx) => {
      const input = logging.parse(body);
      actor.require('workload.log', input.villageCode);
      const rules = programmeRules(tx.today);
      const faults: InputFault[] = [];
      if ((await new DivisionStore(tx).byCode(input.villageCode))?.level !== 'village') faults.push({ path: 'villageCode', message: '请填写 12 位的行政村代码' });
      if (!Object.hasOwn(rules.workKinds, input.kind)) faults.push({ path: 'kind', message: `事项请填：${choices(rules.workKinds)}` });
      if (input.workedOn > tx.today) faults.push({ path: 'workedOn', message: '日期不能晚于今天' });
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      const accountId = actor.accountId ?? '';
      const hours = new WorkloadStore(tx);
      const dayMinutes = (await hours.lockDay(accountId, input.workedOn)) + input.minutes;
      if (dayMinutes > rules.mostLoggedMinutes) throw new Problem('input.invalid', {}, [{ path: 'minutes', message: `一天合计至多 ${rules.mostLoggedMinutes} 分钟，加上这次是 ${dayMinutes} 分钟，请核对` }]);
      const sessionId = newId();
      await hours.insert({ ...input, sessionId, accountId });
      await tx.audit.record('work-session.logged', sessionId, { villageCode: input.villageCode, kind: input.kind, workedOn: input.workedOn, minutes: input.minutes });
      return { sessionId, dayMinutes };
    });
  }
}
