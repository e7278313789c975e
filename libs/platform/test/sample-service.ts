import { type AskedOf, type EventData, publicityReads, Problem, sharedReads } from '@credit/contracts';
import {
  type Actor,
  Allow,
  Answers,
  CurrentActor,
  Hears,
  InternalClient,
  newId,
  type ServiceDefinition,
  type Tx,
  UnitOfWork,
} from '@credit/platform';
import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';

/** A service just large enough to drive every mechanism of the platform: it stands in for appeals, whose messages it hears. */
@Injectable()
class TakeNote {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  execute(actor: Actor, requestId: string, divisionCode: string, text: string): Promise<{ noteId: string }> {
    return this.work.once({ actor, operation: 'note.take', requestId, body: { divisionCode, text } }, async (tx) => {
      actor.require('platform.operate', divisionCode);
      const noteId = newId();
      await tx.audit.record('note.taken', noteId, { divisionCode });
      await tx.outbox.append('deadline.set', { owner: 'appeals', kind: 'answer', key: noteId, version: 1, lastDay: tx.today });
      if (text === 'ask') await this.peers.one(publicityReads.publication, { publicationId: noteId });
      if (text === 'fail') throw new Problem('conflict.changed', { noteId });
      if (text === 'sql') await tx.manager.query('SELECT 1 FROM no_such_table');
      return { noteId };
    });
  }
}

@Resolver()
class NoteResolver {
  constructor(private readonly takeNote: TakeNote) {}

  @Query(() => String)
  @Allow('platform.operate')
  hello(@CurrentActor() actor: Actor): string {
    return actor.scopesFor('platform.operate').join();
  }

  @Query(() => String)
  forgotten(): string {
    return 'a door without a rule';
  }

  @Mutation(() => String)
  @Allow('platform.operate')
  async note(@CurrentActor() actor: Actor, @Args('requestId') requestId: string, @Args('divisionCode') divisionCode: string, @Args('text') text: string): Promise<string> {
    return (await this.takeNote.execute(actor, requestId, divisionCode, text)).noteId;
  }
}

@Controller('notes')
class NoteController {
  @Get()
  @Allow('platform.operate')
  list(): string[] {
    return [];
  }

  @Post()
  @Allow('platform.operate')
  echo(@Body() body: unknown): unknown {
    return body;
  }
}

/** What was heard is kept on the audit trail; the key of a deadline tells the handler how to behave. */
@Injectable()
class NoteProcessor {
  failing = true;

  private async note(event: string, subject: string, tx: Tx): Promise<void> {
    await tx.audit.record(`heard.${event}`, subject);
  }

  /** How often a message still fails whose key is `hiccup`, and one that loses its database while it is handled. */
  hiccups = 0;
  losses = 0;

  @Hears('publication.posted')
  async posted(data: EventData<'publication.posted'>, tx: Tx): Promise<void> {
    if (data.key === 'poison' && this.failing) throw new Error('张三 34152519000101');
    if (data.key === 'hiccup' && this.hiccups-- > 0) throw new Error('not yet');
    if (data.key === 'loss' && this.losses-- > 0) await tx.manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
    return this.note('posted', data.publicationId, tx);
  }

  @Hears('publication.extended')
  extended(data: EventData<'publication.extended'>, tx: Tx): Promise<void> {
    return this.note('extended', data.publicationId, tx);
  }

  @Hears('publication.withdrawn')
  withdrawn(data: EventData<'publication.withdrawn'>, tx: Tx): Promise<void> {
    return this.note('withdrawn', data.publicationId, tx);
  }

  @Hears('publication.closed')
  closed(data: EventData<'publication.closed'>, tx: Tx): Promise<void> {
    return this.note('closed', data.publicationId, tx);
  }

  @Hears('deadline.passed')
  passed(data: EventData<'deadline.passed'>, tx: Tx): Promise<void> {
    return this.note('passed', data.lastDay, tx);
  }

  @Hears('notification.settled')
  settled(data: EventData<'notification.settled'>, tx: Tx): Promise<void> {
    return this.note('settled', data.subjectId, tx);
  }

  @Hears('correction.answered')
  corrected(data: EventData<'correction.answered'>, tx: Tx): Promise<void> {
    return this.note('corrected', data.subjectId, tx);
  }
}

@Injectable()
class NoteReads {
  @Answers(sharedReads.deadlines)
  async *deadlines(_ask: AskedOf<typeof sharedReads.deadlines>): AsyncGenerator<{ kind: string; key: string; version: number; lastDay: string }> {
    yield { kind: 'answer', key: 'a', version: 1, lastDay: '2026-01-01' };
    yield { kind: 'answer', key: 'b', version: 1, lastDay: '2026-01-02' };
  }
}

@Module({ controllers: [NoteController], providers: [TakeNote, NoteResolver, NoteProcessor, NoteReads], exports: [NoteProcessor] })
class SampleModule {}

export const sample: ServiceDefinition = { service: 'appeals', module: SampleModule, rows: [] };
export { NoteProcessor };
