import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { OfflineCollector } from '../../../tools/collection-client/offline-collector';
import { LoadedVillage, village } from './village';

/** A network that loses requests on their way, and answers on their way back. */
async function badNetwork(target: string): Promise<{ url: string; server: Server; lost: number }> {
  let turn = 0;
  const network = { url: '', server: createServer(), lost: 0 };
  network.server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      turn += 1;
      if (turn % 3 === 1) {
        network.lost += 1;
        return request.socket.destroy();
      }
      void fetch(`${target}${request.url ?? ''}`, { method: 'POST', headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' }, body: Buffer.concat(chunks) }).then(async (answer) => {
        const text = await answer.text();
        if (turn % 3 === 2) {
          network.lost += 1;
          return void request.socket.destroy();
        }
        return void response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
      });
      return undefined;
    });
  });
  await new Promise<void>((resolve) => network.server.listen(0, '127.0.0.1', resolve));
  network.url = `http://127.0.0.1:${(network.server.address() as AddressInfo).port}`;
  return network;
}

describe('collection by devices that lose the network', () => {
  let county: LoadedVillage;
  let collector: SignedIn;
  let homes: Awaited<ReturnType<LoadedVillage['households']>>;
  const networks: Server[] = [];
  beforeAll(async () => {
    county = await LoadedVillage.open();
    collector = await county.service.account({ posts: [{ role: 'collector', divisionCode: village }] });
    homes = await county.households();
    await county.service.moveClockTo('2031-03-01');
  });
  afterAll(async () => {
    for (const server of networks) {
      server.closeAllConnections();
      server.close();
    }
    await county.service.close();
  });

  const journal = (): string => join(mkdtempSync(join(tmpdir(), 'collector-')), 'journal');
  const value = (subjectId: string, item: string, text: string, baseVersion = 0, collectedOn = '2031-02-28') => ({ subjectId, item, value: text, baseVersion, collectedOn });
  const post = async (body: object, who: SignedIn = collector): Promise<{ status: number; body: { code?: string; results?: { outcome: string; message: string | null; version: number | null }[]; faults?: object[] } }> => {
    const answer = await fetch(`${county.service.url}/v1/collection/batches`, { method: 'POST', headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as never };
  };
  const stored = async (subjectId: string, item: string): Promise<number> => (await county.service.admin.query('SELECT 1 FROM archives.item_value WHERE subject_id = $1 AND item = $2', [subjectId, item])).rowCount ?? 0;

  it('has every value once, however often the network broke and the device was restarted', async () => {
    const network = await badNetwork(county.service.url);
    networks.push(network.server);
    const file = journal();
    const device = new OfflineCollector(network.url, collector.token, 'device-0001', file);
    const [home, other] = homes;
    const ids = [
      device.record(value(home?.id ?? '', 'netAssets', '120000')),
      device.record(value(home?.id ?? '', 'totalDebt', '5000.50')),
      device.record(value(other?.id ?? '', 'contractedLandArea', '3.5')),
      device.record(value(other?.id ?? '', 'skillCertificate', '也许')),
    ];
    let tries = 0;
    while (!(await device.send()) && tries < 20) tries += 1;
    const restarted = new OfflineCollector(county.service.url, collector.token, 'device-0001', file);
    expect(restarted.waiting).toBe(0);
    expect(network.lost).toBeGreaterThan(1);
    expect(ids.map((id) => restarted.outcome(id)?.outcome)).toEqual(['stored', 'stored', 'stored', 'refused']);
    expect(restarted.outcome(ids[3] ?? '')?.message).toContain('请填“是”或“否”');
    expect([await stored(home?.id ?? '', 'netAssets'), await stored(home?.id ?? '', 'totalDebt'), await stored(other?.id ?? '', 'contractedLandArea')]).toEqual([1, 1, 1]);
  });

  it('answers a record sent again as at first, and refuses another content under its id or another record under its number', async () => {
    const one = { recordId: newId(), sequence: 1, ...value(homes[0]?.id ?? '', 'stableIncomeSources', '2') };
    const batch = { deviceId: 'device-0002', records: [one] };
    expect((await post(batch)).body.results).toMatchObject([{ outcome: 'stored', version: 1 }]);
    expect((await post(batch)).body.results).toMatchObject([{ outcome: 'stored', version: 1 }]);
    expect(await post({ ...batch, records: [{ ...one, value: '3' }] })).toMatchObject({ status: 422, body: { code: 'collection.record-changed' } });
    expect(await post({ ...batch, records: [{ ...one, recordId: newId(), item: 'insurableArea', value: '1' }] })).toMatchObject({ status: 409, body: { code: 'collection.sequence-reused' } });
    expect(await stored(homes[0]?.id ?? '', 'insurableArea')).toBe(0);
  });

  it('refuses what is none, record by record, and stores nothing of a malformed batch', async () => {
    const results = await post({
      deviceId: 'device-0003',
      records: [
        { recordId: newId(), sequence: 1, ...value(newId(), 'netAssets', '1') },
        { recordId: newId(), sequence: 2, ...value(homes[0]?.id ?? '', 'religion', '1') },
        { recordId: newId(), sequence: 3, ...value(homes[0]?.id ?? '', 'netAssets', '1', 0, '2031-03-02') },
      ],
    });
    expect(results.body.results?.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
    expect(await post({ deviceId: 'device-0003', records: [] })).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
    const neighbour = await county.service.account({ posts: [{ role: 'collector', divisionCode: '341525109201' }] });
    expect((await post({ deviceId: 'device-0004', records: [{ recordId: newId(), sequence: 1, ...value(homes[0]?.id ?? '', 'netAssets', '7') }] }, neighbour)).body.results).toMatchObject([{ outcome: 'refused', message: expect.stringContaining('不在您的采集范围内') as string }]);
  });

  it('shows what two collectors wrote differently field by field, and the village says which stands', async () => {
    const second = await county.service.account({ posts: [{ role: 'collector', divisionCode: village }] });
    const [home] = homes;
    await post({ deviceId: 'device-0005', records: [{ recordId: newId(), sequence: 1, ...value(home?.id ?? '', 'productiveAssetsValue', '3000') }] });
    const late = { recordId: newId(), sequence: 1, ...value(home?.id ?? '', 'productiveAssetsValue', '4500') };
    expect((await post({ deviceId: 'device-0006', records: [late] }, second)).body.results).toMatchObject([{ outcome: 'conflict', version: 1 }]);
    expect(await stored(home?.id ?? '', 'productiveAssetsValue')).toBe(1);
    const conflicts = () => county.service.data<{ collectionConflicts: object[] }>('query ($u: String!) { collectionConflicts(under: $u) { recordId zh presentValue presentBy otherValue otherBy } }', { u: village }, county.clerk.token);
    expect((await conflicts()).collectionConflicts).toEqual([{ recordId: late.recordId, zh: '生产性固定资产价值', presentValue: '3000', presentBy: collector.accountId, otherValue: '4500', otherBy: second.accountId }]);
    expect(await county.act(county.clerk, 'resolveCollectionConflict', 'ResolveConflictArgs', { recordId: late.recordId, take: 'other' }, 'version')).toEqual({ version: 2 });
    expect((await conflicts()).collectionConflicts).toEqual([]);
    expect(await county.refused(county.clerk, 'resolveCollectionConflict', 'ResolveConflictArgs', { recordId: late.recordId, take: 'present' })).toMatchObject({ code: 'collection.conflict-resolved' });
  });

  it('goes by tasks per household: done, or missed with a reason and a next date', async () => {
    const [home, other] = homes;
    const householdIds = [home?.id, other?.id];
    expect(await county.act(county.clerk, 'assignCollection', 'AssignCollectionArgs', { householdIds, collectorId: collector.accountId, dueOn: '2031-03-05' }, 'assigned')).toEqual({ assigned: 2 });
    expect(await county.act(county.clerk, 'assignCollection', 'AssignCollectionArgs', { householdIds, collectorId: collector.accountId, dueOn: '2031-03-06' }, 'assigned')).toEqual({ assigned: 0 });
    const own = async () => ((await (await fetch(`${county.service.url}/v1/collection/tasks`, { headers: { authorization: `Bearer ${collector.token}` } })).json()) as { tasks: { taskId: string; householdId: string; dueOn: string; versions: Record<string, number> }[] }).tasks;
    const [first, second] = await own();
    expect(first?.versions['annualIncome']).toBe(1);
    const close = async (taskId: string | undefined, body: object) => {
      const answer = await fetch(`${county.service.url}/v1/collection/tasks/${taskId}`, { method: 'POST', headers: { authorization: `Bearer ${collector.token}`, 'content-type': 'application/json', 'idempotency-key': newId() }, body: JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as object };
    };
    expect(await close(first?.taskId, { state: 'missed', reason: 'lazy', nextOn: '2031-03-09' })).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
    expect(await close(first?.taskId, { state: 'missed', reason: 'away' })).toMatchObject({ status: 400 });
    expect(await close(first?.taskId, { state: 'missed', reason: 'away', nextOn: '2031-03-09' })).toMatchObject({ status: 200 });
    expect(await close(second?.taskId, { state: 'done' })).toMatchObject({ status: 200 });
    expect(await close(second?.taskId, { state: 'done' })).toMatchObject({ status: 409, body: { code: 'collection.task-closed' } });
    expect(await own()).toMatchObject([{ householdId: first?.householdId, dueOn: '2031-03-09' }]);
    await county.service.moveClockTo('2031-03-10');
    expect(await county.service.data('query ($u: String!) { collectionProgress(under: $u) { open done missed overdue } }', { u: village }, county.clerk.token)).toEqual({ collectionProgress: [{ open: 1, done: 1, missed: 1, overdue: 1 }] });
  });

  it('keeps values out of the record of what devices sent', async () => {
    const { rows } = await county.service.admin.query<{ text: string }>('SELECT collection_record::text AS text FROM archives.collection_record UNION ALL SELECT collection_conflict::text FROM archives.collection_conflict');
    expect(rows.map(({ text }) => text).join()).not.toMatch(/120000|5000\.50|4500/);
  });
});
