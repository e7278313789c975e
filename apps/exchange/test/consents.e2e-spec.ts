import { archivesReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { County, giveMutation, type Home, lastDay, revokeMutation, scan } from './county';

describe('a consent', () => {
  let county: County;
  let home: Home;
  beforeAll(async () => {
    county = await County.open();
  });
  beforeEach(async () => {
    home = await county.home();
  });
  afterAll(() => county.service.close());

  const giving = (given: Readonly<Record<string, unknown>> = {}): { input: Record<string, unknown> } => ({
    input: { requestId: newId(), subjectId: home.householdId, memberId: home.adults[0], clientId: county.bank.accountId, purpose: 'loan', fromOn: '2031-03-01', lastDay, ...given },
  });
  const refused = (given: Readonly<Record<string, unknown>>, token = home.tokens[0]) => county.service.refused(giveMutation, giving(given), token);

  it('is given by a villager for oneself only', async () => {
    expect(await refused({ memberId: home.adults[1] })).toMatchObject({ code: 'consent.not-own', status: 403 });
    const other = await county.home();
    expect(await refused({ subjectId: other.householdId })).toMatchObject({ code: 'consent.not-own' });
    expect(await county.service.data(giveMutation, giving(), home.tokens[0])).toMatchObject({ giveConsent: { memberId: home.adults[0], lastDay } });
  });

  it('is recorded by the clerk of the village with the signed paper, for an adult of the household', async () => {
    expect(await refused({}, county.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scanSha256' }] });
    expect(await refused({ scanSha256: scan, memberId: newId() }, county.clerk)).toMatchObject({ code: 'consent.not-adult' });
    expect(await refused({ scanSha256: scan, memberId: null }, county.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'memberId' }] });
    const elsewhere = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] });
    expect(await refused({ scanSha256: scan }, elsewhere.token)).toMatchObject({ code: 'access.outside-division' });
    expect(await county.service.data(giveMutation, giving({ scanSha256: scan }), county.clerk)).toMatchObject({ giveConsent: { memberId: home.adults[0] } });
  });

  it('names a purpose and days that make sense, and is not recorded twice', async () => {
    expect(await refused({ purpose: 'everything' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'purpose' }] });
    expect(await refused({ fromOn: '2031-04-01', lastDay: '2031-03-31' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'lastDay' }] });
    expect(await refused({ fromOn: '2031-01-01', lastDay: '2031-02-28' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'lastDay' }] });
    await county.consent(home, 0);
    expect(await refused({})).toMatchObject({ code: 'consent.already-given' });
  });

  it('is taken back by whoever gave it, once, or by the clerk', async () => {
    const consentId = await county.consent(home, 0);
    const revoking = { input: { requestId: newId(), consentId } };
    expect(await county.service.refused(revokeMutation, revoking, home.tokens[1])).toMatchObject({ code: 'consent.not-own' });
    const stranger = await county.home();
    expect(await county.service.refused(revokeMutation, revoking, stranger.tokens[0])).toMatchObject({ code: 'not-found' });
    expect(await county.service.data(revokeMutation, revoking, county.clerk)).toMatchObject({ revokeConsent: { revokedOn: '2031-03-01' } });
    expect(await county.service.refused(revokeMutation, { input: { requestId: newId(), consentId } }, home.tokens[0])).toMatchObject({ code: 'consent.already-revoked' });
  });

  it('is given to registered institutions only, for what they are registered for', async () => {
    const [stranger, closed] = [newId(), newId()];
    county.strangers.add(stranger);
    county.closed.add(closed);
    expect(await refused({ clientId: stranger })).toMatchObject({ code: 'consent.unknown-client' });
    expect(await refused({ clientId: closed })).toMatchObject({ code: 'consent.unknown-client' });
    expect(await refused({ purpose: 'guarantee' })).toMatchObject({ code: 'consent.purpose-not-agreed' });
    expect(await county.service.data('{ consentPurposes { code zh } }', {}, county.clerk)).toMatchObject({ consentPurposes: expect.arrayContaining([{ code: 'loan', zh: '贷款' }]) });
  });

  it('fails closed when the archives do not answer', async () => {
    county.service.peer.fail(archivesReads.adults);
    expect(await refused({})).toMatchObject({ code: 'peer.unavailable', status: 503 });
    county.neighboursAnswer();
  });
});

describe('the change feed', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.open({ lookupsPerMinute: 10_000 });
  });
  afterAll(() => county.service.close());

  const changes = async (query: string, token = county.bank.token): Promise<{ status: number; body: { changes?: { subjectNo: string }[]; nextCursor?: string; code?: string } }> => {
    const response = await fetch(`${county.service.url}/v1/changes?${query}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as never };
  };

  it('tells a bank which of those who consented were rated anew, by number and days, and no grade', async () => {
    const [open, closed, half] = [await county.home(), await county.home(), await county.home()];
    await county.consentOfAll(open);
    await county.consent(half, 0);
    for (const home of [open, closed, half, open]) {
      await county.service.hear('rating.certified', { ratingId: newId(), subjectKind: 'household', subjectId: home.householdId, certifiedOn: '2031-03-01', lastDay: '2032-03-01' });
    }
    const first = await county.service.until(async () => {
      const page = await changes('purpose=loan&limit=1');
      return page.body.changes?.length === 1 && page;
    }, 'the first change to show');
    expect(first.body.changes).toEqual([{ subjectNo: open.subjectNo, subjectKind: 'household', certifiedOn: '2031-03-01', lastDay: '2032-03-01' }]);
    // A row shows once nothing older can still be committed, which other work on the same cluster may delay.
    const rest = await county.service.until(async () => {
      const page = await changes(`purpose=loan&after=${first.body.nextCursor}`);
      return page.body.changes?.length === 1 && page;
    }, 'the second change to show');
    expect(rest.body.changes?.map((change) => change.subjectNo)).toEqual([open.subjectNo]);
    expect((await changes(`purpose=loan&after=${rest.body.nextCursor}`)).body).toEqual({ changes: [], nextCursor: rest.body.nextCursor });
    expect((await changes('purpose=insurance')).body.changes).toEqual([]);
    expect((await changes('purpose=loan', (await county.service.client()).token)).body.changes).toEqual([]);
    expect(await changes('purpose=loan&after=x')).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
  });

});

describe('a bank that asks too fast', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.open({ lookupsPerMinute: 12 });
  });
  afterAll(() => county.service.close());

  it('gets answers only for the purposes its token was given for', async () => {
    const insurer = (await county.service.client(newId(), ['insurance'])).token;
    expect(await county.ask('lookups', { purpose: 'loan', subjectNo: 'H0001' }, { token: insurer })).toMatchObject({ status: 403, body: { code: 'auth.scope-missing', facts: { scope: 'purpose:loan' } } });
    expect(await county.ask('lookups', { purpose: 'insurance', subjectNo: 'H0001' }, { token: insurer })).toMatchObject({ status: 403, body: { code: 'consent.missing' } });
  });

  it('is limited per bank and minute', async () => {
    const items = Array.from({ length: 13 }, () => ({ subjectNo: 'H0001' }));
    expect(await county.ask('lookups/batch', { purpose: 'loan', items })).toMatchObject({ status: 429, body: { code: 'rate.limited' } });
    expect(await county.ask('lookups', { purpose: 'loan', subjectNo: 'H0001' }, { token: (await county.service.client()).token })).toMatchObject({ status: 403 });
  });
});
