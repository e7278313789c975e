import { type County, publicUrl, startCounty } from './county';

/** What a browser keeps: the cookies, and the place it is sent to. */
interface Step {
  readonly status: number;
  readonly location: URL;
  readonly lines: readonly string[];
  readonly cookie: string;
  readonly body: () => Promise<Record<string, unknown>>;
}

describe('signing in through the gateway', () => {
  let county: County;

  beforeAll(async () => {
    county = await startCounty();
  });
  afterEach(() => county.issuer.breakTokens(false));
  afterAll(() => county.close());

  const visit = async (path: string, cookie = ''): Promise<Step> => {
    const answer = await fetch(`${county.url}${path}`, { redirect: 'manual', headers: { cookie } });
    const lines = answer.headers.getSetCookie();
    return {
      status: answer.status,
      location: new URL(answer.headers.get('location') ?? '/nowhere', publicUrl),
      lines,
      cookie: lines.map((line) => line.split(';')[0] ?? '').filter((pair) => !pair.endsWith('=')).join('; '),
      body: () => answer.json() as Promise<Record<string, unknown>>,
    };
  };
  const callback = (back: URL): string => back.pathname + back.search;
  /** Begins, signs in at the provider, and comes back. */
  const signIn = async (): Promise<Step> => {
    const begun = await visit('/sign-in');
    return visit(callback(county.issuer.approve(begun.location)), begun.cookie);
  };
  const asks = (cookie: string) => county.post('{"query":"{ household(id: \\"h-1\\") { id } }"}', { cookie });

  it('sends the browser to the provider with a challenge, never with the secret behind it', async () => {
    const { status, location, lines } = await visit('/sign-in');
    expect(status).toBe(303);
    expect(location.href).toContain(`${county.issuer.issuer}/auth?`);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      client_id: 'county-frontend',
      response_type: 'code',
      scope: 'openid credit',
      redirect_uri: `${publicUrl}/sign-in/callback`,
      resource: 'urn:credit-village',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(lines.join()).not.toContain(location.searchParams.get('state'));
  });

  it('is never guessable: each attempt has its own state and challenge', async () => {
    const [first, second] = [await visit('/sign-in'), await visit('/sign-in')];
    for (const name of ['state', 'code_challenge']) expect(first.location.searchParams.get(name)).not.toBe(second.location.searchParams.get(name));
  });

  it('brings the browser home with a session that scripts cannot read and that does not show the token', async () => {
    const home = await signIn();
    expect(home.status).toBe(303);
    expect(home.location.pathname).toBe('/');
    const session = home.lines.find((line) => line.startsWith('credit_session='));
    expect(session).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
    expect(session?.split('.')).toHaveLength(5);
    expect(home.lines.find((line) => line.startsWith('credit_attempt='))).toContain('credit_attempt=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
  });

  it('asks the services as the person who signed in', async () => {
    const { cookie } = await signIn();
    county.peers.archives.asked.length = 0;
    expect(await (await asks(cookie)).json()).toEqual({ data: { household: { id: 'h-1' } } });
    const token = county.peers.archives.asked[0]?.authorization?.replace('Bearer ', '') ?? '';
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: 'a-person', aud: 'urn:credit-village' });
  });

  it('ends with the session', async () => {
    const out = await visit('/sign-out', (await signIn()).cookie);
    expect(out.status).toBe(303);
    expect(out.lines).toEqual(['credit_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0']);
  });

  it('keeps its cookies to encrypted connections where the gateway is reached by one', async () => {
    const secured = await startCounty({ settings: { publicUrl: 'https://credit.example/' } });
    try {
      const answer = await fetch(`${secured.url}/sign-in`, { redirect: 'manual' });
      expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/);
      expect(new URL(answer.headers.get('location') ?? '').searchParams.get('redirect_uri')).toBe('https://credit.example/sign-in/callback');
    } finally {
      await secured.close();
    }
  });

  describe('refuses', () => {
    const signInFailed = { code: 'sign-in.failed', status: 400, title: '登录没有完成，请重新登录' };

    it('a way back with another state than the way out', async () => {
      const begun = await visit('/sign-in');
      const back = county.issuer.approve(begun.location);
      back.searchParams.set('state', 'of-somebody-else');
      const refused = await visit(callback(back), begun.cookie);
      expect(refused.status).toBe(400);
      expect(await refused.body()).toMatchObject(signInFailed);
      expect(refused.lines).toEqual([]);
    });

    it('the way back of an attempt that another browser began', async () => {
      const [mine, theirs] = [await visit('/sign-in'), await visit('/sign-in')];
      const refused = await visit(callback(county.issuer.approve(theirs.location)), mine.cookie);
      expect(await refused.body()).toMatchObject(signInFailed);
    });

    it('a code that was stolen: the provider asks for the secret that only the first browser holds', async () => {
      const [mine, theirs] = [await visit('/sign-in'), await visit('/sign-in')];
      const stolen = county.issuer.approve(theirs.location);
      stolen.searchParams.set('state', mine.location.searchParams.get('state') ?? '');
      const refused = await visit(callback(stolen), mine.cookie);
      expect(await refused.body()).toMatchObject(signInFailed);
      expect(refused.lines).toEqual([]);
    });

    it('a code used a second time', async () => {
      const begun = await visit('/sign-in');
      const back = callback(county.issuer.approve(begun.location));
      expect((await visit(back, begun.cookie)).status).toBe(303);
      expect(await (await visit(back, begun.cookie)).body()).toMatchObject(signInFailed);
    });

    it('a refusal of the provider, which brings no code', async () => {
      const begun = await visit('/sign-in');
      const refused = await visit(`/sign-in/callback?error=access_denied&state=${begun.location.searchParams.get('state') ?? ''}`, begun.cookie);
      expect(await refused.body()).toMatchObject(signInFailed);
    });

    it('a way back without a way out', async () => {
      const refused = await visit('/sign-in/callback?code=c&state=s');
      expect(refused.status).toBe(401);
      expect(await refused.body()).toMatchObject({ code: 'auth.expired' });
    });

    it('a session that was tampered with', async () => {
      const { cookie } = await signIn();
      const answer = await asks(`${cookie.slice(0, -4)}AAAA`);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'auth.expired' });
    });

    it('an attempt in place of a session', async () => {
      const { cookie } = await visit('/sign-in');
      expect((await asks(cookie.replace('credit_attempt', 'credit_session'))).status).toBe(401);
    });
  });

  it('says that the provider is away, and nothing more', async () => {
    const begun = await visit('/sign-in');
    const back = callback(county.issuer.approve(begun.location));
    county.issuer.breakTokens(true);
    const refused = await visit(back, begun.cookie);
    expect(refused.status).toBe(503);
    expect(await refused.body()).toMatchObject({ code: 'peer.unavailable', facts: { owner: 'issuer' } });
    expect(refused.lines).toEqual([]);
  });
});
