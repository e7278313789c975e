import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { household, LoadedVillage, town, village } from './village';

interface Receipt {
  loaded: number;
  same: number;
  differing: number;
  withheld: number;
}

describe('what is known is loaded, not asked again 四(三)', () => {
  let loaded: LoadedVillage;
  let collector: SignedIn;
  let homes: Awaited<ReturnType<LoadedVillage['households']>>;

  beforeAll(async () => {
    loaded = await LoadedVillage.open();
    collector = await loaded.service.account({ posts: [{ role: 'collector', divisionCode: village }] });
    homes = await loaded.households();
    await loaded.service.moveClockTo('2031-03-01');
  });
  afterAll(() => loaded.service.close());

  const [one, two] = [household(1), household(2)];
  const row = (subjectNo: string, item: string, value: string): object => ({ subjectNo, item, value });
  const fromBank = { villageCode: village, source: 'bank', dataOn: '2031-02-20' };
  const load = (rows: object[], given: object = {}): Promise<Receipt> => loaded.act(loaded.officer, 'loadKnownValues', 'LoadKnownArgs', { ...fromBank, rows, ...given }, 'loaded same differing withheld');
  const items = async (index: number): Promise<Record<string, { value: string; source: string; collectedOn: string }>> => {
    const { fileItems } = await loaded.service.data<{ fileItems: { item: string; value: string; source: string; collectedOn: string }[] }>('query ($id: ID!) { fileItems(subjectId: $id) { item value source collectedOn } }', { id: homes[index]?.id }, loaded.clerk.token);
    return Object.fromEntries(fileItems.map(({ item, ...rest }) => [item, rest]));
  };
  const differences = async (who = loaded.clerk): Promise<{ differenceId: string; item: string; presentValue: string; otherValue: string }[]> =>
    (await loaded.service.data<{ knownDifferences: { rows: { differenceId: string; item: string; presentValue: string; otherValue: string }[] } }>('query ($u: String!) { knownDifferences(under: $u) { rows { differenceId item presentValue otherValue } } }', { u: village }, who.token)).knownDifferences.rows;
  const verifyAll = async (): Promise<void> => {
    await loaded.act(loaded.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
    const { files } = await loaded.service.data<{ files: { rows: { id: string }[] } }>('query ($u: String!) { files(under: $u, state: "submitted") { rows { id } } }', { u: village }, loaded.verifier.token);
    await loaded.act(loaded.verifier, 'verifyFiles', 'VerifyFilesArgs', { fileIds: files.rows.map(({ id }) => id), verdict: 'verified' }, 'files');
  };
  const delivery = [row(two, 'hadLoan24m', '是'), row(two, 'nonPerformingLoan', '否'), row(one, 'hadLoan24m', '是'), row(one, 'ableWorkers', '2'), row(one, 'annualIncome', '90,000')];

  it('with its source and day; nothing collected is overwritten, and nothing is loaded without the consent it needs', async () => {
    await verifyAll();
    expect(await load(delivery)).toEqual({ loaded: 2, same: 1, differing: 1, withheld: 1 });
    expect((await items(1))['hadLoan24m']).toEqual({ value: 'yes', source: '金融机构提供', collectedOn: '2031-02-20' });
    expect((await items(0))['annualIncome']?.value).toBe('80000.50');
    expect(Object.keys(await items(0))).not.toContain('hadLoan24m');
    expect((await loaded.households()).map(({ file }) => file.state)).toEqual(['verified', 'collected']);
  });

  it('offers what differs to the village once, however often it is delivered', async () => {
    const [offered] = await differences();
    expect(offered).toMatchObject({ item: 'annualIncome', presentValue: '80000.50', otherValue: '90000' });
    expect(await load(delivery)).toEqual({ loaded: 0, same: 3, differing: 1, withheld: 1 });
    expect(await differences()).toEqual([offered]);
    expect(await load([row(one, 'annualIncome', '95000')], { dataOn: '2031-02-28' })).toMatchObject({ differing: 1 });
    expect(await differences()).toEqual([expect.objectContaining({ otherValue: '95000' })]);
    const { rows } = await loaded.service.admin.query<{ text: string }>('SELECT d::text AS text FROM archives.known_difference d UNION ALL SELECT i::text FROM archives.idempotency i');
    expect(rows.map(({ text }) => text).filter((text) => /"?(90000|95000|90,000)"?/.test(text.replaceAll(/\\x[0-9a-f]+/g, '')))).toEqual([]);
  });

  it('lets the village decide which stands, and the file is verified again', async () => {
    const [offered] = await differences();
    const settle = { differenceId: offered?.differenceId, take: 'other' };
    expect(await loaded.refused(loaded.officer, 'settleKnownDifference', 'SettleDifferenceArgs', settle)).toMatchObject({ code: 'access.denied' });
    expect(await loaded.act(loaded.clerk, 'settleKnownDifference', 'SettleDifferenceArgs', settle, 'version')).toEqual({ version: 2 });
    expect(await loaded.refused(loaded.clerk, 'settleKnownDifference', 'SettleDifferenceArgs', settle)).toMatchObject({ code: 'known.settled' });
    expect((await items(0))['annualIncome']).toEqual({ value: '95000', source: '金融机构提供', collectedOn: '2031-02-28' });
    expect((await loaded.households())[0]?.file.state).toBe('collected');
    expect(await differences()).toEqual([]);
  });

  it('lets a later delivery of the same source correct its own value, until somebody has verified it', async () => {
    expect(await load([row(two, 'hadLoan24m', '否')], { dataOn: '2031-02-25' })).toMatchObject({ loaded: 1, differing: 0 });
    expect(await load([row(two, 'hadLoan24m', '是')], { dataOn: '2031-02-26', source: 'province' })).toMatchObject({ loaded: 0, differing: 1 });
    await verifyAll();
    expect(await load([row(two, 'nonPerformingLoan', '是')], { dataOn: '2031-02-27' })).toMatchObject({ loaded: 0, differing: 1 });
    expect((await items(1))['nonPerformingLoan']?.value).toBe('no');
  });

  it('loads all or nothing, and says what is wrong row by row', async () => {
    const rows = [row(one, 'netAssets', '1'), row(household(9), 'netAssets', '1'), row(one, 'religion', '1'), row(two, 'netAssets', '许多'), row(one, 'netAssets', '2')];
    expect(await loaded.refused(loaded.officer, 'loadKnownValues', 'LoadKnownArgs', { ...fromBank, rows, source: 'rumour' })).toMatchObject({
      faults: [{ path: 'source' }, { path: 'rows.1.subjectNo' }, { path: 'rows.2.item' }, { path: 'rows.3.value' }, { path: 'rows.4.item' }],
    });
    expect(Object.keys(await items(0))).not.toContain('netAssets');
    expect(await loaded.refused(collector, 'loadKnownValues', 'LoadKnownArgs', { ...fromBank, rows: delivery })).toMatchObject({ code: 'access.denied' });
  });

  it('leaves to the collectors only what is still missing', async () => {
    await loaded.act(loaded.clerk, 'assignCollection', 'AssignCollectionArgs', { householdIds: [homes[1]?.id], collectorId: collector.accountId, dueOn: '2031-03-10' }, 'assigned');
    const gaps = async (who = collector): Promise<{ householdNo: string; missing: { item: string }[] }[]> =>
      (await loaded.service.data<{ collectionGaps: { rows: { householdNo: string; missing: { item: string }[] }[] } }>('{ collectionGaps { rows { householdNo missing { item } } } }', {}, who.token)).collectionGaps.rows;
    const [gap] = await gaps();
    expect(gap?.householdNo).toBe(two);
    const missing = gap?.missing.map(({ item }) => item) ?? [];
    expect(missing).toEqual(expect.arrayContaining(['netAssets', 'guaranteesGiven']));
    expect(missing.filter((item) => ['hadLoan24m', 'nonPerformingLoan', 'annualIncome', 'ableWorkers'].includes(item))).toEqual([]);
    const example: Record<string, string> = { longestOverdueDays24m: '0', transfersOnly: '否', skillCertificate: '否', collectiveContract: '无合同', declarationMatch: '无实质差异', courtDefaulter: '否', willingToDevelop: '是', mainIndustry: '茶叶' };
    await load(missing.map((item) => row(two, item, example[item] ?? '1')), { source: 'province' });
    expect(await gaps()).toEqual([]);
    expect(await gaps(loaded.clerk)).toEqual([]);
  });

  describe('hours spent per village', () => {
    const day = '2031-03-05';
    let sequence = 0;
    const collect = (who: SignedIn, item: string, value: string): Promise<Response> =>
      fetch(`${loaded.service.url}/v1/collection/batches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ deviceId: `phone-${who.accountId.slice(-6)}`, records: [{ recordId: newId(), sequence: (sequence += 1), subjectId: homes[0]?.id, item, value, collectedOn: day, baseVersion: 0 }] }),
      });
    const workload = async (fromOn = day, toOn = day, under = village): Promise<{ minutes: number; loadedValues: number; typedValues: number; hours: object[] } | undefined> =>
      (await loaded.service.data<{ workload: { villageCode: string; minutes: number; loadedValues: number; typedValues: number; hours: object[] }[] }>(
        'query ($u: String!, $f: Day!, $t: Day!) { workload(under: $u, fromOn: $f, toOn: $t) { villageCode minutes loadedValues typedValues hours { kind origin minutes people personDays } } }',
        { u: under, f: fromOn, t: toOn },
        loaded.officer.token,
      )).workload.find(({ villageCode }) => villageCode === village);
    const log = (who: SignedIn, given: object) => loaded.act<{ sessionId: string; dayMinutes: number }>(who, 'logWorkSession', 'LogWorkSessionArgs', { villageCode: village, kind: 'collection', workedOn: day, minutes: 100, ...given }, 'sessionId dayMinutes');

    it('are derived from the first and the last record of a day where nobody logged them, and the row says so', async () => {
      await loaded.service.moveClockTo(`${day}T09:00:00+08:00`);
      await collect(collector, 'netAssets', '120000');
      await collect(loaded.clerk, 'willingToDevelop', '是');
      await loaded.service.moveClockTo(`${day}T10:29:30+08:00`);
      await collect(collector, 'totalDebt', '5000');
      expect(await workload()).toMatchObject({ minutes: 95, typedValues: 3, loadedValues: 0, hours: [{ kind: 'collection', origin: 'derived', minutes: 95, people: 2, personDays: 2 }] });
      await loaded.service.moveClockTo(`${day}T23:00:00+08:00`);
      await collect(collector, 'contractedLandArea', '3.5');
      expect(await workload()).toMatchObject({ hours: [{ origin: 'derived', minutes: 480 + 5 }] });
    });

    it('are those a person logs, which count instead of the derived ones; a day has no more minutes than the rules allow', async () => {
      expect(await log(collector, { minutes: 200 })).toMatchObject({ dayMinutes: 200 });
      const { sessionId } = await log(collector, { kind: 'typing', minutes: 60 });
      expect(await workload()).toMatchObject({
        minutes: 265,
        hours: [
          { kind: 'collection', origin: 'derived', minutes: 5, people: 1, personDays: 1 },
          { kind: 'collection', origin: 'logged', minutes: 200, people: 1, personDays: 1 },
          { kind: 'typing', origin: 'logged', minutes: 60 },
        ],
      });
      expect(await loaded.refused(collector, 'logWorkSession', 'LogWorkSessionArgs', { villageCode: village, kind: 'collection', workedOn: day, minutes: 461 })).toMatchObject({ faults: [{ path: 'minutes', message: expect.stringContaining('720') as string }] });
      expect(await loaded.refused(collector, 'logWorkSession', 'LogWorkSessionArgs', { villageCode: village, kind: 'tea', workedOn: '2031-03-06', minutes: 1 })).toMatchObject({ faults: [{ path: 'kind' }, { path: 'workedOn' }] });
      expect(await loaded.refused(loaded.clerk, 'cancelWorkSession', 'CancelWorkSessionArgs', { sessionId })).toMatchObject({ code: 'not-found' });
      await loaded.act(collector, 'cancelWorkSession', 'CancelWorkSessionArgs', { sessionId }, 'sessionId');
      expect(await workload()).toMatchObject({ minutes: 205 });
    });

    it('stand beside the values loaded against those typed', async () => {
      const typedBefore = (await workload('2031-03-01', '2031-03-04'))?.typedValues;
      expect(typedBefore).toBe(0);
      expect((await workload('2031-03-01', day))?.loadedValues).toBeGreaterThan(15);
      expect(await loaded.service.refused('query ($u: String!, $f: Day!) { workload(under: $u, fromOn: $f, toOn: $f) { minutes } }', { u: town, f: day }, loaded.clerk.token)).toMatchObject({ code: 'access.outside-division' });
      expect(await loaded.service.refused('query ($u: String!, $f: Day!) { workload(under: $u, fromOn: $f, toOn: $f) { minutes } }', { u: village, f: day }, collector.token)).toMatchObject({ code: 'access.denied' });
    });
  });
});
