import { Readable } from 'node:stream';
import { Problem } from '@credit/contracts';
import { Body, Controller, Header, HttpCode, Inject, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { type GuardedRequest, InternalOnly, requireCaller } from '../access/access.guard';
import type { Answer, RegisteredAnswer } from './answers';

/** The answers of this service by name, filled when the service has started. */
export class InternalAnswers {
  readonly byName = new Map<string, RegisteredAnswer>();
}

async function* lines(rows: ReturnType<Answer>): AsyncGenerator<string> {
  for await (const row of await rows) yield `${JSON.stringify(row)}\n`;
  yield '.\n';
}

/** 内部读取之门 — streams rows as NDJSON and ends a complete answer with a line of one dot, so that a cut stream is noticed. */
@Controller('internal')
@InternalOnly()
export class InternalController {
  constructor(@Inject(InternalAnswers) private readonly answers: InternalAnswers) {}

  @Post(':name')
  @HttpCode(200)
  @Header('content-type', 'application/x-ndjson')
  async answer(@Param('name') name: string, @Body() body: unknown, @Req() request: GuardedRequest): Promise<StreamableFile> {
    const registered = this.answers.byName.get(name);
    if (!registered) throw new Problem('not-found', { read: name });
    const caller = requireCaller(registered.read, request.caller);
    const rows = registered.answer(registered.read.ask.parse(body), caller);
    return new StreamableFile(Readable.from(lines(rows), { objectMode: false }));
  }
}
