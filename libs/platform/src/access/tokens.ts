import { Problem } from '@credit/contracts';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Config } from '../config/config';

const claims = z.object({
  sub: z.string(),
  kind: z.enum(['account', 'villager', 'client']),
  household_id: z.string().optional(),
  member_id: z.string().optional(),
  scope: z.string().optional(),
});

/** 登录凭证 — who the bearer is; what the bearer may do is not in the token. */
export type Claims = z.output<typeof claims>;

/** Verifies access tokens of the configured OpenID issuer. */
export class Tokens {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(private readonly config: Config) {
    this.keys = createRemoteJWKSet(new URL(config.OIDC_JWKS_URL ?? `${config.OIDC_ISSUER.replace(/\/$/, '')}/jwks`), { cooldownDuration: 2_000 });
  }

  /** Problems: `auth.expired`, `auth.invalid` (also for a token of another issuer or audience), `peer.unavailable`. */
  async verify(token: string): Promise<Claims> {
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, this.keys, { issuer: this.config.OIDC_ISSUER, audience: this.config.OIDC_AUDIENCE }));
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Problem('auth.expired');
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) throw new Problem('auth.invalid');
      throw new Problem('peer.unavailable', { owner: 'identity' });
    }
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new Problem('auth.invalid');
    return parsed.data;
  }
}
