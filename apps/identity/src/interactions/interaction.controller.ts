import { Public } from '@credit/platform';
import { Body, Controller, Get, Header, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SignInWithPassword } from '../accounts/sign-in-with-password';
import { SignInWithSlip } from '../slips/sign-in-with-slip';
import { SignInDesk, type PageProblem } from './sign-in-desk.controller';
import { pageStyle } from './pages';

const staffForm = z.object({ loginName: z.string().max(32), password: z.string().max(200), newPassword: z.string().max(200).optional() });
const slipForm = z.object({ code: z.string().max(20), tail: z.string().max(4) });
const wrong: PageProblem = { status: 401, text: '登录信息不正确，或暂时锁定。请核对后再试。' };

/** 登录 — the provider sends the browser here and takes it back with who signed in. */
@Controller('interaction')
@Public('signing in is for everybody; tries are limited')
export class InteractionController {
  constructor(
    private readonly interactions: SignInDesk,
    private readonly withPassword: SignInWithPassword,
    private readonly withSlip: SignInWithSlip,
  ) {}

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return pageStyle;
  }

  @Get(':uid')
  async page(@Param('uid') uid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.interactions.open(uid, request, reply);
    await this.interactions.show(reply, uid);
  }

  @Post(':uid/staff')
  async staff(@Param('uid') uid: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.interactions.open(uid, request, reply);
    const form = staffForm.safeParse(body);
    if (!form.success) return this.interactions.show(reply, uid, wrong);
    const result = await this.withPassword.execute(form.data.loginName, form.data.password, form.data.newPassword);
    if ('accountId' in result) return this.interactions.finish(request, reply, `account:${result.accountId}`);
    return this.interactions.show(reply, uid, result.refused === 'must-change' ? { status: 401, text: '首次登录，请设置新口令。', mustChange: true } : wrong);
  }

  @Post(':uid/slip')
  async slip(@Param('uid') uid: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.interactions.open(uid, request, reply);
    const form = slipForm.safeParse(body);
    const result = form.success ? await this.withSlip.execute(form.data.code, form.data.tail, request.ip) : { refused: true as const };
    if ('refused' in result) return this.interactions.show(reply, uid, wrong);
    return this.interactions.finish(request, reply, `villager:${result.householdId}:${result.memberId}`);
  }
}
