import { newId } from '@credit/platform';
import { type County, startCounty } from './county';

let county: County;

beforeAll(async () => {
  county = await startCounty();
});
afterAll(() => county.close());

describe('the pages of the gateway', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '党建引领信用村'],
    ['/console.css', 'text/css; charset=utf-8', 'body {'],
    ['/console.js', 'text/javascript; charset=utf-8', '/graphql'],
  ])('answer %s as %s', async (path, type, contains) => {
    const answer = await fetch(`${county.url}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await answer.text()).toContain(contains);
  });

  it('let a browser load and run nothing that is not their own, nowhere framed, and work without https in an office network', async () => {
    const policy = (await fetch(`${county.url}/`)).headers.get('content-security-policy') ?? '';
    const directives = new Map(policy.split(';').map((one) => one.trim().split(/ (.*)/) as [string, string]));
    expect(directives.get('default-src')).toBe("'none'");
    for (const name of ['script-src', 'style-src', 'connect-src']) expect(directives.get(name)).toBe("'self'");
    for (const name of ['base-uri', 'frame-ancestors', 'form-action']) expect(directives.get(name)).toBe("'none'");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|\*|https?:/);
  });

  it('hold no script and no style of their own, which that policy would refuse', async () => {
    const html = await (await fetch(`${county.url}/`)).text();
    expect(html).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/);
  });

  it('say in Chinese that a page is not there', async () => {
    const answer = await fetch(`${county.url}/nowhere`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'not-found', title: '没有找到所要的内容，请核对编号' });
  });
});

describe('the progress of long work', () => {
  interface Seen {
    readonly type: string;
    readonly data: Record<string, unknown>;
  }
  const ask = async (path: string, token?: string): Promise<Response> => fetch(`${county.url}/progress/${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  const eventsOf = async (answer: Response): Promise<Seen[]> =>
    (await answer.text())
      .split('\n\n')
      .filter((block) => block.includes('data:'))
      .map((block) => ({ type: /^event: (.*)$/m.exec(block)?.[1] ?? '', data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as Record<string, unknown> }));

  it('is told step by step until it is over, and the stream ends then', async () => {
    const id = newId();
    county.imports.set(id, [
      { state: 'running', done: 1, total: 3 },
      { state: 'running', done: 2, total: 3 },
      { state: 'done', done: 3, total: 3 },
    ]);
    const answer = await ask(`import/${id}`, await county.issuer.token());
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(await eventsOf(answer)).toEqual([
      { type: 'progress', data: { id, state: 'running', done: 1, total: 3 } },
      { type: 'progress', data: { id, state: 'running', done: 2, total: 3 } },
      { type: 'over', data: { id, state: 'done', done: 3, total: 3 } },
    ]);
  });

  it('is over too when the work failed', async () => {
    const id = newId();
    county.imports.set(id, [{ state: 'failed', done: 0, total: 3 }]);
    expect(await eventsOf(await ask(`import/${id}`, await county.issuer.token()))).toEqual([{ type: 'over', data: { id, state: 'failed', done: 0, total: 3 } }]);
  });

  it('ends with the problem when the owner refuses to tell', async () => {
    const events = await eventsOf(await ask(`import/${newId()}`, await county.issuer.token()));
    expect(events).toEqual([{ type: 'problem', data: expect.objectContaining({ code: 'not-found', status: 404 }) }]);
  });

  it('is asked for as the person who follows it, and no longer once that person left', async () => {
    const id = newId();
    county.imports.set(id, [{ state: 'running', done: 1, total: 3 }]);
    const token = await county.issuer.token();
    county.peers.archives.asked.length = 0;
    const leaving = new AbortController();
    const answer = await fetch(`${county.url}/progress/import/${id}`, { headers: { authorization: `Bearer ${token}` }, signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    const asked = county.peers.archives.asked.length;
    expect(county.peers.archives.asked[0]?.authorization).toBe(`Bearer ${token}`);
    const over = newId();
    county.imports.set(over, Array.from({ length: 4 }, (_one, at) => ({ state: at === 3 ? 'done' : 'running', done: at, total: 3 })));
    await eventsOf(await ask(`import/${over}`, token));
    expect(county.peers.archives.asked.slice(asked).filter((one) => Object.values(one.variables).includes(id)).length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a kind of work that nobody follows', 'export/01890a5d-ac96-774b-bcce-b302099a8057', 404, 'progress.unknown-kind'],
    ['a name every object has', 'constructor/01890a5d-ac96-774b-bcce-b302099a8057', 404, 'progress.unknown-kind'],
    ['an id that is none', 'import/1', 400, 'input.unreadable'],
  ])('refuses %s', async (_what, path, status, code) => {
    const answer = await ask(path, await county.issuer.token());
    expect(await answer.json()).toMatchObject({ code });
    expect(answer.status).toBe(status);
  });

  it('is for people who signed in', async () => {
    const [nobody, expired] = [await ask(`import/${newId()}`), await ask(`import/${newId()}`, await county.issuer.token({ expiresIn: '-1m' }))];
    expect([nobody.status, expired.status]).toEqual([401, 401]);
    expect(await nobody.json()).toMatchObject({ code: 'auth.missing' });
    expect(await expired.json()).toMatchObject({ code: 'auth.expired' });
  });
});
