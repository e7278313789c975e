import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { household, LoadedVillage, village } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;
interface Control {
  readonly controlId: string;
  readonly entityName: string;
  readonly householdNo: string | null;
  readonly roleName: string;
  readonly shareHundredths: number | null;
  readonly toOn: string | null;
}

const evidenceSha256 = 'd'.repeat(64);
const [first, second, third] = ['2031-03-01', '2031-04-01', '2031-05-01'];

describe('who controls an agricultural entity', () => {
  let county: LoadedVillage;
  let homes: Homes;
  let entityId: string;
  beforeEach(async () => {
    county = await LoadedVillage.open();
    homes = await county.households();
    const query = 'query ($under: String!) { organisations(under: $under, kind: "entity") { rows { id } } }';
    entityId = (await county.service.data<{ organisations: { rows: { id: string }[] } }>(query, { under: village }, county.clerk.token)).organisations.rows[0]?.id ?? '';
    await county.service.moveClockTo(third);
  });
  afterEach(() => county.service.close());

  const given = (order: number, more: object = {}): object => ({ entityId, householdNo: household(order), role: 'owner', fromOn: first, evidenceSha256, ...more });
  const record = async (order: number, more: object = {}): Promise<string> => (await county.act<{ controlId: string }>(county.clerk, 'recordEntityControl', 'RecordEntityControlArgs', given(order, more), 'controlId')).controlId;
  const refused = (order: number, more: object = {}, who = county.clerk) => county.refused(who, 'recordEntityControl', 'RecordEntityControlArgs', given(order, more));
  const end = (controlId: string, toOn: string) => county.act(county.clerk, 'endEntityControl', 'EndEntityControlArgs', { controlId, toOn, evidenceSha256 }, 'toOn');
  const list = async (query: 'entityControllers' | 'controlledEntities', id: string, on: string | null = null, who: SignedIn = county.clerk): Promise<Control[]> => {
    const asked = query === 'entityControllers' ? 'entityId' : 'householdId';
    const text = `query ($id: ID!, $on: Day) { ${query}(${asked}: $id, on: $on) { rows { controlId entityName householdNo roleName shareHundredths toOn } nextCursor } }`;
    return (await county.service.data<Record<typeof query, { rows: Control[] }>>(text, { id, on }, who.token))[query].rows;
  };

  it('is one household on one day, shown from both sides as of any day', async () => {
    const controlId = await record(1);
    expect(await refused(2)).toMatchObject({ code: 'entity-control.one-household', status: 409, facts: {} });
    expect(await refused(2, { fromOn: second, shareHundredths: 1_000 })).toMatchObject({ code: 'entity-control.one-household' });
    expect(await refused(1, { fromOn: second })).toMatchObject({ code: 'entity-control.present' });
    expect(await end(controlId, second)).toEqual({ toOn: second });
    expect(await county.refused(county.clerk, 'endEntityControl', 'EndEntityControlArgs', { controlId, toOn: second, evidenceSha256 })).toMatchObject({ code: 'entity-control.ended' });
    await record(2, { fromOn: second, role: 'actual-controller' });
    expect((await list('entityControllers', entityId)).map(({ householdNo, toOn }) => [householdNo, toOn])).toEqual([[household(1), second], [household(2), null]]);
    expect((await list('entityControllers', entityId, '2031-03-31')).map(({ householdNo }) => householdNo)).toEqual([household(1)]);
    expect((await list('entityControllers', entityId, second)).map(({ householdNo, roleName }) => [householdNo, roleName])).toEqual([[household(2), '实际控制人']]);
    expect(await list('controlledEntities', homes[0]?.id ?? '')).toMatchObject([{ entityName: '霍山县白莲崖茶叶专业合作社', roleName: '经营者', toOn: second }]);
  });

  it('is several households when each has a share, together at most the whole', async () => {
    await record(1, { shareHundredths: 6_000, role: 'partner' });
    expect(await refused(2)).toMatchObject({ code: 'entity-control.one-household' });
    expect(await refused(2, { shareHundredths: 4_001 })).toMatchObject({ code: 'entity-control.over-whole', facts: { leftHundredths: 4_000 } });
    await record(2, { shareHundredths: 4_000, role: 'partner' });
    expect((await list('entityControllers', entityId, third)).map(({ shareHundredths }) => shareHundredths)).toEqual([6_000, 4_000]);
  });

  it('ends with a household that is closed', async () => {
    await record(2);
    const query = 'query ($id: ID!, $on: Day!) { householdMembersOn(householdId: $id, on: $on) { memberId } }';
    const home = homes[1]?.id ?? '';
    const { householdMembersOn } = await county.service.data<{ householdMembersOn: { memberId: string }[] }>(query, { id: home, on: third }, county.clerk.token);
    await county.act(county.clerk, 'recordDeath', 'RecordDeathArgs', { householdId: home, memberId: householdMembersOn[0]?.memberId, effectiveOn: third, evidenceSha256, reason: '户内已无他人' }, 'state');
    expect(await list('entityControllers', entityId, third)).toEqual([]);
    expect((await list('controlledEntities', home)).map(({ toOn }) => toOn)).toEqual([third]);
    expect((await refused(2, { fromOn: third })).faults?.[0]?.path).toBe('householdNo');
  });

  it('is recorded by the own village, with a known role and no future day; a household sees its own', async () => {
    const stranger = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] });
    expect(await refused(1, {}, stranger)).toMatchObject({ code: 'access.outside-division' });
    expect((await refused(9, { role: 'friend', fromOn: '2031-05-02' })).faults?.map(({ path }) => path)).toEqual(['householdNo', 'role', 'fromOn']);
    await record(1);
    const villager = await county.service.villager({ householdId: homes[0]?.id ?? '', memberId: newId() });
    expect(await list('controlledEntities', homes[0]?.id ?? '', null, villager)).toMatchObject([{ householdNo: household(1) }]);
    const other = await county.service.refused('query ($id: ID!) { controlledEntities(householdId: $id) { rows { controlId } } }', { id: homes[1]?.id }, villager.token);
    expect(other).toMatchObject({ code: 'access.outside-division' });
  });
});
