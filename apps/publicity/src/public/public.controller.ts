import { Problem } from '@credit/contracts';
import { Public } from '@credit/platform';
import { Body, Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentPolicy } from './public-layout';
import { ShowOwn } from './show-own';
import { ShowPublic } from './show-public';

const htmlType = 'text/html; charset=utf-8';

function village(code: string): string {
  if (!/^\d{12}$/.test(code)) throw new Problem('input.invalid', {}, [{ path: 'villageCode', message: '请填写 12 位村代码' }]);
  return code;
}

/** 村民公开页 — no sign-in, no cookie, no script. */
@Controller('p')
export class PublicController {
  constructor(
    private readonly showPublic: ShowPublic,
    private readonly showOwn: ShowOwn,
  ) {}

  @Get(':villageCode')
  @Public('what hangs on the village board is for everybody; no villager is named')
  @Header('content-type', htmlType)
  @Header('cache-control', 'no-store')
  @Header('content-security-policy', contentPolicy)
  hanging(@Param('villageCode') villageCode: string): Promise<string> {
    return this.showPublic.execute(village(villageCode));
  }

  @Post(':villageCode/own')
  @Public('the code on the slip and the last four of the ID take the place of signing in')
  async own(@Param('villageCode') villageCode: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { status, page } = await this.showOwn.execute(village(villageCode), body, request.ip);
    await reply.code(status).headers({ 'content-type': htmlType, 'cache-control': 'no-store', 'content-security-policy': contentPolicy }).send(page);
  }
}
