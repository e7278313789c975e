import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '@credit/contracts';
import { bearerOf, type Config, CONFIG, doorScope, peerUrl } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

const settings = z.object({
  /** 公开地址 — where browsers reach this gateway. */
  publicUrl: z.url().default('http://127.0.0.1:8080'),
  clientId: z.string().default('county-frontend'),
});

const attemptCookie = 'credit_attempt';
const sessionCookie = 'credit_session';
const attemptMinutes = 10;
const issuerMs = 10_000;
const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() });
const metadata = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pair = request.headers.cookie?.split(/; */).find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/**
 * 浏览器会话 — the authorization-code flow with PKCE, and after it the access token in an encrypted cookie that scripts
 * cannot read. Programs send a bearer instead.
 */
@Injectable()
export class Sessions {
  private readonly key: Uint8Array;
  private readonly publicUrl: string;
  private readonly clientId: string;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.key = createHash('sha256').update(`gateway session\n${config.HASH_KEY}`).digest();
    const own = settings.parse(config.SETTINGS);
    this.publicUrl = own.publicUrl.replace(/\/$/, '');
    this.clientId = own.clientId;
  }

  /** The bearer of the request, or the token of its session; undefined for neither. */
  async tokenOf(request: FastifyRequest): Promise<string | undefined> {
    const bearer = bearerOf(request);
    if (bearer) return bearer;
    const session = cookieOf(request, sessionCookie);
    if (!session) return undefined;
    const { token } = await this.open(session, z.object({ token: z.string() }));
    return token;
  }

  /** 表单凭证 — only a page given to this very session can hold it, so that no other site makes a browser send a form. */
  formToken(token: string): string {
    return createHmac('sha256', this.key).update(`form\n${token}`).digest('base64url');
  }

  isFormToken(given: string, token: string): boolean {
    const [one, other] = [Buffer.from(given), Buffer.from(this.formToken(token))];
    return one.length === other.length && timingSafeEqual(one, other);
  }

  /** Sends the browser to the issuer. */
  async begin(reply: FastifyReply): Promise<void> {
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(16).toString('base64url');
    const url = new URL((await this.discover()).authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: this.clientId,
      response_type: 'code',
      scope: `openid ${doorScope}`,
      redirect_uri: `${this.publicUrl}/sign-in/callback`,
      resource: this.config.OIDC_AUDIENCE,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    this.setCookie(reply, attemptCookie, await this.sealed({ state, verifier }, attemptMinutes * 60), attemptMinutes * 60);
    await reply.redirect(url.toString(), 303);
  }

  /** The browser is back with a code. */
  async finish(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const query = z.object({ code: z.string(), state: z.string() }).safeParse(request.query);
    const attempt = await this.open(cookieOf(request, attemptCookie) ?? '', z.object({ state: z.string(), verifier: z.string() }));
    if (!query.success || query.data.state !== attempt.state) throw new Problem('sign-in.failed');
    const answer = await this.askIssuer((await this.discover()).token_endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: query.data.code,
        redirect_uri: `${this.publicUrl}/sign-in/callback`,
        client_id: this.clientId,
        code_verifier: attempt.verifier,
        resource: this.config.OIDC_AUDIENCE,
      }),
    });
    const token = tokenAnswer.safeParse(answer.ok ? await answer.json().catch(() => undefined) : undefined);
    if (!token.success) throw new Problem('sign-in.failed');
    this.setCookie(reply, attemptCookie, '', 0);
    this.setCookie(reply, sessionCookie, await this.sealed({ token: token.data.access_token }, token.data.expires_in), token.data.expires_in);
    await reply.redirect('/', 303);
  }

  async end(reply: FastifyReply): Promise<void> {
    this.setCookie(reply, sessionCookie, '', 0);
    await reply.redirect('/', 303);
  }

  private async discover(): Promise<z.output<typeof metadata>> {
    const answer = await this.askIssuer(`${this.config.OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const described = metadata.safeParse(answer.ok ? await answer.json().catch(() => undefined) : undefined);
    if (!described.success) throw this.issuerAway();
    return described.data;
  }

  private async askIssuer(url: string, request: RequestInit = {}): Promise<Response> {
    return fetch(url, { ...request, signal: AbortSignal.timeout(issuerMs) }).catch(() => {
      throw this.issuerAway();
    });
  }

  private issuerAway(): Problem {
    const own = this.config.OIDC_ISSUER.startsWith(peerUrl(this.config, 'identity'));
    return new Problem('peer.unavailable', { owner: own ? 'identity' : 'issuer' });
  }

  private sealed(payload: Record<string, string>, seconds: number): Promise<string> {
    return new EncryptJWT(payload).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setIssuedAt().setExpirationTime(`${seconds}s`).encrypt(this.key);
  }

  private async open<S extends z.ZodType>(cookie: string, shape: S): Promise<z.output<S>> {
    try {
      return shape.parse((await jwtDecrypt(cookie, this.key)).payload);
    } catch {
      throw new Problem('auth.expired');
    }
  }

  private setCookie(reply: FastifyReply, name: string, value: string, seconds: number): void {
    const secure = this.publicUrl.startsWith('https') ? '; Secure' : '';
    const known = reply.getHeader('set-cookie');
    const all = [...(Array.isArray(known) ? known : known ? [String(known)] : []), `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`];
    reply.header('set-cookie', all);
  }
}
