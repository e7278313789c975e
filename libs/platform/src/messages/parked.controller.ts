import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { Allow, CurrentActor, type GuardedRequest } from '../access/access.guard';
import type { Actor } from '../access/actor';
import { UnitOfWork } from '../work/unit-of-work';
import { Inbox } from './inbox';

/** 搁置消息 — operators see what keeps failing and replay it; each replay is on the audit trail, a repeated request (`x-request-id`) once. */
@Controller('ops/parked')
export class ParkedController {
  constructor(
    @Inject(Inbox) private readonly inbox: Inbox,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Allow('platform.operate')
  list(): ReturnType<Inbox['parked']> {
    return this.inbox.parked();
  }

  @Post(':messageId/replay')
  @Allow('platform.operate')
  async replay(@Param('messageId', ParseUUIDPipe) messageId: string, @CurrentActor() actor: Actor, @Req() request: GuardedRequest): Promise<{ messageId: string; replayed: true }> {
    await this.work.once({ actor, operation: 'message.replay', requestId: request.id, body: { messageId } }, async (tx) => {
      await tx.audit.record('message.replayed', messageId);
      return { messageId };
    });
    await this.inbox.replay(messageId);
    return { messageId, replayed: true };
  }
}
