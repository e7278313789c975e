import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProblemCode, Problem, type ProblemCode, problems } from '@credit/contracts';
import { newId, Public, repositoryRoot, Tokens } from '@credit/platform';
import { Body, Controller, Get, Header, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Sessions } from '../sessions/sessions';
import { OperationsDesk, storing } from './operations-desk';
import { operationsPage, refusalPage } from './operations-page';

const replay = z.object({ service: z.enum(storing), messageId: z.uuid(), requestId: z.uuid(), formToken: z.string() });

/** Its own form and style only; nothing runs, nothing frames it. */
const contentPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** 运行情况页 — for those who run and those who audit the system. */
@Controller('operations')
@Public('asks every service on behalf of the bearer; each service checks the rights, and whether a message may be replayed')
export class OperationsController {
  private readonly css = readFileSync(join(repositoryRoot(), 'apps/gateway/src/operations/operations.css'), 'utf8');

  constructor(
    private readonly desk: OperationsDesk,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
  ) {}

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return this.css;
  }

  @Get()
  async look(@Query() query: Readonly<Record<string, string>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      const token = await this.bearer(request);
      const states = await this.desk.look(token);
      await this.send(reply, 200, operationsPage(states, noticeOf(query), { formToken: this.sessions.formToken(token), newRequestId: newId }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.send(reply, problems[error.code].status, refusalPage(problems[error.code].title));
    }
  }

  /** Answers with the page again, so that reloading it replays nothing. */
  @Post('replay')
  async replay(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = await this.bearer(request);
    const asked = replay.parse(body);
    if (!this.sessions.isFormToken(asked.formToken, token)) throw new Problem('form.stale');
    const outcome = await this.desk.replay(asked.service, asked.messageId, asked.requestId, token).then(
      () => 'replayed=1',
      (error: unknown) => {
        if (error instanceof Problem) return `problem=${error.code}`;
        throw error;
      },
    );
    await reply.redirect(`/operations?${outcome}`, 303);
  }

  private async bearer(request: FastifyRequest): Promise<string> {
    const token = await this.sessions.tokenOf(request);
    if (!token) throw new Problem('auth.missing');
    await this.tokens.verify(token);
    return token;
  }

  private async send(reply: FastifyReply, status: number, page: string): Promise<void> {
    await reply.status(status).header('content-type', 'text/html; charset=utf-8').header('content-security-policy', contentPolicy).header('cache-control', 'no-store').send(page);
  }
}

function noticeOf({ replayed, problem }: Readonly<Record<string, string>>): { text: string; wrong: boolean } | null {
  if (replayed !== undefined) return { text: '消息已重放', wrong: false };
  if (problem === undefined || !isProblemCode(problem)) return null;
  const code: ProblemCode = problem;
  return { text: `没有重放成功，消息仍然搁置：${problems[code].title}`, wrong: true };
}
