import { createHash, randomBytes } from 'node:crypto';

/** A browser without scripts, as far as signing in needs one: keeps cookies, follows redirects, posts forms. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  async request(url: string, form?: Readonly<Record<string, string>>): Promise<{ status: number; location: string | null; text: string; url: string }> {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(';')[0] ?? '';
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, location: response.headers.get('location'), text: await response.text(), url };
  }

  /** Follows redirects until a page, or until one leads to an address that begins with `stopAt`. */
  async follow(url: string, stopAt: string, form?: Readonly<Record<string, string>>): Promise<{ page?: { text: string; url: string; status: number }; stopped?: string }> {
    let next = url;
    let body = form;
    for (let hop = 0; hop < 10; hop += 1) {
      if (next.startsWith(stopAt)) return { stopped: next };
      const answer = await this.request(next, body);
      if (!answer.location) return { page: answer };
      next = new URL(answer.location, next).toString();
      body = undefined;
    }
    throw new Error('too many redirects');
  }
}

export interface SignInFlow {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly audience: string;
}

type SignedIn = { token: string } | { refused: string };

/** The whole authorization-code flow with PKCE by HTTP alone; `onPage` does what the person does on the sign-in page. */
async function flowWith(flow: SignInFlow, onPage: (browser: Browser, pageUrl: string) => ReturnType<Browser['follow']>): Promise<SignedIn> {
  const browser = new Browser();
  const verifier = randomBytes(32).toString('base64url');
  const authorize = new URL(`${flow.issuer}/auth`);
  authorize.search = new URLSearchParams({
    client_id: flow.clientId,
    response_type: 'code',
    scope: 'openid credit',
    redirect_uri: flow.redirectUri,
    resource: flow.audience,
    state: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const { page } = await browser.follow(authorize.toString(), flow.redirectUri);
  if (!page) throw new Error('no sign-in page');
  const after = await onPage(browser, page.url);
  if (!after.stopped) return { refused: after.page?.text ?? '' };
  const code = new URL(after.stopped).searchParams.get('code') ?? '';
  const answer = await fetch(`${flow.issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: flow.redirectUri, client_id: flow.clientId, code_verifier: verifier, resource: flow.audience }),
  });
  const body = (await answer.json()) as { access_token?: string; error?: string };
  return body.access_token ? { token: body.access_token } : { refused: body.error ?? '' };
}

/** Signs in by a form of the page: `staff` or `slip`. */
export function signIn(flow: SignInFlow, door: 'staff' | 'slip', form: Readonly<Record<string, string>>): Promise<SignedIn> {
  return flowWith(flow, (browser, pageUrl) => browser.follow(`${pageUrl}/${door}`, flow.redirectUri, form));
}

/** Signs in by a link of the page. */
export function signInByLink(flow: SignInFlow, link: string): Promise<SignedIn> {
  return flowWith(flow, async (browser, pageUrl) => {
    const { text } = await browser.request(pageUrl);
    const target = new RegExp(`href="([^"]*/${link})"`).exec(text)?.[1];
    if (!target) throw new Error(`the page has no link to ${link}`);
    return browser.follow(new URL(target, pageUrl).toString(), flow.redirectUri);
  });
}
