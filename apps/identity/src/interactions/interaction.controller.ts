import { Problem } from '@credit/contracts';
import { type Config, CONFIG, Public } from '@credit/platform';
import { Body, Controller, Get, Header, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SignInWithPassword } from '../accounts/sign-in-with-password';
import { MountedProvider } from '../provider/mounted-provider.controller';
import { identitySettings } from '../settings';
import { SignInWithSlip } from '../slips/sign-in-with-slip';
import { pageStyle, signInPage } from './pages';

const staffForm = z.object({ loginName: z.string().max(32), password: z.string().max(200), newPassword: z.string().max(200).optional() });
const slipForm = z.object({ code: z.string().max(20), tail: z.string().max(4) });
const wrong = '登录信息不正确，或暂时锁定。请核对后再试。';

/** 登录 — the provider sends the browser here and takes it back with who signed in. */
@Controller('interaction')
@Public('signing in is for everybody; tries are limited')
export class InteractionController {
  private readonly origins: string;

  constructor(
    private readonly mounted: MountedProvider,
    private readonly withPassword: SignInWithPassword,
    private readonly withSlip: SignInWithSlip,
    @Inject(CONFIG) config: Config,
  ) {
    this.origins = [...new Set(identitySettings(config).redirectUris.map((uri) => new URL(uri).origin))].join(' ');
  }

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return pageStyle;
  }

  @Get(':uid')
  async page(@Param('uid') uid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.mustBeOpen(uid, request, reply);
    await this.show(reply, uid, null, false);
  }

  @Post(':uid/staff')
  async staff(@Param('uid') uid: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.mustBeOpen(uid, request, reply);
    const form = staffForm.safeParse(body);
    if (!form.success) return this.show(reply, uid, wrong, false);
    const result = await this.withPassword.execute(form.data.loginName, form.data.password, form.data.newPassword);
    if ('accountId' in result) return this.finish(request, reply, `account:${result.accountId}`);
    const mustChange = result.refused === 'must-change';
    return this.show(reply, uid, mustChange ? '首次登录，请设置新口令。' : wrong, mustChange);
  }

  @Post(':uid/slip')
  async slip(@Param('uid') uid: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.mustBeOpen(uid, request, reply);
    const form = slipForm.safeParse(body);
    const result = form.success ? await this.withSlip.execute(form.data.code, form.data.tail, request.ip) : { refused: true as const };
    if ('refused' in result) return this.show(reply, uid, wrong, false);
    return this.finish(request, reply, `villager:${result.householdId}:${result.memberId}`);
  }

  /** The interaction cookie and the address belong together; anything else is refused. */
  private async mustBeOpen(uid: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const details = await this.mounted.provider.interactionDetails(request.raw, reply.raw).catch(() => undefined);
    if (details?.uid !== uid) throw new Problem('sign-in.refused');
  }

  private async show(reply: FastifyReply, uid: string, problem: string | null, mustChange: boolean): Promise<void> {
    await reply
      .status(problem === null ? 200 : 401)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', `default-src 'none'; style-src 'self'; form-action 'self' ${this.origins}; frame-ancestors 'none'; base-uri 'none'`)
      .send(signInPage(uid, problem, mustChange));
  }

  private async finish(request: FastifyRequest, reply: FastifyReply, accountId: string): Promise<void> {
    reply.hijack();
    await this.mounted.provider.interactionFinished(request.raw, reply.raw, { login: { accountId, remember: false } }, { mergeWithLastSubmission: false });
  }
}
