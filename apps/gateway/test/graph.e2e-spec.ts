import { getIntrospectionQuery } from 'graphql';
import { type County, hidden, startCounty } from './county';

describe('the county graph', () => {
  let county: County;
  let token: string;

  beforeAll(async () => {
    county = await startCounty({ settings: { maxDepth: 6, maxCost: 1_000 } });
    token = await county.issuer.token();
  });
  beforeEach(() => {
    for (const peer of Object.values(county.peers)) peer.asked.length = 0;
  });
  afterAll(() => county.close());

  describe('joins the services', () => {
    it('answers one question about many households with one question to each service', async () => {
      const { data, errors } = await county.graph('{ households { id name scores { score } } }', {}, token);
      expect(errors).toBeUndefined();
      expect(data).toEqual({ households: ['h-0', 'h-1', 'h-2'].map((id) => ({ id, name: `${id}*`, scores: [{ score: '95.00' }] })) });
      expect(county.peers.archives.asked).toHaveLength(1);
      expect(county.peers.civility.asked).toHaveLength(1);
      expect(Object.values(county.peers.civility.asked[0]?.variables ?? {})).toEqual([['h-0', 'h-1', 'h-2']]);
    });

    it('shows a household although one service does not show its part, and that part as null', async () => {
      const { data, errors } = await county.graph('query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id name scores { score } } }', { ids: ['h-1', hidden] }, token);
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        householdsByIds: [
          { id: 'h-1', name: 'h-1*', scores: [{ score: '95.00' }] },
          { id: hidden, name: `${hidden}*`, scores: null },
        ],
      });
    });

    it('hands the bearer and one request id on to every service it asks', async () => {
      await county.graph('{ household(id: "h-1") { name scores { score } } }', {}, token);
      const asked = [...county.peers.archives.asked, ...county.peers.civility.asked];
      expect(asked.map((one) => one.authorization)).toEqual([`Bearer ${token}`, `Bearer ${token}`]);
      expect(new Set(asked.map((one) => one.requestId)).size).toBe(1);
    });

    it('asks as nobody when nobody signed in', async () => {
      await county.graph('{ households { id } }');
      expect(county.peers.archives.asked[0]?.authorization).toBeUndefined();
    });

    it('describes itself, whole', async () => {
      const sdl = await (await fetch(`${county.url}/schema.graphql`)).text();
      for (const field of ['households(first: Int = 20)', 'scores: [Score!]', 'ratingDoor: Boolean']) expect(sdl).toContain(field);
      expect((await county.graph(getIntrospectionQuery())).errors).toBeUndefined();
    });
  });

  describe('hands problems on', () => {
    it('with their code, status, facts, sentence and place, as the service told them', async () => {
      const { errors } = await county.graph('{ household(id: "outside") { id } }', {}, token);
      expect(errors).toEqual([
        {
          message: '所办事项不在您任职的行政区划内',
          path: ['household'],
          extensions: expect.objectContaining({
            code: 'access.outside-division',
            status: 403,
            title: '所办事项不在您任职的行政区划内',
            detail: '请改派本镇事项',
            facts: { divisionCode: '341525110000' },
            type: 'urn:credit-village:problem:access.outside-division',
          }),
        },
      ]);
    });

    it('with every fault of an input', async () => {
      const { errors } = await county.graph('mutation { verify(householdId: "", requestId: "r") }', {}, token);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'input.invalid', faults: [{ path: 'householdId', message: '请填写户编号' }] });
    });

    it('without a word of what broke inside a service', async () => {
      const { errors } = await county.graph('mutation { verify(householdId: "broken", requestId: "r") }', {}, token);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'internal.error', status: 500 });
      expect(JSON.stringify(errors)).not.toMatch(/张三|srv|34152519/);
    });
  });

  describe('limits what one question may cost', () => {
    const deep = (levels: number) => `{ household(id: "h-1") ${'{ scores { household '.repeat(levels)} { id } ${'} }'.repeat(levels)} }`;

    it('refuses one that is too deep, and says how deep it was', async () => {
      expect((await county.graph(deep(2), {}, token)).errors).toBeUndefined();
      const { errors } = await county.graph(deep(3), {}, token);
      expect(errors?.[0]).toMatchObject({ message: '查询层次过深，请简化查询', extensions: { code: 'query.too-deep', status: 400, facts: { depth: 8, limit: 6 } } });
    });

    it('looks into fragments', async () => {
      const query = `{ household(id: "h-1") { ...outer } } fragment outer on Household { scores { household { ...inner } } } fragment inner on Household { scores { household { ... on Household { scores { score } } } } }`;
      expect((await county.graph(query, {}, token)).errors?.[0]?.extensions).toMatchObject({ code: 'query.too-deep' });
    });

    it('counts a page by its rows, also when a variable says how many', async () => {
      const query = 'query ($first: Int) { households(first: $first) { id name scores { score } } }';
      expect((await county.graph(query, { first: 100 }, token)).errors).toBeUndefined();
      const { errors } = await county.graph(query, { first: 1_000 }, token);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'query.too-costly', status: 400, facts: { limit: 1_000 } });
      expect(county.peers.archives.asked).toHaveLength(1);
    });

    it('counts many ids, and the same field asked again under other names', async () => {
      const ids = Array.from({ length: 600 }, (_one, at) => `h-${at}`);
      expect((await county.graph('query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id name } }', { ids }, token)).errors?.[0]?.extensions).toMatchObject({ code: 'query.too-costly' });
      const aliases = Array.from({ length: 30 }, (_one, at) => `a${at}: households { id name }`).join(' ');
      expect((await county.graph(`{ ${aliases} }`, {}, token)).errors?.[0]?.extensions).toMatchObject({ code: 'query.too-costly' });
    });
  });

  describe('refuses at the door', () => {
    it.each([
      ['an expired token', { expiresIn: '-1m' }, 'auth.expired', '登录已过期，请重新登录'],
      ['a token for somebody else', { audience: 'urn:other' }, 'auth.invalid', '登录凭证无效，请重新登录'],
    ])('%s', async (_what, options, code, title) => {
      const answer = await county.post('{"query":"{ households { id } }"}', { authorization: `Bearer ${await county.issuer.token(options)}` });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code, title });
      expect(county.peers.archives.asked).toEqual([]);
    });

    it('a token that is none', async () => {
      const answer = await county.post('{"query":"{ households { id } }"}', { authorization: 'Bearer nonsense' });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'auth.invalid' });
    });

    it.each([
      ['no JSON', '{"query":', 'application/json', 400, 'input.unreadable'],
      ['nothing', '', 'application/json', 400, 'input.unreadable'],
      ['JSON that asks nothing', '{"query":7}', 'application/json', 400, 'input.invalid'],
      ['variables that are no object', '{"query":"{ households { id } }","variables":"x"}', 'application/json', 400, 'input.invalid'],
      ['a form, which a page of somebody else could send', 'query={households{id}}', 'application/x-www-form-urlencoded', 415, 'media.unsupported'],
      ['plain text, which a page of somebody else could send', '{"query":"{ households { id } }"}', 'text/plain', 415, 'media.unsupported'],
      ['more than a megabyte', JSON.stringify({ query: 'x'.repeat(1_100_000) }), 'application/json', 413, 'input.too-large'],
    ])('a body with %s', async (_what, body, type, status, code) => {
      const answer = await county.post(body, { 'content-type': type });
      expect(await answer.json()).toMatchObject({ code, status });
      expect(answer.status).toBe(status);
    });

    it.each([
      ['that cannot be read', '{ households {'],
      ['for a field that nobody has', '{ horoscope }'],
      ['without a variable it needs', 'query ($id: ID!) { household(id: $id) { id } }'],
      ['for an operation it does not contain', 'query a { households { id } } query b { households { id } }'],
    ])('a query %s, with its place and without asking a service', async (_what, query) => {
      const { errors } = await county.graph(query, {}, token);
      expect(errors?.[0]).toMatchObject({ message: '提交的内容有误，请按提示逐项改正后重新提交', extensions: { code: 'input.invalid', status: 400 } });
      expect(errors?.[0]?.extensions.faults?.[0]?.message).not.toBe('');
      expect(county.peers.archives.asked).toEqual([]);
    });
  });
});

describe('the county graph while services are away', () => {
  it('answers that they are unavailable until all have started, and then works without a restart', async () => {
    const county = await startCounty({ down: ['rating', 'civility'] });
    try {
      expect((await county.graph('{ households { id } }')).errors?.[0]).toMatchObject({ message: expect.stringContaining('相关服务暂时不可用'), extensions: { code: 'peer.unavailable', status: 503 } });
      expect((await fetch(`${county.url}/schema.graphql`)).status).toBe(503);
      await Promise.all([county.peers.rating.start(), county.peers.civility.start()]);
      expect(await county.graph('{ household(id: "h-1") { id scores { score } } }')).toEqual({ data: { household: { id: 'h-1', scores: [{ score: '95.00' }] } } });
    } finally {
      await county.close();
    }
  });

  it('goes on answering what the others know, says which part is missing, and heals', async () => {
    const county = await startCounty();
    try {
      const query = '{ household(id: "h-1") { id name scores { score } } }';
      await county.graph(query);
      await county.peers.civility.stop();
      const { data, errors } = await county.graph(query);
      expect(data).toEqual({ household: { id: 'h-1', name: 'h-1*', scores: null } });
      expect(errors).toEqual([expect.objectContaining({ path: ['household', 'scores'], extensions: expect.objectContaining({ code: 'peer.unavailable', status: 503 }) })]);
      await county.peers.civility.start();
      expect((await county.graph(query)).errors).toBeUndefined();
    } finally {
      await county.close();
    }
  });
});
