import { newId } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { exchange } from '../src/exchange.service';
import { NightlyRound } from '../src/province/nightly-round';
import type { ProvinceRow } from '../src/province/province-row';
import { Archives, county, village } from './province';

interface Page {
  readonly changes: ProvinceRow[];
  readonly nextCursor: string;
}

describe('the provincial platform that fetches by itself', () => {
  let service: TestService;
  let archives: Archives;
  let token: string;
  beforeAll(async () => {
    service = await startTestService(exchange, { environment: { PROVINCE_COUNTY: county } });
    archives = new Archives();
    archives.answer(service);
    token = (await service.client(newId(), ['province-sync'])).token;
    await service.moveClockTo('2031-03-01');
  });
  afterAll(() => service.close());

  const day = async (on: string): Promise<void> => {
    await service.moveClockTo(on);
    await service.app.get(NightlyRound).execute();
  };
  const get = (path: string, by = token) => fetch(`${service.url}/v1/province/${path}`, { headers: { authorization: `Bearer ${by}` } });
  const changesAfter = async (after: string, limit = 200): Promise<Page> => (await (await get(`changes?after=${after}&limit=${limit}`)).json()) as Page;
  const post = (receipts: unknown, key = newId(), by = token) =>
    fetch(`${service.url}/v1/province/receipts`, { method: 'POST', headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify({ receipts }) });

  it('gets the rows in the order of their changes, page by page, with the listed items and no others', async () => {
    const files = [archives.file({ householderName: '不应上报' }), archives.file(), archives.file()];
    await day('2031-03-02');
    const first = await changesAfter('0', 2);
    const second = await changesAfter(first.nextCursor, 2);
    const rows = [...first.changes, ...second.changes];
    expect(rows.map(({ recordId }) => recordId).toSorted((a, b) => a.localeCompare(b))).toEqual(files.map(({ fileId }) => fileId).toSorted((a, b) => a.localeCompare(b)));
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map(({ sequence }) => sequence).toSorted((a, b) => a - b));
    expect(rows.find(({ recordId }) => recordId === files[0]?.fileId)).toMatchObject({ schema: 1, op: 'upsert', villageCode: village, subjectNo: files[0]?.subjectNo, items: { ableWorkers: '2', annualIncome: '80000.00' } });
    expect(JSON.stringify(rows)).not.toContain('不应上报');
    expect(await changesAfter(second.nextCursor)).toEqual({ changes: [], nextCursor: second.nextCursor });
  });

  it('is told of a correction and of an erasure after its cursor, and nothing of what waits for verification', async () => {
    const [corrected, erased, waiting] = [archives.file(), archives.file(), archives.file()];
    await day('2031-03-03');
    const { nextCursor } = await changesAfter('0');
    archives.correct(corrected, { annualIncome: '1.00' });
    Object.assign(erased, { state: 'erased', version: 2 });
    Object.assign(waiting, { state: 'pending', version: 2 });
    await day('2031-03-04');
    const { changes } = await changesAfter(nextCursor);
    expect(changes.map(({ recordId, op }) => [recordId, op]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual(
      [[corrected.fileId, 'upsert'], [erased.fileId, 'delete']].toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    );
    expect(changes.find(({ op }) => op === 'delete')).toEqual({ schema: 1, op: 'delete', recordId: erased.fileId, sequence: expect.any(Number) as number, version: 2, villageCode: village, reason: 'erased' });
  });

  it('posts receipts, which show in the county’s own count and as a task of the village', async () => {
    const { changes } = await changesAfter('0');
    const [bad, ...good] = changes.filter(({ op }) => op === 'upsert');
    const receipts = [
      ...good.map(({ recordId, sequence }) => ({ recordId, sequence, outcome: 'accepted' })),
      { recordId: bad?.recordId, sequence: bad?.sequence, outcome: 'rejected', code: 'field.missing', field: 'netAssets' },
      { recordId: newId(), sequence: 1, outcome: 'accepted' },
    ];
    const key = newId();
    const taken = await (await post(receipts, key)).json();
    expect(taken).toEqual({ known: good.length + 1, rejected: 1 });
    expect(await (await post(receipts, key)).json()).toEqual(taken);
    expect(await (await post(receipts)).json()).toEqual(taken);
    expect(((await (await get('summary')).json()) as { villages: unknown[] }).villages).toEqual([{ villageCode: village, count: good.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
    const clerk = (await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] })).token;
    const tasks = await service.data<{ provinceRejections: { rows: unknown[] } }>('query ($under: String!) { provinceRejections(under: $under) { rows { fileId itemName reason } } }', { under: village }, clerk);
    expect(tasks.provinceRejections.rows).toEqual([{ fileId: bad?.recordId, itemName: '家庭净资产', reason: '缺少必填项' }]);
  });

  it('is the only one let in: no bank, no official, no other purpose; faults are told in Chinese', async () => {
    const bank = (await service.client()).token;
    const officer = (await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] })).token;
    expect(await (await get('changes', bank)).json()).toMatchObject({ code: 'auth.scope-missing', facts: { scope: 'purpose:province-sync' } });
    expect(await (await post([{ recordId: newId(), sequence: 1, outcome: 'accepted' }], newId(), bank)).json()).toMatchObject({ code: 'auth.scope-missing' });
    expect(await (await get('changes', officer)).json()).toMatchObject({ code: 'access.denied' });
    expect((await get('changes', 'none')).status).toBe(401);
    const faulty = (await (await get('changes?after=x')).json()) as { code: string; faults: { message: string }[] };
    expect(faulty.code).toBe('input.invalid');
    expect(JSON.stringify(faulty)).toContain('游标无效');
    expect(await (await post([{ recordId: newId(), sequence: 1, outcome: 'rejected' }])).json()).toMatchObject({ code: 'input.invalid' });
  });
});
