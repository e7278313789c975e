import { publicityReads, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { county, groupOne, groupTwo, ReviewTown, village } from './town';

describe('preparing a review', () => {
  let town: ReviewTown;
  beforeAll(async () => {
    town = await ReviewTown.open();
  });
  afterAll(() => town.service.close());

  describe('the item list', () => {
    it('is approved by another person than the one who drafted it, once', async () => {
      const both = await town.service.account({ posts: [{ role: 'county-officer', divisionCode: county }, { role: 'county-director', divisionCode: county }] });
      const { listVersionId } = await town.act<{ listVersionId: string }>(both, 'draftItemList', 'listVersionId', { countyCode: county, effectiveFrom: '2030-01-01' });
      expect(await town.refused(both, 'approveItemList', { listVersionId })).toMatchObject({ code: 'item-list.same-person' });
      await town.act('countyDirector', 'approveItemList', 'approvedOn', { listVersionId });
      expect(await town.refused('countyDirector', 'approveItemList', { listVersionId })).toMatchObject({ code: 'item-list.approved' });
      town.listVersionId = listVersionId;
    });

    it('is never changed: the service itself may not rewrite it', async () => {
      const granted = await town.service.admin.query(
        `SELECT 1 FROM information_schema.role_table_grants WHERE table_schema = 'civility' AND table_name IN ('list_version', 'list_approval', 'score', 'sheet')
           AND privilege_type IN ('UPDATE', 'DELETE') AND grantee LIKE '%civility%'`,
      );
      expect(granted.rowCount).toBe(0);
    });

    it('switches kinds the law seals on only with a recorded legal basis', async () => {
      const active = async (id: string): Promise<unknown> => {
        const { itemList } = await town.query<{ itemList: { items: { code: string; active: boolean }[] } }>('clerk', 'query ($id: ID!) { itemList(id: $id) { items { code active } } }', { id });
        return itemList.items.find(({ code }) => code === 'V05')?.active;
      };
      expect(await active(await town.list('2030-11-12'))).toBe(false);
      expect(await active(await town.list('2030-11-13', [{ itemCode: 'V05', basis: '县人大常委会决定〔2030〕1号' }]))).toBe(true);
      const refused = await town.refused('countyOfficer', 'draftItemList', { countyCode: county, effectiveFrom: '2030-01-01', legalBases: [{ itemCode: 'V01', basis: '某某依据' }] });
      expect(refused).toMatchObject({ code: 'item-list.invalid' });
    });

    it('serves no round before it is approved or in force', async () => {
      const { listVersionId } = await town.act<{ listVersionId: string }>('countyOfficer', 'draftItemList', 'listVersionId', { countyCode: county, effectiveFrom: '2030-01-01' });
      const round = { villageCode: village, year: 2028, referenceDay: '2030-11-01', listVersionId };
      expect(await town.refused('townOfficer', 'prepareRound', round)).toMatchObject({ code: 'item-list.not-approved' });
      expect(await town.refused('townOfficer', 'prepareRound', { ...round, listVersionId: await town.list('2031-01-01') })).toMatchObject({ code: 'item-list.not-in-force', facts: { effectiveFrom: '2031-01-01' } });
    });

    it('is one per county and day, never reaches back, and a round takes the one in force on its reference day', async () => {
      const draft = async (effectiveFrom: string): Promise<string> =>
        (await town.act<{ listVersionId: string }>('countyOfficer', 'draftItemList', 'listVersionId', { countyCode: county, effectiveFrom })).listVersionId;
      expect(await town.refused('countyDirector', 'approveItemList', { listVersionId: await draft('2030-11-13') })).toMatchObject({ code: 'item-list.day-taken' });
      expect(await town.refused('countyDirector', 'approveItemList', { listVersionId: await draft('2030-10-31') })).toMatchObject({ code: 'item-list.retroactive' });
      const round = { villageCode: village, year: 2029, referenceDay: '2030-11-12', listVersionId: town.listVersionId };
      expect(await town.refused('townOfficer', 'prepareRound', round)).toMatchObject({ code: 'item-list.superseded' });
      const inForce = (on: string) => town.query<{ itemListInForce: { effectiveFrom: string } | null }>('clerk', 'query ($county: String!, $on: Day) { itemListInForce(countyCode: $county, on: $on) { effectiveFrom } }', { county, on });
      expect([await inForce('2029-12-31'), await inForce('2030-11-11'), await inForce('2030-11-12')]).toMatchObject([{ itemListInForce: null }, { itemListInForce: { effectiveFrom: '2030-01-01' } }, { itemListInForce: { effectiveFrom: '2030-11-12' } }]);
    });

    it('may be the county’s own, with every fault told at once and what changed against the one before', async () => {
      const { itemList } = await town.query<{ itemList: { areas: object[]; items: { code: string; points: string | null }[] } }>(
        'clerk',
        'query ($id: ID!) { itemList(id: $id) { areas { code zh positiveCap } items { code zh area polarity points evidence source } } }',
        { id: await town.list('2030-11-20') },
      );
      const [first, ...others] = itemList.items.filter(({ code }) => code !== 'N04');
      const draft = (items: readonly object[]) => ({ countyCode: county, effectiveFrom: '2030-11-21', content: { areas: itemList.areas, items } });
      const refused = await town.refused('countyOfficer', 'draftItemList', draft([{ ...first, zh: '从不上访' }, ...others, { ...others[0], source: '县联席办' }]));
      expect(refused).toMatchObject({ code: 'item-list.invalid' });
      expect(JSON.stringify(refused)).toMatch(/上访.*重复/);
      const { listVersionId } = await town.act<{ listVersionId: string }>('countyOfficer', 'draftItemList', 'listVersionId', draft([{ ...first, zh: '照料失能老人' }, ...others]));
      const { itemListChanges } = await town.query<{ itemListChanges: object[] }>('clerk', 'query ($id: ID!) { itemListChanges(id: $id) { kind of code field after } }', { id: listVersionId });
      expect(itemListChanges).toEqual([
        { kind: 'removed', of: 'item', code: 'N04', field: null, after: null },
        { kind: 'changed', of: 'item', code: first?.code, field: '内容', after: '照料失能老人' },
      ]);
    });
  });

  describe('the round', () => {
    it('takes the households of the archives and asks for its content to be published', async () => {
      await town.prepare();
      expect((await town.service.told('publication.requested')).at(-1)).toEqual({ kind: 'publication.content', owner: 'civility', key: town.roundId, divisionCode: village });
      const { round } = await town.query<{ round: { state: string; moves: string[]; groups: unknown[] } }>('clerk', 'query ($roundId: ID!) { round(id: $roundId) { state moves groups { groupCode households tableState } } }');
      expect(round).toMatchObject({ state: 'preparing', moves: ['open'], groups: [{ groupCode: groupOne, households: 3, tableState: null }, { groupCode: groupTwo, households: 2 }] });
    });

    it('is one per village and year', async () => {
      expect(await town.refused('townOfficer', 'prepareRound', { villageCode: village, year: 2030, referenceDay: '2030-11-01', listVersionId: town.listVersionId })).toMatchObject({ code: 'round.exists', status: 409 });
    });

    it('answers publicity with the list: a heading and a line for every item in use', async () => {
      const rows = await town.service.ask(sharedReads.publicationContent, { kind: 'publication.content', key: town.roundId }, 'publicity');
      expect(rows[0]).toMatchObject({ heading: { year: '2030' } });
      expect(rows.map(({ text }) => text)).toContain('P01 孝敬老人：赡养老人、照料周到，至多加 3.00 分');
      expect(rows.some(({ text }) => text?.startsWith('V05'))).toBe(false);
      expect(await town.service.ask(sharedReads.publicationContent, { kind: 'publication.result', key: town.roundId }, 'publicity')).toEqual([]);
    });

    it('is not prepared by another town', async () => {
      const neighbour = await town.service.account({ posts: [{ role: 'town-officer', divisionCode: '341525100000' }] });
      expect(await town.refused(neighbour, 'prepareRound', { villageCode: village, year: 2029, referenceDay: '2030-11-01', listVersionId: town.listVersionId })).toMatchObject({ code: 'access.outside-division' });
    });
  });

  describe('the bodies', () => {
    const forming = (groupCode: string, members: readonly unknown[]): Record<string, unknown> => ({ roundId: town.roundId, groupCode, members });

    it('are refused with each reason when their composition is wrong', async () => {
      const refused = await town.refused('townOfficer', 'formReviewGroup', forming(groupOne, [{ capacity: 'group-leader' }, { capacity: 'villager' }]));
      expect(refused).toMatchObject({ code: 'body.composition' });
      expect(refused.faults?.map(({ message }) => message)).toEqual(['评议小组须有村包片干部至少 1 名，现有 0 名', '评议小组须有公道正派且威信高的党员或村民至少 3 名，现有 1 名']);
    });

    it('are refused when own households alone would leave too few for one of them', async () => {
      const own = { capacity: 'villager', householdId: town.household(0) };
      const refused = await town.refused('townOfficer', 'formReviewGroup', forming(groupOne, [{ capacity: 'responsible-cadre' }, { capacity: 'group-leader' }, { capacity: 'party-member' }, own, own]));
      expect(refused).toMatchObject({ code: 'body.no-quorum', facts: { householdIds: [town.household(0)] } });
    });

    it('belong to a group of this village', async () => {
      expect(await town.refused('townOfficer', 'formReviewGroup', forming(`${village}09`, ReviewTown.review()))).toMatchObject({ code: 'body.composition', faults: [{ path: 'groupCode' }] });
    });

    it('keep the one before when they are changed', async () => {
      const [chair] = await town.form(groupOne, ReviewTown.review());
      await town.form(groupOne, [{ capacity: 'responsible-cadre', memberId: chair ?? '' }, ...ReviewTown.review().slice(1)]);
      const { bodies } = await town.query<{ bodies: { groupCode: string; replacedOn: string | null; members: { memberId: string }[] }[] }>('supervisor', 'query ($roundId: ID!) { bodies(roundId: $roundId, withHistory: true) { groupCode replacedOn members { memberId } } }');
      const history = bodies.filter(({ groupCode }) => groupCode === groupOne);
      expect(history.map(({ replacedOn }) => replacedOn === null)).toEqual([false, true]);
      expect(history.every(({ members }) => members.some(({ memberId }) => memberId === chair))).toBe(true);
    });
  });

  describe('opening', () => {
    const open = () => town.refused('townOfficer', 'openRound', { roundId: town.roundId });

    it('is refused before the content has hung its time in every group, with the dates', async () => {
      expect(await open()).toMatchObject({ code: 'round.content-not-published', facts: { lastDay: null } });
      const content = town.publish('publication.content', { postedOn: null, lastDay: null, state: 'draft' });
      expect(await open()).toMatchObject({ code: 'round.content-not-published', facts: { state: 'draft' } });
      Object.assign(content, { state: 'posted', postedOn: '2030-11-01', lastDay: '2030-11-04' });
      await town.service.moveClockTo('2030-11-04T23:59:58+08:00');
      expect(await open()).toMatchObject({ code: 'round.content-not-published', facts: { lastDay: '2030-11-04', mayOpenOn: '2030-11-05' }, faults: [{ message: expect.stringContaining('2030-11-05 起') as string }] });
      await town.service.moveClockTo('2030-11-05T00:00:01+08:00');
      expect(await open()).toMatchObject({ code: 'round.bodies-missing' });
    });

    it('is refused while the publication is suspended', async () => {
      const content = town.publications.at(-1);
      if (!content) throw new Error('nothing hangs');
      content.state = 'suspended';
      expect(await open()).toMatchObject({ code: 'round.content-not-published', facts: { state: 'suspended' } });
      content.state = 'posted';
    });

    it('is refused when publicity cannot be asked', async () => {
      town.service.peer.fail(publicityReads.publicationsOf);
      expect(await open()).toMatchObject({ code: 'peer.unavailable', status: 503 });
      town.neighboursAnswer();
    });

    it('is refused without a body for every group, naming those missing', async () => {
      const refused = await open();
      expect(refused.faults?.map(({ message }) => message)).toEqual([`${groupTwo} 组还没有评议小组`, '还没有审议小组']);
    });

    it('is the town office\'s step, and happens once', async () => {
      await town.form(groupTwo, ReviewTown.review());
      await town.form('village', ReviewTown.deliberation());
      expect(await town.refused('secretary', 'openRound', { roundId: town.roundId })).toMatchObject({ code: 'access.denied' });
      expect(await town.act('townOfficer', 'openRound', 'state openedOn', { roundId: town.roundId })).toEqual({ state: 'open', openedOn: '2030-11-05' });
      expect(await open()).toMatchObject({ code: 'state.illegal-move' });
    });

    it('afterwards a changed body needs a reason', async () => {
      expect(await town.refused('townOfficer', 'formReviewGroup', { roundId: town.roundId, groupCode: groupOne, members: ReviewTown.review() })).toMatchObject({ code: 'body.reason-missing' });
      await town.form(groupOne, ReviewTown.review(), { reason: '原组员外出务工，改由他人参加' });
    });
  });

  it('answers an unknown round and an unknown id with their own codes', async () => {
    expect(await town.refused('townOfficer', 'openRound', { roundId: newId() })).toMatchObject({ code: 'not-found', status: 404 });
    expect(await town.refused('townOfficer', 'openRound', { roundId: 'x' })).toMatchObject({ code: 'input.invalid', status: 400 });
    expect(await town.service.refused('mutation ($i: RoundArgs!) { openRound(input: $i) { state } }', { i: { requestId: newId(), roundId: town.roundId } })).toMatchObject({ code: 'auth.missing' });
  });
});
