import { Problem } from '@credit/contracts';
import { type Config, CONFIG } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InteractionResults } from 'oidc-provider';
import { MountedProvider } from '../provider/mounted-provider.controller';
import { identitySettings } from '../settings';
import { signInPage } from './pages';

export interface PageProblem {
  readonly text: string;
  readonly status: 401 | 503;
  readonly mustChange?: boolean;
}

/** 登录过程 — one sign-in of one browser, between the provider that asked and the page that answers. */
@Injectable()
export class SignInDesk {
  private readonly origins: string;
  private readonly upstream: string | null;

  constructor(
    private readonly mounted: MountedProvider,
    @Inject(CONFIG) config: Config,
  ) {
    const { redirectUris, upstream } = identitySettings(config);
    this.origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))].join(' ');
    this.upstream = upstream?.name ?? null;
  }

  /** The interaction cookie and the address belong together; anything else is refused. */
  async open(uid: string, request: FastifyRequest, reply: FastifyReply): Promise<{ result: InteractionResults | undefined }> {
    const details = await this.mounted.provider.interactionDetails(request.raw, reply.raw).catch(() => undefined);
    if (details?.uid !== uid) throw new Problem('sign-in.refused');
    return { result: details.result };
  }

  /** Keeps what has to come back from elsewhere with this interaction. */
  async note(request: FastifyRequest, reply: FastifyReply, upstream: object): Promise<void> {
    await this.mounted.provider.interactionResult(request.raw, reply.raw, { upstream }, { mergeWithLastSubmission: false });
  }

  async show(reply: FastifyReply, uid: string, problem?: PageProblem): Promise<void> {
    await reply
      .status(problem?.status ?? 200)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', `default-src 'none'; style-src 'self'; form-action 'self' ${this.origins}; frame-ancestors 'none'; base-uri 'none'`)
      .send(signInPage({ uid, problem: problem?.text ?? null, mustChange: problem?.mustChange ?? false, upstream: this.upstream }));
  }

  async finish(request: FastifyRequest, reply: FastifyReply, accountId: string): Promise<void> {
    const back = await this.mounted.provider.interactionResult(request.raw, reply.raw, { login: { accountId, remember: false } }, { mergeWithLastSubmission: false });
    await reply.header('cache-control', 'no-store').redirect(back, 303);
  }
}
