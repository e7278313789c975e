import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** The OpenID provider of a unit: whoever comes is signed in there as the person named last. */
export interface UnitProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  signedIn: string;
  /** From now on its tokens are signed by somebody else, or carry another nonce. */
  forge: 'key' | 'nonce' | null;
  close(): Promise<void>;
}

export async function startUnitProvider(): Promise<UnitProvider> {
  const [own, other] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'unit', alg: 'RS256', use: 'sig' };
  const asked = new Map<string, URLSearchParams>();
  const state = { clientId: 'credit-village', clientSecret: 'a-secret-of-the-county', signedIn: '', forge: null as 'key' | 'nonce' | null };

  const redeem = async (request: IncomingMessage): Promise<object> => {
    const form = new URLSearchParams(await text(request));
    const attempt = asked.get(form.get('code') ?? '');
    asked.delete(form.get('code') ?? '');
    const proof = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    const known = form.get('client_id') === state.clientId && form.get('client_secret') === state.clientSecret;
    if (!attempt || !known || attempt.get('code_challenge') !== proof) return { error: 'invalid_grant' };
    const idToken = await new SignJWT({ nonce: state.forge === 'nonce' ? 'another' : (attempt.get('nonce') ?? '') })
      .setProtectedHeader({ alg: 'RS256', kid: 'unit' })
      .setIssuer(issuer)
      .setAudience(state.clientId)
      .setSubject(state.signedIn)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(state.forge === 'key' ? other.privateKey : own.privateKey);
    return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken };
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://unit');
    const answer = (body: object): void => void response.writeHead('error' in body ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return answer({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] });
      case '/jwks':
        return answer({ keys: [jwk] });
      case '/token':
        return void redeem(request).then(answer);
      default: {
        const code = randomUUID();
        asked.set(code, url.searchParams);
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString();
        return void response.writeHead(303, { location: back.toString() }).end();
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    issuer,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
