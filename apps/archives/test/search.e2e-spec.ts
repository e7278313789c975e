import { newId } from '@credit/platform';
import { group, household, LoadedVillage, village } from './village';

describe('searching households', () => {
  let county: LoadedVillage;
  beforeAll(async () => {
    county = await LoadedVillage.open();
    await county.service.until(async () => (await county.service.admin.query('SELECT 1 FROM archives.search_due')).rowCount === 0, 'the tokens to be made');
  });
  afterAll(() => county.service.close());

  const query = 'query ($text: String!, $after: String, $first: Int) { searchHouseholds(text: $text, after: $after, first: $first) { rows { householdNo headMasked } nextCursor } }';
  const find = async (text: string, token = county.clerk.token): Promise<string[]> =>
    (await county.service.data<{ searchHouseholds: { rows: { householdNo: string }[] } }>(query, { text }, token)).searchHouseholds.rows.map(({ householdNo }) => householdNo);

  it.each([
    ['a name', '张晓明'],
    ['part of a member’s name', '秀英'],
    ['pinyin', 'zhangxiaoming'],
    ['initials', 'zxm'],
    ['the end of its number', '0001'],
    ['a phone’s last four digits', '0001'],
    ['two words together', '张 0001'],
  ])('finds by %s, masked', async (_what, text) => {
    expect(await find(text)).toEqual([household(1)]);
    const { searchHouseholds } = await county.service.data<{ searchHouseholds: { rows: { headMasked: string }[] } }>(query, { text }, county.clerk.token);
    expect(searchHouseholds.rows[0]?.headMasked).toBe('张*明');
  });

  it('finds nothing outside the own division, and gives pages', async () => {
    const neighbour = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109201' }] });
    expect(await find('张晓明', neighbour.token)).toEqual([]);
    expect(await find('wang', county.officer.token)).toEqual([household(2)]);
    const ofGroup = await county.service.account({ posts: [{ role: 'collector', divisionCode: village }] });
    expect(await find('wang', ofGroup.token)).toEqual([household(2)]);
  });

  it('refuses what cannot be searched for, and villagers', async () => {
    for (const text of ['', 'z', '%', "张' OR 1=1"]) expect(await county.service.refused(query, { text }, county.clerk.token)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'text' }] });
    expect(await county.service.refused(query, { text: '张' }, (await county.service.villager({ householdId: newId(), memberId: newId() })).token)).toMatchObject({ code: 'access.denied' });
  });

  it('keeps no name, sound or digit of a phone readable, neither in its tokens nor in its traces', async () => {
    const { rows } = await county.service.admin.query<{ text: string }>(`SELECT token AS text FROM archives.search_token UNION ALL SELECT facts::text FROM archives.audit WHERE action = 'households.searched'`);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map(({ text }) => text).join('\n')).not.toMatch(new RegExp(`张|zhang|${group}`, 'i'));
  });
});
