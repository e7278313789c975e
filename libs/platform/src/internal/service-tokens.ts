import { type Service, services } from '@credit/contracts';
import { createLocalJWKSet, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Config } from '../config/config';

const lifetimeSeconds = 120;

/** 服务凭证 — short-lived tokens by which services know each other: each signs with its own key, addressed to one peer. */
export class ServiceTokens {
  private readonly cache = new Map<Service, { token: string; until: number }>();
  private readonly keys: ReturnType<typeof createLocalJWKSet>;

  constructor(private readonly config: Config) {
    this.keys = createLocalJWKSet(config.SERVICE_PUBLIC_KEYS as { keys: JWK[] });
  }

  async for(peer: Service): Promise<string> {
    const known = this.cache.get(peer);
    if (known && known.until > performance.now()) return known.token;
    const key = await importJWK(this.config.SERVICE_KEY as JWK, 'EdDSA');
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: this.config.SERVICE_KEY.kid })
      .setIssuer(`service:${this.config.SERVICE}`)
      .setAudience(`service:${peer}`)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    this.cache.set(peer, { token, until: performance.now() + (lifetimeSeconds - 30) * 1000 });
    return token;
  }

  /** The calling service, or null when the token is not one of ours, not for us, or signed with another service's key. */
  async caller(token: string): Promise<Service | null> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, { audience: `service:${this.config.SERVICE}`, algorithms: ['EdDSA'] });
      const name = payload.iss?.replace('service:', '');
      return services.find((service) => service === name && protectedHeader.kid === service) ?? null;
    } catch {
      return null;
    }
  }
}
