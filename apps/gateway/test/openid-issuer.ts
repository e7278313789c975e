import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startTestIssuer } from '@credit/testing';

/** An OpenID provider as far as signing in through the gateway needs one: what it is, codes, and tokens for codes. */
export interface OpenIdIssuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  token(options?: { expiresIn?: string; audience?: string }): Promise<string>;
  /** What happens after a person signed in on the page the browser was sent to: the way back, with a code. */
  approve(authorizeUrl: URL): URL;
  /** From now on, for what the token endpoint is asked it is out of order. */
  breakTokens(broken: boolean): void;
  close(): Promise<void>;
}

const person = { sub: 'a-person', kind: 'account' };

export async function startOpenIdIssuer(): Promise<OpenIdIssuer> {
  const keys = await startTestIssuer();
  const attempts = new Map<string, URLSearchParams>();
  let broken = false;

  const redeem = async (request: IncomingMessage): Promise<{ status: number; body: object }> => {
    const form = new URLSearchParams(await text(request));
    const asked = attempts.get(form.get('code') ?? '');
    attempts.delete(form.get('code') ?? '');
    const proof = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    const same = ['client_id', 'redirect_uri', 'resource'].every((name) => asked?.get(name) === form.get(name));
    if (!asked || !same || asked.get('code_challenge_method') !== 'S256' || asked.get('code_challenge') !== proof) return { status: 400, body: { error: 'invalid_grant' } };
    return { status: 200, body: { access_token: await keys.token(person, { issuer, audience: form.get('resource') ?? '' }), expires_in: 600, token_type: 'Bearer' } };
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration') return answer(200, { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` });
    if (request.url !== '/token' || broken) return void request.socket.destroy();
    redeem(request).then(({ status, body }) => answer(status, body), () => answer(500, {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    jwksUrl: `${keys.issuer}/jwks`,
    token: (options) => keys.token(person, { issuer, ...options }),
    approve: (authorizeUrl) => {
      const code = randomUUID();
      attempts.set(code, authorizeUrl.searchParams);
      const back = new URL(authorizeUrl.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: authorizeUrl.searchParams.get('state') ?? '' }).toString();
      return back;
    },
    breakTokens: (now) => void (broken = now),
    close: async () => {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), keys.close()]);
    },
  };
}
