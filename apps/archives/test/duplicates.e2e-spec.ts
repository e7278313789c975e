import type { SignedIn } from '@credit/testing';
import { group, household, LoadedVillage, people, residentId, sound, village } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;
interface Side {
  readonly memberId: string;
  readonly household: { id: string; householdNo: string; headMasked: string };
}
interface Pair {
  readonly a: Side;
  readonly b: Side;
  readonly kinds: string[];
  readonly because: string;
  readonly foundSameOn: string | null;
}

const evidenceSha256 = 'c'.repeat(64);
/** 张晓明 stands in the third household again under another number, and 王德华 shares its phone. */
const rows = (): ReturnType<typeof sound> => {
  const given = sound();
  const twin = { householdNo: household(3), name: '张晓明', residentId: residentId('19700101', 7), relation: '户主', phone: '15400000009' };
  return {
    ...given,
    households: [...(given.households ?? []), { householdNo: household(3), groupCode: group, address: '白莲崖村 上湾组1号' }],
    members: [...(given.members ?? []).map((member) => (member['residentId'] === people.wang ? { ...member, phone: '15400000009' } : member)), twin],
  };
};

describe('people who may be registered twice', () => {
  let county: LoadedVillage;
  let homes: Homes;
  beforeEach(async () => {
    county = await LoadedVillage.open(rows());
    homes = await county.households();
    await county.service.until(async () => (await list()).length === 2, 'the likenesses to be found');
  });
  afterEach(() => county.service.close());

  const page = async (variables: object, who: SignedIn = county.clerk): Promise<{ rows: Pair[]; nextCursor: string | null }> => {
    const side = '{ memberId household { id householdNo headMasked } }';
    const query = `query ($under: String!, $first: Int! = 50, $after: String) { likelyDuplicates(under: $under, first: $first, after: $after) { rows { a ${side} b ${side} kinds because foundSameOn } nextCursor } }`;
    return (await county.service.data<{ likelyDuplicates: { rows: Pair[]; nextCursor: string | null } }>(query, { under: village, ...variables }, who.token)).likelyDuplicates;
  };
  const list = async (who: SignedIn = county.clerk): Promise<Pair[]> => (await page({}, who)).rows;
  const twins = async (): Promise<Pair | undefined> => (await list()).find(({ kinds }) => kinds.includes('name-birth'));
  const decision = ({ a, b }: Pair, verdict: string): object => ({ memberA: b.memberId, memberB: a.memberId, decision: verdict, reason: '上门核对户口簿和身份证' });
  const decide = (pair: Pair, verdict: string) => county.act<{ decision: string; next: string | null }>(county.clerk, 'decideLikeness', 'DecideLikenessArgs', decision(pair, verdict), 'decision next');

  it('are offered in pairs with what is alike, masked, page by page, to the own division only', async () => {
    expect((await list()).map(({ kinds, because }) => ({ kinds, because })).toSorted((one, other) => other.kinds.length - one.kinds.length)).toEqual([
      { kinds: ['name-address', 'name-birth'], because: '姓名和住址相同；姓名和出生日期相同' },
      { kinds: ['phone'], because: '两户登记了同一电话' },
    ]);
    const pair = (await twins()) as Pair;
    expect([pair.a.household.householdNo, pair.b.household.householdNo].toSorted()).toEqual([household(1), household(3)]);
    expect([pair.a.household.headMasked, pair.b.household.headMasked]).toEqual(['张*明', '张*明']);
    const first = await page({ first: 1 });
    const second = await page({ first: 1, after: first.nextCursor });
    expect(new Set([...first.rows, ...second.rows].map(({ kinds }) => kinds.join())).size).toBe(2);
    expect(await list(await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] }))).toEqual([]);
  });

  it('found to be different are not offered again, not even when their households are loaded anew', async () => {
    expect(await decide((await twins()) as Pair, 'different')).toEqual({ decision: 'different', next: null });
    expect((await list()).map(({ kinds }) => kinds)).toEqual([['phone']]);
    const changed = rows();
    changed.members = [...(changed.members ?? []), { householdNo: household(3), name: '张小花', residentId: residentId('20160606', 6), relation: '女儿', phone: '15400000001' }];
    await county.load(changed);
    await county.service.until(async () => (await list()).length === 2, 'the new likeness to be found');
    expect(await twins()).toBeUndefined();
  });

  it('found to be the same stay on the list until one registration has ended, as an event of its household', async () => {
    const pair = (await twins()) as Pair;
    const third = [pair.a, pair.b].find((side) => side.household.householdNo === household(3)) as Side;
    const ending = { householdId: third.household.id, memberId: third.memberId, effectiveOn: await county.service.today(), evidenceSha256, reason: '同一人重复登记' };
    expect(await county.refused(county.clerk, 'endDuplicate', 'EndDuplicateArgs', ending)).toMatchObject({ code: 'duplicate.not-found-same' });
    expect(await decide(pair, 'same')).toEqual({ decision: 'same', next: 'end-duplicate' });
    expect((await twins())?.foundSameOn).toBe(await county.service.today());
    expect(await county.refused(county.clerk, 'decideLikeness', 'DecideLikenessArgs', decision(pair, 'different'))).toMatchObject({ code: 'duplicate.decided', status: 409 });
    expect(await county.act(county.clerk, 'endDuplicate', 'EndDuplicateArgs', ending, 'state')).toEqual({ state: 'done' });
    await county.service.until(async () => (await list()).length === 0, 'the list to be done');
    expect((await county.households()).map(({ id }) => id)).toEqual(homes.slice(0, 2).map(({ id }) => id));
    const other = [pair.a, pair.b].find((side) => side !== third) as Side;
    expect(await county.refused(county.clerk, 'endDuplicate', 'EndDuplicateArgs', { ...ending, householdId: other.household.id, memberId: other.memberId })).toMatchObject({ code: 'duplicate.not-found-same' });
  });

  it('are decided by the village clerk of both, with what was found out', async () => {
    const pair = (await twins()) as Pair;
    expect(await county.refused(county.officer, 'decideLikeness', 'DecideLikenessArgs', decision(pair, 'same'))).toMatchObject({ status: 403 });
    const stranger = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] });
    expect(await county.refused(stranger, 'decideLikeness', 'DecideLikenessArgs', decision(pair, 'same'))).toMatchObject({ code: 'access.outside-division' });
    expect((await county.refused(county.clerk, 'decideLikeness', 'DecideLikenessArgs', { ...decision(pair, 'same'), reason: '' })).status).toBe(400);
  });
});
