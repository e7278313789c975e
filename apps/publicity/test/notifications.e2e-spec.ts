import { publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { deliveryMutation, groupMutation, groups, type Shown, Town, village } from './town';

const notDeliverableMutation = 'mutation ($input: RecordNotDeliverableInput!) { recordNotDeliverable(input: $input) { notificationId state } }';
const acknowledgeMutation = 'mutation ($requestId: String!, $id: ID!) { acknowledgeNotification(requestId: $requestId, notificationId: $id) { state } }';
const mineQuery = '{ myNotifications(first: 10) { rows { id text state role } } }';
const ownQuery = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id notices { id text state title objectionLastDay } } }';

describe('告知', () => {
  let town: Town;
  let shown: Shown;
  let clerk: string;
  beforeEach(async () => {
    town = await Town.open();
    clerk = town.token('village-clerk');
    shown = await town.posted();
  });
  afterEach(() => town.close());

  const idFor = async (household: number): Promise<string> => (await town.notYetTold(shown.id)).find(({ subjectId }) => subjectId === town.household(household))?.id ?? '';
  const delivering = (notificationId: string, given: Readonly<Record<string, unknown>>) => ({ input: { requestId: newId(), notificationId, ...given } });
  const fail = (notificationId: string, channel: string) => town.service.data(deliveryMutation, delivering(notificationId, { channel, outcome: 'failed', reason: 'away', note: '王五家门锁着' }), clerk);
  const giveUp = (notificationId: string) => ({ input: { requestId: newId(), notificationId, reason: 'away', witnessName: '赵六' } });
  const told = () => town.service.ask(publicityReads.told, { publicationId: shown.id }, 'civility');

  it('tells every household listed, with the last days and without its score', async () => {
    const open = await town.notYetTold(shown.id);
    expect(open.map(({ subjectId }) => subjectId).toSorted()).toEqual(town.households.toSorted());
    expect(open[0]?.text).toContain('2030年12月18日24:00前');
    expect(open[0]?.text).not.toContain('95');
    expect(await told()).toEqual([]);
    expect(shown.telling).toEqual({ open: 6, told: 0, notDeliverable: 0 });
  });

  it('counts a household as told once one channel has reached it, and tells the owner', async () => {
    const id = await idFor(0);
    await town.service.moveClockTo('2030-12-02');
    expect(await town.service.data(deliveryMutation, delivering(id, { channel: 'slip', outcome: 'told' }), clerk)).toEqual({ recordDelivery: { notificationId: id, state: 'told' } });
    expect(await told()).toEqual([{ subjectId: town.household(0), outcome: 'told', settledOn: '2030-12-02' }]);
    expect(await town.service.toldOne('notification.settled')).toMatchObject({ owner: 'civility', notificationId: id, publicationId: shown.id, outcome: 'told' });
    expect((await town.service.refused(deliveryMutation, delivering(id, { channel: 'visit', outcome: 'told' }), clerk)).code).toBe('notification.settled');
  });

  it('records a whole group from one sign-off sheet, except those who were not reached', async () => {
    const variables = { input: { requestId: newId(), publicationId: shown.id, groupCode: groups[0], channel: 'slip', exceptSubjectIds: [town.household(2)], exceptReason: 'away' } };
    expect(await town.service.data(groupMutation, variables, clerk)).toEqual({ recordGroupDelivery: { told: 2, failed: 1 } });
    expect(await town.notYetTold(shown.id)).toHaveLength(4);
    const stranger = { input: { ...variables.input, requestId: newId(), exceptSubjectIds: [town.household(5)] } };
    expect((await town.service.refused(groupMutation, stranger, clerk)).faults?.[0]?.path).toBe('exceptSubjectIds');
  });

  it('records a household as not deliverable only after two tries over each of two channels, with reason and witness', async () => {
    const id = await idFor(1);
    await fail(id, 'visit');
    await fail(id, 'visit');
    await fail(id, 'phone');
    expect(await town.service.refused(notDeliverableMutation, giveUp(id), clerk)).toMatchObject({ code: 'notification.tried-too-little', facts: { tries: { visit: 2, phone: 1 } } });
    await fail(id, 'phone');
    const { witnessName: _none, ...unwitnessed } = giveUp(id).input;
    expect((await town.service.graph(notDeliverableMutation, { input: unwitnessed }, clerk)).errors).toBeDefined();
    await town.service.data(notDeliverableMutation, giveUp(id), clerk);
    expect(await told()).toMatchObject([{ subjectId: town.household(1), outcome: 'not-deliverable' }]);
    expect((await town.show(shown.id)).telling).toEqual({ open: 5, told: 0, notDeliverable: 1 });
  });

  it('keeps the witness and the note readable to nobody without the key', async () => {
    const id = await idFor(1);
    for (const channel of ['visit', 'visit', 'phone', 'phone']) await fail(id, channel);
    await town.service.data(notDeliverableMutation, giveUp(id), clerk);
    const { rows } = await town.service.admin.query<{ kept: string }>(`SELECT encode(coalesce(note, '') || coalesce(witness_name, ''), 'hex') AS kept FROM publicity.delivery`);
    const facts = await town.service.admin.query(`SELECT string_agg(facts::text, '') AS facts FROM publicity.audit`);
    const kept = rows.map((row) => row.kept).join();
    expect(kept.length).toBeGreaterThan(100);
    for (const name of ['赵六', '王五']) expect(kept).not.toContain(Buffer.from(name).toString('hex'));
    expect(JSON.stringify(facts.rows)).not.toMatch(/赵六|王五|张/);
  });

  it('takes only channels that staff record, and days between sending and today', async () => {
    const id = await idFor(0);
    const code = async (given: Readonly<Record<string, unknown>>) => (await town.service.refused(deliveryMutation, delivering(id, given), clerk)).code;
    expect(await code({ channel: 'webhook', outcome: 'told' })).toBe('notification.channel');
    expect(await code({ channel: 'slip', outcome: 'told', happenedOn: '2030-11-30' })).toBe('input.invalid');
    expect(await code({ channel: 'slip', outcome: 'told', happenedOn: '2030-12-02' })).toBe('input.invalid');
    expect(await code({ channel: 'slip', outcome: 'failed' })).toBe('input.invalid');
    expect((await town.service.refused(deliveryMutation, delivering(newId(), { channel: 'slip', outcome: 'told' }), clerk)).code).toBe('not-found');
  });

  it('shows a household its own notices only, and takes its own word that it knows', async () => {
    const own = await town.service.villager({ householdId: town.household(0), memberId: newId() });
    const ids = [town.household(0), town.household(1)];
    const { householdsByIds } = await town.service.data<{ householdsByIds: ({ notices: { id: string }[] } | null)[] }>(ownQuery, { ids }, own.token);
    expect(householdsByIds).toMatchObject([{ notices: [{ state: 'open', title: shown.title, objectionLastDay: '2030-12-18' }] }, null]);
    const acknowledge = (id: string) => ({ requestId: newId(), id });
    expect((await town.service.refused(acknowledgeMutation, acknowledge(await idFor(1)), own.token)).code).toBe('not-found');
    await town.service.data(acknowledgeMutation, acknowledge(householdsByIds[0]?.notices[0]?.id ?? ''), own.token);
    expect(await told()).toMatchObject([{ subjectId: town.household(0), outcome: 'told' }]);
  });

  it('tells holders of a post, by template, what waits for them', async () => {
    await town.service.hear('notification.requested', { owner: 'appeals', template: 'answer-overdue', key: newId(), divisionCode: village, subjectId: null, role: 'town-supervisor', publicationId: null });
    const { myNotifications } = await town.service.data<{ myNotifications: { rows: { id: string }[] } }>(mineQuery, {}, town.token('town-supervisor'));
    expect(myNotifications.rows).toMatchObject([{ role: 'town-supervisor', state: 'open', text: expect.stringContaining('2030年12月1日') }]);
    expect((await town.service.data<{ myNotifications: { rows: unknown[] } }>(mineQuery, {}, clerk)).myNotifications.rows).toEqual([]);
    await town.service.data(acknowledgeMutation, { requestId: newId(), id: myNotifications.rows[0]?.id }, town.token('town-supervisor'));
    expect(await town.service.told('notification.settled')).toEqual([]);
  });

  it('tells a subject what another service asks for, even by a template without words of its own', async () => {
    for (const template of ['rating-result', 'never-heard-of']) {
      await town.service.hear('notification.requested', { owner: 'rating', template, key: newId(), divisionCode: village, subjectId: town.household(3), role: null, publicationId: null });
    }
    const own = await town.service.villager({ householdId: town.household(3), memberId: newId() });
    const { householdsByIds } = await town.service.data<{ householdsByIds: { notices: { text: string }[] }[] }>(ownQuery, { ids: [town.household(3)] }, own.token);
    expect(householdsByIds[0]?.notices).toHaveLength(3);
  });

  it('records rating results of a group, which belong to no publication', async () => {
    for (const subjectId of town.households) {
      await town.service.hear('notification.requested', { owner: 'rating', template: 'rating-result', key: newId(), divisionCode: village, subjectId, role: null, publicationId: null });
    }
    const variables = (groupCode: string) => ({ input: { requestId: newId(), template: 'rating-result', groupCode, channel: 'slip' } });
    expect(await town.service.data(groupMutation, variables(groups[1]), clerk)).toEqual({ recordGroupDelivery: { told: 3, failed: 0 } });
    expect(await town.service.data(groupMutation, variables(village), clerk)).toEqual({ recordGroupDelivery: { told: 3, failed: 0 } });
    expect(await town.service.told('notification.settled')).toHaveLength(6);
  });

  it('tells nobody about a rating list by itself, because each subject gets its own result', async () => {
    const list = await town.posted({ kind: 'publication.rating', owner: 'rating', key: `${newId()}:${village}` });
    expect(list.telling).toEqual({ open: 0, told: 0, notDeliverable: 0 });
  });
});
