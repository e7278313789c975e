import { type Config, CONFIG } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Configuration } from 'openid-client';
import { z } from 'zod';
import { identitySettings } from '../settings';

const attemptShape = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() });

/** What has to come back unchanged from the unit's provider. */
export type UpstreamAttempt = z.output<typeof attemptShape>;

export function readAttempt(value: unknown): UpstreamAttempt | undefined {
  return attemptShape.safeParse(value).data;
}

const scope = 'openid';
const answerSeconds = 10;

/** 单位统一认证 — the OpenID provider of the county, as a relying party sees it: code flow with PKCE, state and nonce. */
@Injectable()
export class UpstreamProvider {
  private discovered: Configuration | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get settings() {
    return identitySettings(this.config).upstream;
  }

  /** One address for all sign-ins, as providers ask for it. */
  private get redirectUri(): string {
    return `${new URL(this.config.OIDC_ISSUER).origin}/interaction/upstream/callback`;
  }

  async begin(uid: string): Promise<{ attempt: UpstreamAttempt; url: string }> {
    const client = await import('openid-client');
    const provider = await this.discover();
    const attempt = { state: `${uid}.${client.randomState()}`, nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.redirectUri,
      scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { attempt, url: url.toString() };
  }

  /** The subject that the provider vouches for; throws what the library finds wrong. */
  async finish(query: URLSearchParams, attempt: UpstreamAttempt): Promise<string> {
    const client = await import('openid-client');
    const back = new URL(this.redirectUri);
    back.search = query.toString();
    const tokens = await client.authorizationCodeGrant(await this.discover(), back, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.codeVerifier,
      idTokenExpected: true,
    });
    const subject = tokens.claims()?.sub;
    if (!subject) throw new Error('the provider named nobody');
    return subject;
  }

  private async discover(): Promise<Configuration> {
    if (this.discovered) return this.discovered;
    const { settings } = this;
    if (!settings) throw new Error('no provider is configured');
    const client = await import('openid-client');
    this.discovered = await client.discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
      timeout: answerSeconds,
      execute: [client.enableNonRepudiationChecks, ...(this.config.production ? [] : [client.allowInsecureRequests])],
    });
    return this.discovered;
  }
}
