import { archivesReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { group, household, LoadedVillage, people, residentId, sound, town, village, workbook } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;
interface History {
  readonly householdNo: string;
  readonly closedOn: string | null;
  readonly formerNumbers: { householdNo: string }[];
  readonly events: { eventId: string; kind: string; state: string; sentence: string; reason: string | null; correctsEventId: string | null; linked: { householdId: string | null; householdNo: string | null }[] }[];
}

const later = '2031-05-12';
const evidenceSha256 = 'b'.repeat(64);
const secondGroup = '34152510920402';
const otherVillage = '341525109200';
const rows = (): ReturnType<typeof sound> => ({ ...sound(), groups: [{ groupCode: group, name: '上湾组' }, { groupCode: secondGroup, name: '下湾组' }] });

describe('what happens to a household', () => {
  let county: LoadedVillage;
  let zhang: Homes[number];
  let wang: Homes[number];
  let registeredOn: string;
  beforeEach(async () => {
    county = await LoadedVillage.open(rows());
    [zhang, wang] = (await county.households()) as [Homes[number], Homes[number]];
    registeredOn = await county.service.today();
    await county.service.moveClockTo(later);
  });
  afterEach(() => county.service.close());

  const said = (given: object): object => ({ effectiveOn: later, evidenceSha256, reason: '户口簿变更', ...given });
  const act = <T = { eventId: string; state: string; householdId: string; householdNo: string; memberId: string }>(mutation: string, given: object, who: SignedIn = county.clerk, answer = 'eventId state householdId householdNo memberId'): Promise<T> =>
    county.act(who, mutation, `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Args`, said(given), answer);
  const refused = (mutation: string, given: object, who: SignedIn = county.clerk) => county.refused(who, mutation, `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Args`, said(given));
  const decide = (eventId: string, outcome: string, who = county.officer) => county.act<{ outcome: string }>(who, 'decideHouseholdEvent', 'DecideHouseholdEventArgs', { eventId, outcome }, 'outcome');
  const membersOf = async (householdId: string, on = later): Promise<{ memberId: string; maskedName: string; relation: string }[]> => {
    const query = 'query ($id: ID!, $on: Day!) { householdMembersOn(householdId: $id, on: $on) { memberId maskedName relation } }';
    return (await county.service.data<{ householdMembersOn: { memberId: string; maskedName: string; relation: string }[] }>(query, { id: householdId, on }, county.clerk.token)).householdMembersOn;
  };
  const member = async (householdId: string, relation: string): Promise<string> => (await membersOf(householdId)).find((one) => one.relation === relation)?.memberId ?? '';
  const history = async (householdId: string, who = county.clerk): Promise<History> => {
    const query = `query ($id: ID!) { householdHistory(householdId: $id) { householdNo closedOn formerNumbers { householdNo } events { eventId kind state sentence reason correctsEventId linked { householdId householdNo } } } }`;
    return (await county.service.data<{ householdHistory: History }>(query, { id: householdId }, who.token)).householdHistory;
  };
  const served = async (code = village): Promise<string[]> => (await county.service.ask(archivesReads.households, { under: code }, 'civility')).map(({ householdId }) => householdId);
  const imported = async (given: ReturnType<typeof sound>, villageCode = village, who = county.clerk): Promise<{ state: string; errors: { message: string }[] }> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await workbook(given))]), 'village.xlsx');
    const answer = await fetch(`${county.service.url}/imports?villageCode=${villageCode}`, { method: 'POST', headers: { authorization: `Bearer ${who.token}`, 'idempotency-key': newId() }, body: form });
    const { jobId: id } = (await answer.json()) as { jobId: string };
    return county.service.until(async () => {
      const { importJob } = await county.service.data<{ importJob: Awaited<ReturnType<typeof imported>> }>('query ($id: ID!) { importJob(id: $id) { state errors { message } } }', { id }, who.token);
      return importJob.state !== 'waiting' && importJob;
    }, 'the import to end');
  };

  it('a birth adds a member from its day on; a person who is registered already is refused without saying where', async () => {
    await act('recordBirth', { householdId: zhang.id, name: '张新宝', residentId: residentId('20310501', 9), relation: '女儿' });
    expect((await membersOf(zhang.id)).map(({ relation }) => relation)).toContain('女儿');
    const elsewhere = await refused('recordBirth', { householdId: zhang.id, name: '王德华', residentId: people.wang, relation: '其他' });
    expect(elsewhere).toMatchObject({ code: 'household-event.two-households', status: 409, facts: {} });
    expect((await history(zhang.id)).events).toMatchObject([{ kind: 'birth', state: 'done', reason: '户口簿变更', sentence: expect.stringContaining('登记一名新成员入户') as string }]);
  });

  it('of two clerks who enter the same person at the same moment one is refused', async () => {
    const entered = await Promise.all(
      [zhang, wang].map((home) =>
        county.service.graph('mutation ($input: RecordBirthArgs!) { recordBirth(input: $input) { state } }', { input: { requestId: newId(), ...said({ householdId: home.id, name: '张新宝', residentId: residentId('20310501', 9), relation: '女儿' }) } }, county.clerk.token),
      ),
    );
    expect(entered.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done').toSorted()).toEqual(['done', 'household-event.two-households']);
  });

  it('nobody is in two households on one day, not even in the past: the database refuses it', async () => {
    await county.service.moveClockTo('2031-06-20');
    await act('recordDeath', { householdId: zhang.id, memberId: await member(zhang.id, '配偶'), effectiveOn: '2031-06-18' });
    const again = (effectiveOn: string) => ({ householdId: wang.id, name: '李秀英', residentId: people.li, relation: '其他', effectiveOn });
    expect(await refused('recordBirth', again('2031-06-17'))).toMatchObject({ code: 'household-event.two-households', facts: {} });
    expect(await act('recordBirth', again('2031-06-18'))).toMatchObject({ state: 'done' });
  });

  it('the death of the head needs a new one; of the last member, it closes the household for good', async () => {
    const head = await member(zhang.id, '户主');
    expect((await refused('recordDeath', { householdId: zhang.id, memberId: head })).faults?.[0]?.path).toBe('roles');
    await act('recordDeath', { householdId: zhang.id, memberId: head, roles: [{ memberId: await member(zhang.id, '配偶'), relation: '户主' }] });
    expect((await membersOf(zhang.id)).map(({ relation }) => relation).toSorted()).toEqual(['儿子', '户主']);

    await act('recordDeath', { householdId: wang.id, memberId: await member(wang.id, '户主') });
    expect((await history(wang.id)).closedOn).toBe(later);
    expect(await served()).toEqual([zhang.id]);
    expect((await county.service.ask(archivesReads.ratingFiles, { villageCode: village }, 'rating')).map(({ subjectId }) => subjectId)).not.toContain(wang.id);
    expect(await county.service.ask(archivesReads.labels, { subjectIds: [wang.id] }, 'civility')).toMatchObject([{ label: '王*华', subjectNo: household(2) }]);
    expect(await refused('recordBirth', { householdId: wang.id, name: '王小', residentId: residentId('20310501', 9), relation: '儿子' })).toMatchObject({ code: 'household.closed' });
    const task = { householdIds: [wang.id], collectorId: newId(), dueOn: '2031-06-30' };
    expect(await county.refused(county.clerk, 'assignCollection', 'AssignCollectionArgs', task)).toMatchObject({ code: 'household.closed' });
    expect(await county.refused(county.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: wang.id })).toMatchObject({ code: 'household.closed' });
    const old = await imported(rows());
    expect(old.state).toBe('failed');
    expect(old.errors.map(({ message }) => message).join()).toMatch(/该户已销户[\s\S]*已登记死亡或注销/);
  });

  it('a marriage moves one member, who agrees anew; both households tell of it, each of the other', async () => {
    const wife = await member(zhang.id, '配偶');
    await act('recordMarriage', { householdId: zhang.id, memberId: wife, toHouseholdNo: household(2), relation: '配偶' });
    expect((await membersOf(wang.id)).map(({ memberId }) => memberId)).toContain(wife);
    expect((await membersOf(zhang.id)).map(({ memberId }) => memberId)).not.toContain(wife);
    expect((await membersOf(zhang.id, registeredOn)).map(({ memberId }) => memberId)).toContain(wife);
    expect((await history(zhang.id)).events[0]).toMatchObject({ kind: 'marriage', linked: [{ householdId: wang.id }], sentence: expect.stringContaining(`一名成员迁入 ${household(2)}`) as string });
    expect((await history(wang.id)).events[0]).toMatchObject({ kind: 'marriage', linked: [{ householdId: zhang.id }], sentence: expect.stringContaining('的一名成员迁入本户') as string });
    const villager = await county.service.villager({ householdId: wang.id, memberId: wife });
    expect((await history(wang.id, villager)).events[0]).toMatchObject({ reason: null, linked: [{ householdId: null, householdNo: null }], sentence: expect.not.stringContaining(household(1)) as string });
    expect(await county.service.ask(archivesReads.memberByTail, { householdId: wang.id, tail: people.li.slice(-4) }, 'identity')).toMatchObject([{ memberId: wife }]);
    expect((await county.service.ask(archivesReads.ratingFiles, { villageCode: village }, 'rating')).find(({ subjectId }) => subjectId === wang.id)?.consent).toEqual({ economics: false, credit: false });
  });

  it('a split leaves file, score and grade with the head; the new household starts with none', async () => {
    const [head, wife, child] = [await member(zhang.id, '户主'), await member(zhang.id, '配偶'), await member(zhang.id, '儿子')];
    const members = [{ memberId: wife, relation: '户主' }, { memberId: child, relation: '儿子' }];
    expect((await refused('splitHousehold', { householdId: zhang.id, members: [{ memberId: head, relation: '户主' }], address: '上湾组9号' })).faults?.[0]?.path).toBe('members');
    const split = await act('splitHousehold', { householdId: zhang.id, members, address: '上湾组9号' });
    expect(split).toMatchObject({ state: 'done', householdNo: household(3) });
    const [told] = await county.service.told('file.changed');
    expect(told).toMatchObject({ subjectId: zhang.id, version: zhang.file.version + 1 });
    const homes = await county.households();
    expect(homes.map(({ householdNo, file }) => [householdNo, (file as Homes[number]['file'] | null)?.state])).toEqual([[household(1), 'returned'], [household(2), 'collected'], [household(3), undefined]]);
    expect((await history(split.householdId)).events).toMatchObject([{ kind: 'split', linked: [{ householdId: zhang.id }], sentence: expect.stringContaining('新户没有档案、得分和等级') as string }]);
    const query = 'query ($id: ID!, $on: Day!) { fileItemsAsOf(subjectId: $id, on: $on) { item } }';
    const { fileItemsAsOf } = await county.service.data<{ fileItemsAsOf: unknown[] }>(query, { id: zhang.id, on: later }, county.clerk.token);
    expect(fileItemsAsOf.length).toBeGreaterThan(3);
  });

  it('a merger names every member, closes the emptied household and leaves it readable', async () => {
    const only = await member(wang.id, '户主');
    expect((await refused('mergeHouseholds', { householdId: zhang.id, intoHouseholdId: wang.id, members: [{ memberId: await member(zhang.id, '儿子'), relation: '外孙' }] })).faults?.[0]?.path).toBe('members');
    await act('mergeHouseholds', { householdId: wang.id, intoHouseholdId: zhang.id, members: [{ memberId: only, relation: '岳父' }] });
    expect(await history(wang.id)).toMatchObject({ closedOn: later, events: [{ kind: 'merge', sentence: expect.stringContaining(`全户 1 人并入 ${household(1)}`) as string }] });
    expect((await membersOf(zhang.id)).map(({ memberId }) => memberId)).toContain(only);
    expect((await membersOf(wang.id, registeredOn)).map(({ maskedName }) => maskedName)).toEqual(['王*华']);
    expect(await served()).toEqual([zhang.id]);
    const files = await county.service.data<{ householdsByIds: Homes }>('query ($ids: [ID!]!) { householdsByIds(ids: $ids) { file { state version } } }', { ids: [wang.id, zhang.id] }, county.clerk.token);
    expect(files.householdsByIds.map(({ file }) => file)).toEqual([{ state: 'collected', version: 2 }, { state: 'returned', version: 2 }]);
    expect(await county.act(county.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted')).toEqual({ submitted: 3 });
  });

  it('a move within the village gives a new number; the old one is still found and never given again', async () => {
    await act('moveHousehold', { householdId: wang.id, toGroupCode: secondGroup, address: '下湾组1号' });
    expect(await history(wang.id)).toMatchObject({ householdNo: `H${secondGroup}0001`, formerNumbers: [{ householdNo: household(2) }] });
    expect(await county.service.ask(archivesReads.resolveSubject, { subjectNo: household(2) }, 'exchange')).toMatchObject([{ subjectId: wang.id }]);
    const found = await county.service.until(async () => {
      const query = 'query ($text: String!) { searchHouseholds(text: $text) { rows { id } } }';
      const { searchHouseholds } = await county.service.data<{ searchHouseholds: { rows: { id: string }[] } }>(query, { text: household(2) }, county.clerk.token);
      return searchHouseholds.rows.length === 1 && searchHouseholds.rows;
    }, 'the old number to be found');
    expect(found).toEqual([{ id: wang.id }]);
    const old = await imported(rows());
    expect(old.errors.map(({ message }) => message).join()).toContain('迁移前的户编号');
    const split = await act('splitHousehold', { householdId: zhang.id, members: [{ memberId: await member(zhang.id, '配偶'), relation: '户主' }], address: '上湾组9号' });
    expect(split.householdNo).toBe(household(3));
  });

  it('a village merger needs the town: reported by the clerk with each group, confirmed by another, then all live in the successor', async () => {
    const groups = [{ groupCode: group, newGroupCode: `${otherVillage}08` }];
    expect((await refused('mergeVillage', { villageCode: village, successorCode: otherVillage, groups: [{ groupCode: secondGroup, newGroupCode: `${otherVillage}09` }] })).faults?.[0]?.message).toContain(group);
    const { eventId, state } = await act('mergeVillage', { villageCode: village, successorCode: otherVillage, groups });
    expect(state).toBe('waiting');
    expect(await served()).toHaveLength(2);
    expect(await county.refused(county.clerk, 'decideHouseholdEvent', 'DecideHouseholdEventArgs', { eventId, outcome: 'confirmed' })).toMatchObject({ status: 403 });
    const list = async () =>
      (await county.service.data<{ waitingHouseholdEvents: { rows: { eventId: string }[] } }>('query { waitingHouseholdEvents { rows { eventId } } }', {}, county.officer.token)).waitingHouseholdEvents.rows;
    expect(await list()).toEqual([{ eventId }]);
    expect(await decide(eventId, 'confirmed')).toEqual({ outcome: 'confirmed' });
    expect(await list()).toEqual([]);
    expect(await served()).toEqual([]);
    expect(await served(otherVillage)).toEqual([zhang.id, wang.id]);
    const clerk = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: otherVillage }] });
    expect(await history(zhang.id, clerk)).toMatchObject({ householdNo: `H${otherVillage}080001`, formerNumbers: [{ householdNo: household(1) }], events: [{ kind: 'village-merger' }] });
    const query = 'query ($under: String!) { divisionSuccessors(under: $under) { rows { code successorCode fromOn } } }';
    const { divisionSuccessors } = await county.service.data<{ divisionSuccessors: { rows: unknown[] } }>(query, { under: village }, county.clerk.token);
    expect(divisionSuccessors.rows).toEqual([{ code: village, successorCode: otherVillage, fromOn: later }, { code: group, successorCode: `${otherVillage}08`, fromOn: later }]);
    expect(await county.refused(county.officer, 'decideHouseholdEvent', 'DecideHouseholdEventArgs', { eventId, outcome: 'refused' })).toMatchObject({ code: 'household-event.decided' });
    expect((await refused('moveHousehold', { householdId: zhang.id, toGroupCode: group, address: '上湾组1号' }, clerk)).faults?.[0]?.message).toContain('承继');
    expect((await imported(rows())).errors.map(({ message }) => message).join()).toContain('已经并入他处');
  });

  it('a move into another village waits for the town, takes effect as things then are, and is not confirmed by its recorder', async () => {
    const foreign = `${otherVillage}01`;
    const clerk = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: otherVillage }] });
    const theirs = { groups: [{ groupCode: foreign, name: '外村组' }], households: [{ householdNo: `H${foreign}0001`, groupCode: foreign, address: '外村外村组1号' }], members: [{ householdNo: `H${foreign}0001`, name: '赵敏', residentId: residentId('19800808', 8), relation: '户主' }] };
    expect((await imported(theirs, otherVillage, clerk)).errors).toEqual([]);
    const own = await act('moveHousehold', { householdId: wang.id, toGroupCode: foreign, address: '外村1号' }, county.officer);
    expect(own.state).toBe('waiting');
    expect(await county.refused(county.officer, 'decideHouseholdEvent', 'DecideHouseholdEventArgs', { eventId: own.eventId, outcome: 'confirmed' })).toMatchObject({ code: 'household-event.own-event' });
    const { eventId } = await act('moveHousehold', { householdId: wang.id, toGroupCode: foreign, address: '外村1号' });
    await decide(own.eventId, 'refused', await county.service.account({ posts: [{ role: 'town-officer', divisionCode: town }] }));
    expect((await history(wang.id)).householdNo).toBe(household(2));
    await decide(eventId, 'confirmed');
    expect(await served(otherVillage)).toContain(wang.id);
    const officer = await history(wang.id, county.officer);
    expect(officer.events.map(({ state }) => state)).toEqual(['refused', 'done']);

    const wife = await member(zhang.id, '配偶');
    const wedding = await act('recordMarriage', { householdId: zhang.id, memberId: wife, toHouseholdNo: `H${foreign}0001`, relation: '配偶' });
    expect(wedding.state).toBe('waiting');
    expect((await history(zhang.id)).events).toMatchObject([{ state: 'waiting', linked: [{ householdId: null, householdNo: null }], sentence: expect.stringContaining('他处另一户') as string }]);
    await act('recordDeath', { householdId: zhang.id, memberId: wife });
    expect(await county.refused(county.officer, 'decideHouseholdEvent', 'DecideHouseholdEventArgs', { eventId: wedding.eventId, outcome: 'confirmed' })).toMatchObject({ code: 'household-event.outdated', faults: [{ path: 'members' }] });
    expect(await decide(wedding.eventId, 'refused')).toEqual({ outcome: 'refused' });
  });

  it('is recorded by the own village only, on no future day, and corrected by a further event', async () => {
    const stranger = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: otherVillage }] });
    const death = { householdId: zhang.id, memberId: await member(zhang.id, '儿子') };
    expect(await refused('recordDeath', death, stranger)).toMatchObject({ code: 'access.outside-division' });
    expect((await refused('recordDeath', { ...death, effectiveOn: '2031-05-13' })).faults?.[0]?.path).toBe('effectiveOn');
    expect((await refused('recordDeath', { ...death, effectiveOn: '2000-01-01' })).faults?.[0]?.path).toBe('effectiveOn');
    expect((await refused('recordDeath', { ...death, evidenceSha256: 'none' })).status).toBe(400);
    const { eventId } = await act('recordDeath', death);
    await act('recordBirth', { householdId: zhang.id, name: '张小宝', residentId: people.child, relation: '儿子', reason: '误登死亡，予以更正', correctsEventId: eventId });
    expect((await history(zhang.id)).events).toMatchObject([{ eventId, kind: 'death' }, { kind: 'birth', correctsEventId: eventId }]);
    expect((await refused('recordDeath', { ...death, householdId: wang.id, memberId: await member(wang.id, '户主'), correctsEventId: eventId })).faults?.[0]?.path).toBe('correctsEventId');
  });
});
