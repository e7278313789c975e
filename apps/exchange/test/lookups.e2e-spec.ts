import { archivesReads, ratingReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { canonicalText } from '../src/signing/answer-signer';
import { County, giveMutation, lastDay, residentId, revokeMutation, scan } from './county';

const missing = { status: 403, body: { code: 'consent.missing' } };

describe('a look-up by a bank', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.open();
  });
  afterAll(() => county.service.close());

  const publishedKeys = async (): Promise<ReturnType<typeof createLocalJWKSet>> => createLocalJWKSet((await (await fetch(`${county.service.url}/v1/jwks.json`)).json()) as JSONWebKeySet);
  const loggedQueries = async (): Promise<number> => (await county.service.admin.query<{ n: number }>('SELECT count(*)::int AS n FROM exchange.query_log')).rows[0]?.n ?? 0;

  it('is refused without consent, in the same words as for somebody unknown', async () => {
    const home = await county.home();
    const without = await county.ask('lookups', { residentId: home.residentIds[0], purpose: 'loan' });
    const unknown = await county.ask('lookups', { residentId: residentId(900), purpose: 'loan' });
    expect(without).toMatchObject(missing);
    expect(without.type).toContain('application/problem+json');
    const words = ({ body }: { body: Record<string, unknown> }) => ({ ...body, requestId: '', facts: Object.keys(body['facts'] as object) });
    expect(words(unknown)).toEqual(words(without));
  });

  it('is answered when every adult has consented, signed so that the bank can keep it as proof', async () => {
    const home = await county.home();
    await county.consentOfAll(home);
    const { status, body } = await county.ask('lookups', { residentId: home.residentIds[1], purpose: 'loan' });
    const { signature, ...answer } = body;
    expect(status).toBe(200);
    expect(answer).toEqual({
      queryId: expect.any(String) as string,
      clientId: county.bank.accountId,
      purpose: 'loan',
      answeredAt: expect.stringMatching(/^2031-03-01T/) as string,
      subjectNo: home.subjectNo,
      subjectKind: 'household',
      status: 'valid',
      grade: 'AA',
      creditSubject: true,
      certifiedOn: '2031-01-10',
      lastDay: '2032-01-10',
      disputed: false,
      scorecard: { id: 'H-2022', version: 1 },
    });
    const verified = await compactVerify(String(signature), await publishedKeys());
    expect(new TextDecoder().decode(verified.payload)).toBe(canonicalText(answer));
    const [head, , tail] = String(signature).split('.');
    const forged = [head, Buffer.from(canonicalText({ ...answer, grade: 'AAA' })).toString('base64url'), tail].join('.');
    await expect(compactVerify(forged, await publishedKeys())).rejects.toThrow('signature');
  });

  it('is refused while one adult is missing', async () => {
    const home = await county.home();
    await county.consent(home, 0);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject(missing);
    await county.consent(home, 1);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ status: 200 });
  });

  it('is refused when somebody came of age or moved in since', async () => {
    const home = await county.home();
    await county.consentOfAll(home);
    county.service.peer.answer(archivesReads.adults, [...home.adults, newId()].map((memberId) => ({ memberId })));
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject(missing);
    county.neighboursAnswer();
  });

  it('is refused for another purpose, for another bank, before the first day and after the last', async () => {
    const home = await county.home();
    for (const adult of [0, 1]) await county.consent(home, adult, { fromOn: '2031-03-02', lastDay: '2031-03-03' });
    const ask = (given: Readonly<Record<string, unknown>> = {}, token?: string) => county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan', ...given }, token ? { token } : {});
    expect(await ask()).toMatchObject(missing);
    await county.service.moveClockTo('2031-03-02T00:00:00+08:00');
    expect(await ask()).toMatchObject({ status: 200 });
    expect(await ask({ purpose: 'insurance' })).toMatchObject(missing);
    expect(await ask({}, (await county.service.client()).token)).toMatchObject(missing);
    await county.service.moveClockTo('2031-03-03T23:59:55+08:00');
    expect(await ask()).toMatchObject({ status: 200 });
    await county.service.moveClockTo('2031-03-04T00:00:00+08:00');
    expect(await ask()).toMatchObject(missing);
  });

  it('is refused as soon as one adult has taken the consent back', async () => {
    const home = await county.home();
    const [consentId] = await county.consentOfAll(home);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ status: 200 });
    await county.service.data(revokeMutation, { input: { requestId: newId(), consentId } }, home.tokens[0]);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ status: 403, body: { code: 'consent.revoked' } });
    await county.consent(home, 0);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ status: 200 });
  });

  it('tells an expired, a disputed and a missing rating as they are at this moment', async () => {
    const home = await county.home({ status: 'expired', disputed: true });
    await county.consentOfAll(home);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ body: { status: 'expired', disputed: true } });
    county.ratings.delete(home.householdId);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ body: { status: 'unrated', grade: null, scorecard: null } });
  });

  it('of an entity needs the consent recorded for the entity itself', async () => {
    county.rate(county.entity.subjectId, { subjectKind: 'entity' });
    expect(await county.ask('lookups', { creditCode: county.entity.creditCode, purpose: 'loan' })).toMatchObject(missing);
    const input = { requestId: newId(), subjectId: county.entity.subjectId, clientId: county.bank.accountId, purpose: 'loan', fromOn: '2031-03-01', lastDay, scanSha256: scan };
    await county.service.data(giveMutation, { input }, county.clerk);
    expect(await county.ask('lookups', { creditCode: county.entity.creditCode, purpose: 'loan' })).toMatchObject({ status: 200, body: { subjectKind: 'entity', subjectNo: 'E0001' } });
  });

  it('repeated with its key gets the same answer once more, and another body under that key is refused', async () => {
    const home = await county.home();
    await county.consentOfAll(home);
    const key = newId();
    const body = { subjectNo: home.subjectNo, purpose: 'loan' };
    const first = await county.ask('lookups', body, { key });
    const before = await loggedQueries();
    expect(await county.ask('lookups', body, { key })).toEqual(first);
    expect(await loggedQueries()).toBe(before);
    expect(await county.ask('lookups', { ...body, purpose: 'insurance' }, { key })).toMatchObject({ status: 422, body: { code: 'request.key-reused' } });
    expect(await county.ask('lookups', body, { key: null })).toMatchObject({ status: 400, body: { code: 'request.key-missing' } });
  });

  it('is refused to an expired or foreign token, to officials and to villagers', async () => {
    const home = await county.home();
    const body = { subjectNo: home.subjectNo, purpose: 'loan' };
    const expired = await county.service.issuer.token({ sub: newId(), kind: 'client' }, { expiresIn: '-1m' });
    expect(await county.ask('lookups', body, { token: expired })).toMatchObject({ status: 401, body: { code: 'auth.expired' } });
    const foreign = await county.service.issuer.token({ sub: newId(), kind: 'client' }, { audience: 'urn:other' });
    expect(await county.ask('lookups', body, { token: foreign })).toMatchObject({ status: 401, body: { code: 'auth.invalid' } });
    for (const token of [county.clerk, home.tokens[0] ?? '']) expect(await county.ask('lookups', body, { token })).toMatchObject({ status: 403, body: { code: 'access.denied' } });
  });

  it('with faulty input says in Chinese what to do and asks nothing', async () => {
    const before = await loggedQueries();
    const wrong = residentId(1).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const body of [{ residentId: wrong, purpose: 'loan' }, { purpose: 'loan' }, { subjectNo: 'H0001', residentId: residentId(1), purpose: 'loan' }, { subjectNo: 'H0001', purpose: 'curiosity' }, { subjectNo: 'H0001', purpose: 'loan', name: 'x' }]) {
      const { status, body: answer } = await county.ask('lookups', body);
      expect([status, answer['code']]).toEqual([400, 'input.invalid']);
      expect(JSON.stringify(answer)).toMatch(/[一-龥]/);
      expect(JSON.stringify(answer)).not.toContain(wrong);
    }
    expect(await loggedQueries()).toBe(before);
  });

  it('fails closed when rating does not answer, and leaves no line behind', async () => {
    const home = await county.home();
    await county.consentOfAll(home);
    const before = await loggedQueries();
    county.service.peer.fail(ratingReads.currentRatings);
    expect(await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' })).toMatchObject({ status: 503, body: { code: 'peer.unavailable' } });
    expect(await loggedQueries()).toBe(before);
    county.neighboursAnswer();
  });

  it('of a batch gives each its own result, in order, with the bank\'s own reference', async () => {
    const [first, second] = [await county.home(), await county.home()];
    await county.consentOfAll(first);
    const items = [
      { subjectNo: first.subjectNo, ref: 'a' },
      { residentId: second.residentIds[0], ref: 'b' },
      { residentId: residentId(901) },
      { residentId: first.residentIds[1], ref: 'd' },
    ];
    const { status, body } = await county.ask('lookups/batch', { purpose: 'loan', items });
    expect(status).toBe(200);
    const results = body['results'] as { ref: string | null; outcome: string; answer: { subjectNo: string; signature: string } | null }[];
    expect(results.map(({ ref, outcome, answer }) => [ref, outcome, answer?.subjectNo ?? null])).toEqual([
      ['a', 'answered', first.subjectNo],
      ['b', 'consent.missing', null],
      [null, 'consent.missing', null],
      ['d', 'answered', first.subjectNo],
    ]);
    const { signature, ...answer } = results[0]?.answer ?? { signature: '' };
    expect(new TextDecoder().decode((await compactVerify(signature, await publishedKeys())).payload)).toBe(canonicalText(answer));
  });

  it('refuses a batch with a fault as a whole, naming each place, and one that is too large', async () => {
    const before = await loggedQueries();
    const faulty = await county.ask('lookups/batch', { purpose: 'loan', items: [{ subjectNo: 'H0001' }, {}, { residentId: '1' }] });
    expect(faulty).toMatchObject({ status: 400, body: { faults: [{ path: 'items.1' }, { path: 'items.2.residentId' }] } });
    const large = await county.ask('lookups/batch', { purpose: 'loan', items: Array.from({ length: 1001 }, () => ({ subjectNo: 'H0001' })) });
    expect(large).toMatchObject({ status: 400, body: { faults: [{ message: expect.stringContaining('1000') as string }] } });
    expect(await loggedQueries()).toBe(before);
  });

  it('stands in a log that the household itself sees, and nobody else\'s', async () => {
    const home = await county.home();
    await county.consent(home, 0);
    await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' });
    await county.consent(home, 1);
    await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' });
    const query = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id consents { memberId status } queries { clientId purpose outcome } } }';
    const seen = await county.service.data<{ householdsByIds: unknown[] }>(query, { ids: [home.householdId, county.homes[0]?.householdId] }, home.tokens[1]);
    const line = { clientId: county.bank.accountId, purpose: 'loan' };
    expect(seen.householdsByIds[0]).toMatchObject({ queries: [{ ...line, outcome: 'answered' }, { ...line, outcome: 'consent.missing' }], consents: [{ status: 'valid' }, { status: 'valid' }] });
    expect(seen.householdsByIds[1]).toBeNull();
    expect(await county.service.data(query, { ids: [home.householdId] }, county.clerk)).toMatchObject({ householdsByIds: [{ queries: [] }] });
    const officer = await county.service.account({ posts: [{ role: 'county-officer', divisionCode: '341525000000' }] });
    const page = await county.service.data<{ queryRecords: { rows: unknown[]; nextCursor: string | null } }>('{ queryRecords(first: 2) { rows { subjectId outcome } nextCursor } }', {}, officer.token);
    expect(page.queryRecords).toMatchObject({ rows: [{ subjectId: home.householdId }, { subjectId: home.householdId }], nextCursor: expect.any(String) as string });
  });

  it('writes no personal data to the service\'s log, its audit trail or its stored answers', async () => {
    county.service.peer.fail(archivesReads.resolveSubject);
    expect(await county.ask('lookups', { residentId: residentId(7), purpose: 'loan' })).toMatchObject({ status: 503 });
    county.neighboursAnswer();
    expect(county.logged.length).toBeGreaterThan(5);
    const stored: unknown[] = [];
    for (const table of ['audit', 'idempotency', 'query_log', 'outbox']) stored.push(...(await county.service.admin.query(`SELECT * FROM exchange.${table}`)).rows);
    expect(`${county.logged.join('')}${JSON.stringify(stored)}`).not.toMatch(/99999919900101/);
  });

  it('keeps its signing key over a restart: old answers still verify', async () => {
    const home = await county.home();
    await county.consentOfAll(home);
    const { body } = await county.ask('lookups', { subjectNo: home.subjectNo, purpose: 'loan' });
    await county.service.restart();
    await compactVerify(String(body['signature']), await publishedKeys());
    expect((await (await fetch(`${county.service.url}/v1/jwks.json`)).text())).not.toContain('"d"');
  });

  it('is documented as OpenAPI 3.1 and as a page that fetches nothing', async () => {
    const document = (await (await fetch(`${county.service.url}/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
      components: { schemas: Record<string, { properties: Record<string, unknown> }> };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted((a, b) => a.localeCompare(b))).toEqual(['/v1/changes', '/v1/jwks.json', '/v1/lookups', '/v1/lookups/batch', '/v1/province/changes', '/v1/province/receipts', '/v1/province/summary', '/v1/purposes']);
    expect(JSON.stringify(document)).not.toContain('nullable');
    expect(document.components.schemas['SignedAnswerBody']?.properties['grade']).toMatchObject({ type: ['string', 'null'] });
    const page = await fetch(`${county.service.url}/v1/docs`);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('查询信用评价结果');
    expect(html).not.toMatch(/<script|<link|src=/);
    expect(html).toContain('Idempotency-Key');
  });
});
