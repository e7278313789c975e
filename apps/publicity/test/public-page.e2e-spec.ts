import { identityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { postMutation, type Shown, Town, village } from './town';

const suspendMutation = 'mutation ($input: SuspendPublicationInput!) { suspendPublication(input: $input) { state } }';

describe('村民公开页', () => {
  let town: Town;
  let shown: Shown;
  beforeEach(async () => {
    town = await Town.open();
    town.service.peer.answer(identityReads.slipHolder, ({ code, tail }) => (code === 'C0DE1' && tail === '123X' ? [{ householdId: town.household(1), memberId: newId() }] : []));
    shown = await town.posted();
  });
  afterEach(() => town.close());

  const page = (): Promise<{ status: number; text: string }> => town.page(`/p/${village}`);
  const own = async (form: Readonly<Record<string, string>>, villageCode = village) => {
    const response = await fetch(`${town.service.url}/p/${villageCode}/own`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const right = { code: 'C0DE1', tail: '123X' };

  it('shows everybody what hangs in the village, where and until when, and names no villager', async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    for (const words of [shown.title, '公示至2030年12月8日24:00', '异议截止2030年12月18日24:00', '上湾组（2030年12月1日张贴）']) expect(text).toContain(words);
    expect(text).not.toMatch(/张\*|95\.00/);
    expect((await town.page('/p/12')).status).toBe(400);
    expect((await town.page('/p/341525109999')).text).toContain('目前没有正在公示的内容');
  });

  it('shows the list of items, which is about nobody, and the names of villages, which are published to everybody', async () => {
    await town.posted({ kind: 'publication.content' });
    town.label = '大化坪村';
    const list = await town.draft({ kind: 'publication.village', owner: 'rating' });
    await town.service.data(postMutation, town.posting(list, 0), town.token('county-officer'));
    const { text } = await page();
    expect(text).toContain('<li>孝敬老人 加3分</li>');
    expect(text).toContain('县级公开平台');
    expect(text).toContain('大化坪村、大化坪村');
  });

  it('runs nothing, sets no cookie, fetches nothing and may not be framed', async () => {
    const response = await fetch(`${town.service.url}/p/${village}`);
    const text = await response.text();
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(text).not.toMatch(/<script|<img|src=|<link|style=/);
    expect(text).toContain('font:22px');
  });

  it('shows a household its own result with the code on the slip and the last four of the ID, and nobody else’s', async () => {
    const { status, text, headers } = await own(right);
    expect(status).toBe(200);
    for (const words of [shown.title, '评议得分：95.00', '如有异议，请于2030年12月18日24:00前提出']) expect(text).toContain(words);
    expect(text.match(/95\.00/g)).toHaveLength(1);
    expect([headers.get('set-cookie'), headers.get('cache-control')]).toEqual([null, 'no-store']);
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(town.service.peer.asked(identityReads.slipHolder)[0]).toMatchObject({ ...right, address: expect.stringMatching(/127\.0\.0\.1|::1/) as string });
  });

  it('answers alike and no faster whatever was wrong', async () => {
    const wrong = [{ code: 'N0NE', tail: '123X' }, { code: 'C0DE1', tail: '0000' }, { code: '', tail: '123X' }, { code: 'C0DE1', tail: '12' }, { code: 'C'.repeat(21), tail: '123X' }, {}];
    const pages = new Set<string>();
    for (const form of wrong) {
      const started = performance.now();
      const { status, text } = await own(form as Record<string, string>);
      expect(performance.now() - started).toBeGreaterThanOrEqual(390);
      expect(status).toBe(403);
      pages.add(text);
    }
    expect(pages.size).toBe(1);
    expect([...pages][0]).toContain('未能查询');
  });

  it('says that it cannot look now when identity is not there', async () => {
    town.service.peer.fail(identityReads.slipHolder);
    const { status, text } = await own(right);
    expect(status).toBe(503);
    expect(text).toContain('暂时不能查询');
  });

  it('shows nothing of a household in another village, of a draft, of what is suspended, or after the end', async () => {
    expect((await own(right, '341525109205')).text).toContain('目前没有正在公示的');
    await town.draft({ kind: 'publication.rating', owner: 'rating', key: `${newId()}:${village}` });
    expect((await own(right)).text.match(/<section>/g)).toHaveLength(1);
    await town.service.data(suspendMutation, { input: { requestId: newId(), publicationId: shown.id, reason: 'complaint' } }, town.token('town-supervisor'));
    expect((await own(right)).text).not.toContain('95.00');
    expect((await page()).text).toContain('镇监督小组已暂停这次公示');
  });

  it('tells everybody afterwards only that it hung, whether or not an alarm rang', async () => {
    await town.service.moveClockTo('2030-12-09T00:00:00+08:00');
    const { text } = await page();
    expect(text).toContain(`《${shown.title}》，2030年12月1日至2030年12月8日公示，已结束`);
    expect((await own(right)).text).not.toContain('95.00');
  });
});
