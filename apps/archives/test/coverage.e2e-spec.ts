import type { SignedIn } from '@credit/testing';
import { Client } from 'pg';
import { household, LoadedVillage, town, village } from './village';

const county = '341525000000';

interface Figure {
  value: number;
  lead: { query: string; divisionCode: string; kind: string | null; part: string | null } | null;
}
interface BoardRow {
  divisionCode: string;
  kind: string | null;
  registered: Figure;
  excluded: Figure;
  filed: Figure;
  verified: Figure;
  missing: Figure;
  notOnRecord: number;
  rate: number | null;
  goal: number;
}
interface Board {
  rows: BoardRow[];
  total: BoardRow[];
  phases: { code: string; needed: number; reached: number; villages: { villageCode: string; rate: number | null; reached: boolean }[] }[];
  trend: { isoWeek: string; untilOn: string; registered: number; filed: number; verified: number; rate: number | null }[];
}

const figure = '{ value lead { query divisionCode kind part } }';
const row = `{ divisionCode kind registered ${figure} excluded ${figure} filed ${figure} verified ${figure} missing ${figure} notOnRecord rate goal }`;
const boardQuery = `query ($u: String!, $on: Day) { coverageBoard(under: $u, on: $on) { rows ${row} total ${row} phases { code needed reached villages { villageCode rate reached } } trend { isoWeek untilOn registered filed verified rate } } }`;

describe('the filing rate 二', () => {
  let loaded: LoadedVillage;
  let inspector: SignedIn;
  let countyOfficer: SignedIn;

  beforeAll(async () => {
    loaded = await LoadedVillage.open();
    inspector = await loaded.service.account({ posts: [{ role: 'county-inspector', divisionCode: county }] });
    countyOfficer = await loaded.service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    await loaded.service.moveClockTo('2031-03-12');
  });
  afterAll(() => loaded.service.close());

  const board = async (under: string, on?: string, who = loaded.officer): Promise<Board> => (await loaded.service.data<{ coverageBoard: Board }>(boardQuery, { u: under, on }, who.token)).coverageBoard;
  const households = async (under = village, on?: string): Promise<BoardRow | undefined> => (await board(under, on)).rows.find(({ kind, divisionCode }) => kind === 'household' && divisionCode === under);
  const count = (given: object) => loaded.act(loaded.officer, 'setRegisterCount', 'SetRegisterArgs', { villageCode: village, subjectKind: 'household', source: '户籍登记', ...given }, 'count countedOn');
  const verifyFirst = async (): Promise<void> => {
    await loaded.act(loaded.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
    const [first] = await loaded.households();
    await loaded.act(loaded.verifier, 'verifyFiles', 'VerifyFilesArgs', { fileIds: [first?.file.id], verdict: 'verified' }, 'files');
  };
  const lists = async (query: string, args: Record<string, string>, who: SignedIn): Promise<{ subjectNo: string; name: string | null; fileState: string | null; exclusionReason: string | null }[]> => {
    const given = Object.entries(args).map(([name, value]) => `${name}: "${value}"`);
    return (await loaded.service.data<Record<string, { rows: { subjectNo: string; name: string | null; fileState: string | null; exclusionReason: string | null }[] }>>(`{ ${query}(${given.join(', ')}) { rows { subjectNo name fileState exclusionReason } } }`, {}, who.token))[query]?.rows ?? [];
  };

  it('is counted against a register that keeps every count, as of any day', async () => {
    await count({ count: 5, countedOn: '2031-03-01' });
    await count({ count: 4, countedOn: '2031-03-10' });
    await count({ count: 3 });
    expect((await households())?.registered).toEqual({ value: 3, lead: { query: 'registerCounts', divisionCode: village, kind: 'household', part: null } });
    expect((await households(village, '2031-03-10'))?.registered.value).toBe(4);
    expect((await households(village, '2031-03-09'))?.registered.value).toBe(5);
    const { registerCounts } = await loaded.service.data<{ registerCounts: object[] }>('query ($v: String!) { registerCounts(villageCode: $v, kind: "household") { countedOn count source } }', { v: village }, loaded.clerk.token);
    expect(registerCounts.map((one) => (one as { count: number }).count)).toEqual([3, 4, 5]);
    expect(await loaded.refused(loaded.officer, 'setRegisterCount', 'SetRegisterArgs', { villageCode: village, subjectKind: 'household', count: 1, source: '户籍登记', countedOn: '2031-03-13' })).toMatchObject({ faults: [{ path: 'countedOn' }] });
  });

  it('refuses to have a count changed or taken away afterwards', async () => {
    const { rows } = await loaded.service.admin.query<{ may: boolean }>("SELECT has_table_privilege('credit_archives', 'archives.register_count', 'UPDATE') OR has_table_privilege('credit_archives', 'archives.register_count', 'DELETE') AS may");
    expect(rows).toEqual([{ may: false }]);
  });

  it('rises when the town has verified, and says by name what is missing only to those who may see the file', async () => {
    expect(await households()).toMatchObject({ filed: { value: 2 }, verified: { value: 0 }, missing: { value: 2 }, notOnRecord: 1, rate: 0, goal: 0.95 });
    await loaded.service.moveClockTo('2031-03-18');
    await verifyFirst();
    const present = await households();
    expect(present).toMatchObject({ verified: { value: 1 }, missing: { value: 1, lead: { query: 'missingFiles' } }, rate: 0.3333 });
    expect(await lists('missingFiles', { villageCode: village, kind: 'household' }, loaded.clerk)).toEqual([{ subjectNo: household(2), name: '王*华', fileState: 'submitted', exclusionReason: null }]);
    expect(await lists('missingFiles', { villageCode: village, kind: 'household' }, inspector)).toMatchObject([{ name: '王*华' }]);
    expect(await lists('missingFiles', { villageCode: village, kind: 'household' }, loaded.officer)).toMatchObject([{ subjectNo: household(2), name: null }]);
    const elsewhere = await loaded.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] });
    expect(await lists('missingFiles', { villageCode: village, kind: 'household' }, elsewhere)).toEqual([]);
  });

  it('keeps what a past day showed, and shows the weeks', async () => {
    expect(await households(village, '2031-03-17')).toMatchObject({ verified: { value: 0, lead: null } });
    const { trend } = await board(village);
    expect(trend).toHaveLength(12);
    expect(trend.slice(-2)).toEqual([
      { isoWeek: '2031-W11', untilOn: '2031-03-16', registered: 5, filed: 4, verified: 0, rate: 0 },
      { isoWeek: '2031-W12', untilOn: '2031-03-18', registered: 5, filed: 4, verified: 1, rate: 0.2 },
    ]);
  });

  it('leaves out who cannot be filed, with a reason of the list, until it is lifted', async () => {
    const second = (await loaded.households())[1];
    expect(await loaded.refused(loaded.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: second?.id, reason: '长期外出' })).toMatchObject({ faults: [{ path: 'reason', message: expect.stringContaining('away（') as string }] });
    await loaded.act(loaded.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: second?.id, reason: 'away' }, 'subjectId');
    expect(await loaded.refused(loaded.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: second?.id, reason: 'moved' })).toMatchObject({ code: 'exclusion.present' });
    expect(await households()).toMatchObject({ excluded: { value: 1 }, filed: { value: 1 }, verified: { value: 1 }, missing: { value: 0 }, rate: 0.5 });
    expect(await lists('coverageSubjects', { villageCode: village, kind: 'household', part: 'excluded' }, loaded.clerk)).toEqual([{ subjectNo: household(2), name: '王*华', fileState: 'submitted', exclusionReason: 'away' }]);

    await loaded.service.moveClockTo('2031-03-20');
    await loaded.act(loaded.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: second?.id, reason: null }, 'subjectId');
    expect(await loaded.refused(loaded.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: second?.id, reason: null })).toMatchObject({ code: 'exclusion.none' });
    expect(await households()).toMatchObject({ excluded: { value: 0 }, filed: { value: 2 }, rate: 0.3333 });
    const { subjectExclusions } = await loaded.service.data<{ subjectExclusions: object[] }>('query ($s: ID!) { subjectExclusions(subjectId: $s) { reasonCode zh excludedOn liftedOn excludedBy } }', { s: second?.id }, loaded.officer.token);
    expect(subjectExclusions).toEqual([{ reasonCode: 'away', zh: '全家长期外出无法采集', excludedOn: '2031-03-18', liftedOn: '2031-03-20', excludedBy: `account:${loaded.officer.accountId}` }]);
  });

  it('every number leads to as many rows as it says', async () => {
    const rows = (await board(village)).rows.filter(({ kind }) => kind !== null);
    expect(rows).toHaveLength(3);
    for (const { kind, excluded, filed, verified, missing } of rows) {
      for (const { value, lead } of [excluded, filed, verified, missing]) {
        expect(lead).toMatchObject({ divisionCode: village, kind });
        expect(await lists(lead?.query ?? '', { villageCode: village, kind: kind ?? '', ...(lead?.part ? { part: lead.part } : {}) }, loaded.clerk)).toHaveLength(value);
      }
    }
  });

  it('of the phases shows how many villages must reach the goal and which have', async () => {
    const { phases, rows } = await board(town);
    expect(rows.filter(({ kind }) => kind === null)).toHaveLength(14);
    expect(rows.find(({ kind }) => kind === null)?.filed.lead).toMatchObject({ query: 'coverageBoard' });
    expect(phases.map(({ code, needed, reached }) => ({ code, needed, reached }))).toEqual([
      { code: '2022', needed: 5, reached: 0 },
      { code: '2023', needed: 9, reached: 0 },
      { code: '2024', needed: 13, reached: 0 },
    ]);
    await count({ count: 2 });
    const files = (await loaded.service.data<{ files: { rows: { id: string }[] } }>('query ($u: String!) { files(under: $u, state: "submitted") { rows { id } } }', { u: village }, loaded.verifier.token)).files.rows;
    await loaded.act(loaded.verifier, 'verifyFiles', 'VerifyFilesArgs', { fileIds: files.map(({ id }) => id), verdict: 'verified' }, 'files');
    expect((await board(town)).phases[0]).toMatchObject({ needed: 5, reached: 1, villages: expect.arrayContaining([{ villageCode: village, rate: 1, reached: true }]) as unknown });
    expect((await board(county, undefined, countyOfficer)).rows.find(({ divisionCode, kind }) => divisionCode === town && kind === null)).toMatchObject({ verified: { value: 4 }, rate: 1 });
    expect(await loaded.service.refused(boardQuery, { u: county }, loaded.officer.token)).toMatchObject({ code: 'access.outside-division' });
  });

  it('makes nobody wait: a long import and a verification of the same village count when they commit', async () => {
    const { admin, database } = loaded.service;
    const longer = new Client({ connectionString: database.adminUrl });
    await longer.connect();
    const verified = async (): Promise<number> => (await households())?.verified.value ?? -1;
    const before = await verified();
    await longer.query('BEGIN');
    await longer.query("UPDATE archives.credit_file SET state = 'returned', verified_by = NULL, verified_on = NULL FROM archives.subject s WHERE s.subject_id = credit_file.subject_id AND s.subject_no = $1", [household(1)]);
    await admin.query("UPDATE archives.credit_file SET state = 'returned', verified_by = NULL, verified_on = NULL FROM archives.subject s WHERE s.subject_id = credit_file.subject_id AND s.subject_no = $1", [household(2)]);
    expect(await verified()).toBe(before - 1);
    await longer.query('COMMIT');
    await longer.end();
    expect(await verified()).toBe(before - 2);
    expect((await admin.query('SELECT 1 FROM archives.coverage_delta')).rowCount).toBe(0);
  });

  it('finds running counts that differ from the files and counts them anew', async () => {
    const drift = async (): Promise<object[]> => (await loaded.service.data<{ coverageDrift: object[] }>('query ($u: String!) { coverageDrift(under: $u) { villageCode subjectKind subjects excluded filed verified } }', { u: town }, loaded.officer.token)).coverageDrift;
    expect(await drift()).toEqual([]);
    await loaded.service.admin.query("UPDATE archives.coverage_now SET verified = verified + 3 WHERE subject_kind = 'entity' AND verified > 0");
    expect(await drift()).toEqual([{ villageCode: village, subjectKind: 'entity', subjects: 0, excluded: 0, filed: 0, verified: -3 }]);
    expect(await loaded.act(loaded.officer, 'recountCoverage', 'RecountCoverageArgs', { under: town }, 'corrected')).toEqual({ corrected: 1 });
    expect(await drift()).toEqual([]);
  });
});
