import { Problem } from '@credit/contracts';
import { Public, Tokens } from '@credit/platform';
import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Sessions } from '../sessions/sessions';
import { CountyGraph, type GraphAnswer, graphRequest } from './county-graph';

/** 总图之门 — each service behind checks the bearer's rights again; here only that a token given is a good one. */
@Controller()
@Public('rights are checked by the service that owns each field; a bad token is refused here')
export class GraphController {
  constructor(
    private readonly graph: CountyGraph,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
  ) {}

  @Post('graphql')
  @HttpCode(200)
  async ask(@Body() body: unknown, @Req() request: FastifyRequest): Promise<GraphAnswer> {
    // A page of another site can send a form or plain text along with the cookie, but JSON only after the browser asked us.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Problem('media.unsupported');
    const parsed = graphRequest.safeParse(body);
    if (!parsed.success) throw new Problem('input.invalid', {}, [{ path: 'query', message: '请以 JSON 提交 query（文本）与 variables（对象）' }]);
    const token = await this.sessions.tokenOf(request);
    if (token) await this.tokens.verify(token);
    return this.graph.ask(parsed.data, { requestId: request.id, ...(token ? { authorization: `Bearer ${token}` } : {}) });
  }

  @Get('schema.graphql')
  @Header('content-type', 'text/plain; charset=utf-8')
  sdl(): Promise<string> {
    return this.graph.sdl();
  }
}
