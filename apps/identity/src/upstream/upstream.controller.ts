import { Problem } from '@credit/contracts';
import { Public } from '@credit/platform';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInDesk, type PageProblem } from '../interactions/sign-in-desk.controller';
import { SignInUpstream } from './sign-in-upstream';
import { readAttempt, UpstreamProvider } from './upstream-provider';

const away: PageProblem = { status: 503, text: '单位统一认证暂时不能用，请稍后再试。' };
const failed: PageProblem = { status: 401, text: '单位统一认证没有完成，请重新登录。' };
const unknown: PageProblem = { status: 401, text: '单位统一认证已通过，但没有关联本系统的账号。请联系本系统的系统管理员办理关联。' };

const queryOf = (request: FastifyRequest): URLSearchParams => new URL(request.url, 'http://here').searchParams;

/** 统一认证 — sends staff to their unit's provider and takes them back into the sign-in they came from. */
@Controller('interaction')
@Public('signing in is for everybody; whom the unit’s provider does not vouch for is refused')
export class UpstreamController {
  constructor(
    private readonly interactions: SignInDesk,
    private readonly upstream: UpstreamProvider,
    private readonly signIn: SignInUpstream,
  ) {}

  /** The provider knows one address; the cookie of a sign-in belongs to another: the state says which. */
  @Get('upstream/callback')
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = queryOf(request);
    const uid = /^([\w-]{1,64})\./.exec(query.get('state') ?? '')?.[1];
    if (!uid) throw new Problem('sign-in.refused');
    await reply.redirect(`/interaction/${uid}/upstream/return?${query.toString()}`, 303);
  }

  @Get(':uid/upstream')
  async begin(@Param('uid') uid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.interactions.open(uid, request, reply);
    if (!this.upstream.settings) throw new Problem('not-found');
    const begun = await this.upstream.begin(uid).catch(() => undefined);
    if (!begun) return this.interactions.show(reply, uid, away);
    await this.interactions.note(request, reply, begun.attempt);
    await reply.header('cache-control', 'no-store').redirect(begun.url, 303);
  }

  @Get(':uid/upstream/return')
  async back(@Param('uid') uid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { result } = await this.interactions.open(uid, request, reply);
    const attempt = readAttempt(result?.['upstream']);
    const subject = attempt && (await this.upstream.finish(queryOf(request), attempt).catch(() => undefined));
    if (!subject) return this.interactions.show(reply, uid, failed);
    const account = await this.signIn.execute(subject);
    if (!account) return this.interactions.show(reply, uid, unknown);
    return this.interactions.finish(request, reply, `account:${account.accountId}`);
  }
}
