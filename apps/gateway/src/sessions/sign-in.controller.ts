import { Public } from '@credit/platform';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions } from './sessions';

@Controller()
@Public('signing in and out is for everybody')
export class SignInController {
  constructor(private readonly sessions: Sessions) {}

  @Get('sign-in')
  begin(@Res() reply: FastifyReply): Promise<void> {
    return this.sessions.begin(reply);
  }

  @Get('sign-in/callback')
  finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sessions.finish(request, reply);
  }

  @Get('sign-out')
  end(@Res() reply: FastifyReply): Promise<void> {
    return this.sessions.end(reply);
  }
}
