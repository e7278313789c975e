import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ItemStore } from '../subjects/item.store';
import { CloseTask, type CloseTaskInput } from './close-task';
import { ReceiveBatch, type RecordOutcome } from './receive-batch';
import { type CollectionTask, TaskStore } from './task.store';

interface TaskWithVersions extends CollectionTask {
  /** 各数据项现有的版次: what a record is based on. */
  readonly versions: Readonly<Record<string, number>>;
}

/** 离线采集接口: `docs/collection.md`. */
@Controller('v1/collection')
export class CollectionController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly receive: ReceiveBatch,
    private readonly close: CloseTask,
  ) {}

  @Get('tasks')
  @Allow('collection.send')
  tasks(@CurrentActor() actor: Actor): Promise<{ tasks: TaskWithVersions[] }> {
    return this.work.read(actor, async (tx) => {
      const tasks = await new TaskStore(tx).ofCollector(actor.accountId ?? '');
      const values = await new ItemStore(tx).currentOf(tasks.map(({ householdId }) => householdId));
      const versionsOf = (householdId: string): Record<string, number> => Object.fromEntries(values.filter((value) => value.subjectId === householdId).map(({ item, version }) => [item, version]));
      return { tasks: tasks.map((task) => ({ ...task, versions: versionsOf(task.householdId) })) };
    });
  }

  @Post('tasks/:id')
  @HttpCode(200)
  @Allow('collection.send')
  closeTask(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) taskId: string, @Headers('idempotency-key') requestId: string | undefined, @Body() body: object): Promise<{ taskId: string; state: string }> {
    return this.close.execute(actor, { ...body, requestId: requestId ?? '', taskId } as CloseTaskInput);
  }

  @Post('batches')
  @HttpCode(200)
  @Allow('collection.send')
  batches(@CurrentActor() actor: Actor, @Body() body: unknown): Promise<{ results: readonly RecordOutcome[] }> {
    return this.receive.execute(actor, body);
  }
}
