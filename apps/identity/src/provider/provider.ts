import { type Config, doorScope, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { shanghaiDayOf } from '@credit/policy';
import type { Configuration, default as OidcProvider, KoaContextWithOIDC } from 'oidc-provider';
import { identitySettings, signInRules } from '../settings';
import { registeredPurposes, scopesOf } from './client-scopes';
import { oidcAdapter } from './oidc-adapter';
import { providerSecrets, signingAlgorithm } from './provider-secrets.store';

export const frontendClientId = 'county-frontend';

/** Who an account id of the provider stands for: `account:<id>` or `villager:<household>:<member>`. */
export function claimsOf(accountId: string): Record<string, string> {
  const [kind = '', first = '', second = ''] = accountId.split(':');
  return kind === 'villager' ? { sub: second, kind, household_id: first, member_id: second } : { sub: first, kind: 'account' };
}

async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<InstanceType<OidcProvider['Grant']> | undefined> {
  const { oidc } = ctx;
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const known = grantId ? await provider.Grant.find(grantId) : undefined;
  if (known) return known;
  // The county's own frontend: the person signs in to the county itself and is not asked to consent to it.
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  const resource = oidc.params?.['resource'];
  if (typeof resource === 'string') grant.addResourceScope(resource, doorScope);
  await grant.save();
  return grant;
}

/** 身份提供方 — the certified OpenID provider with this service's accounts, clients and keys. */
export async function makeProvider(config: Config, work: UnitOfWork, vault: Vault): Promise<OidcProvider> {
  const { Provider } = await import('oidc-provider');
  const { signingKey, cookieKeys } = await providerSecrets(work, vault);
  const today = await work.read(systemActor(), async (tx) => shanghaiDayOf(tx.now));
  const tokenSeconds = signInRules(today).tokenMinutes * 60;
  const configuration: Configuration = {
    adapter: oidcAdapter(work),
    jwks: { keys: [signingKey as never] },
    cookies: { keys: [...cookieKeys], long: { signed: true }, short: { signed: true } },
    clients: [
      {
        client_id: frontendClientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [...identitySettings(config).redirectUris],
        application_type: 'web',
        id_token_signed_response_alg: signingAlgorithm,
      },
    ],
    extraClientMetadata: { properties: [registeredPurposes] },
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    scopes: ['openid'],
    pkce: { required: () => true },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: claimsOf(accountId)['sub'] ?? accountId }) }),
    loadExistingGrant,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: tokenSeconds, ClientCredentials: tokenSeconds, AuthorizationCode: 60, Interaction: 900, Session: 28_800, Grant: 28_800, IdToken: tokenSeconds },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => config.OIDC_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, _resource, client) => ({ scope: scopesOf(client).join(' '), audience: config.OIDC_AUDIENCE, accessTokenTTL: tokenSeconds, accessTokenFormat: 'jwt', jwt: { sign: { alg: signingAlgorithm } } }),
      },
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, jwt) => {
          const claims = 'accountId' in token && typeof token.accountId === 'string' ? claimsOf(token.accountId) : { sub: token.clientId ?? '', kind: 'client' };
          Object.assign(jwt.payload, claims);
        },
      },
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>登录没有完成</title><h1>登录没有完成</h1><p>请回到原页面重新登录。</p><p>${String(out.error).replaceAll(/[^a-z_]/g, '')}</p></html>`;
    },
  };
  const provider = new Provider(config.OIDC_ISSUER, configuration);
  provider.proxy = true;
  return provider;
}
