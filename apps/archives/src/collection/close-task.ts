import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { archivesRules } from '../archives-rules';
import { TaskStore } from './task.store';

const closing = z.discriminatedUnion('state', [
  z.object({ taskId: z.uuid(), state: z.literal('done') }),
  z.object({ taskId: z.uuid(), state: z.literal('missed'), reason: z.string(), nextOn: z.iso.date('请填写下次入户的日期').transform((text) => text as PlainDate) }),
]);

export type CloseTaskInput = z.input<typeof closing> & { readonly requestId: string };

/** 办结采集任务 — done, or missed with the reason and the day of the next try, for which a task is opened at once. 三(四) */
@Injectable()
export class CloseTask {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: CloseTaskInput): Promise<Receipt & { taskId: string; state: string }> {
    return this.work.once({ actor, operation: 'collection.close-task', requestId, body }, async (tx) => {
      const input = closing.parse(body);
      const tasks = new TaskStore(tx);
      const task = await tasks.lock(input.taskId);
      actor.require('collection.send', task.villageCode);
      if (task.collectorId !== actor.accountId) throw new Problem('collection.not-own-task', { taskId: task.taskId });
      if (task.state !== 'open') throw new Problem('collection.task-closed', { taskId: task.taskId, state: task.state });
      if (input.state === 'done') await tasks.close(task.taskId, 'done', null, null);
      else {
        const reasons = archivesRules(tx.today).missedReasons;
        if (!Object.hasOwn(reasons, input.reason)) throw new Problem('input.invalid', {}, [{ path: 'reason', message: `原因请填：${Object.entries(reasons).map(([code, zh]) => `${code}（${zh}）`).join('、')}` }]);
        if (input.nextOn <= tx.today) throw new Problem('input.invalid', {}, [{ path: 'nextOn', message: '下次入户须在今天以后' }]);
        await tasks.close(task.taskId, 'missed', input.reason, input.nextOn);
        await tasks.assign([task.householdId], task.collectorId, input.nextOn);
      }
      await tx.audit.record('collection.task-closed', task.taskId, { state: input.state });
      return { taskId: task.taskId, state: input.state };
    });
  }
}
