import { archivesReads, publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { missingMutation, type Shown, Town, withdrawMutation } from './town';

const suspendMutation = 'mutation ($input: SuspendPublicationInput!) { suspendPublication(input: $input) { state suspendedOn version } }';
const resumeMutation = 'mutation ($input: PublicationInput!) { resumePublication(input: $input) { daysAdded lastDay version } }';
const interruptionsQuery = `query ($id: ID!) { publication(id: $id) { interruptions { kind placeId reason note fromOn untilOn } } publications(first: 1) { rows { interruptions { kind note } } } }`;
const redraftMutation = 'mutation ($input: PublicationInput!) { redraftPublication(input: $input) { entries } }';

describe('公示缺失、暂停与撤回', () => {
  let town: Town;
  let supervisor: string;
  beforeEach(async () => {
    town = await Town.open();
    supervisor = town.token('village-supervisor');
  });
  afterEach(() => town.close());

  const missing = (shown: Shown, place: number, missingFrom: string, repostedOn?: string) => ({
    input: { requestId: newId(), publicationId: shown.id, placeId: shown.places[place]?.id, missingFrom, ...(repostedOn ? { repostedOn } : {}) },
  });
  const withdrawing = (shown: Shown, reason = 'wrong-content') => ({ input: { requestId: newId(), publicationId: shown.id, reason } });

  it('adds the two days on which a place was found missing', async () => {
    const shown = await town.posted();
    await town.service.moveClockTo('2030-12-05');
    const { reportMissing } = await town.service.data<{ reportMissing: unknown }>(missingMutation, missing(shown, 1, '2030-12-03'), supervisor);
    expect(reportMissing).toEqual({ daysAdded: 2, lastDay: '2030-12-10', objectionLastDay: '2030-12-20', version: 2 });
    expect(await town.service.toldOne('publication.extended')).toMatchObject({ publicationId: shown.id, version: 2, postedOn: '2030-12-01', lastDay: '2030-12-10' });
    await town.service.moveClockTo('2030-12-10T23:59:40+08:00');
    expect((await town.show(shown.id)).isOver).toBe(false);
  });

  it('adds days on which two places were missing only once', async () => {
    const shown = await town.posted();
    await town.service.moveClockTo('2030-12-06');
    await town.service.data(missingMutation, missing(shown, 1, '2030-12-03', '2030-12-05'), supervisor);
    const { reportMissing } = await town.service.data<{ reportMissing: unknown }>(missingMutation, missing(shown, 2, '2030-12-04', '2030-12-06'), supervisor);
    expect(reportMissing).toMatchObject({ daysAdded: 1, lastDay: '2030-12-11', version: 3 });
  });

  it('closes on the extended day although the first alarm rings earlier', async () => {
    const shown = await town.posted();
    await town.service.moveClockTo('2030-12-05');
    await town.service.data(missingMutation, missing(shown, 1, '2030-12-03'), supervisor);
    await town.service.moveClockTo('2030-12-09');
    await town.service.hear('deadline.passed', { owner: 'publicity', kind: 'publication', lastDay: '2030-12-08' });
    expect(await town.service.told('publication.closed')).toEqual([]);
    await town.service.moveClockTo('2030-12-11');
    await town.ring();
    expect(await town.service.toldOne('publication.closed')).toMatchObject({ publicationId: shown.id, version: 2, lastDay: '2030-12-10' });
  });

  it('refuses a report before the posting, in the future, by the clerk, or after the end', async () => {
    const shown = await town.posted();
    await town.service.moveClockTo('2030-12-04');
    const code = async (variables: ReturnType<typeof missing>, token = supervisor) => (await town.service.refused(missingMutation, variables, token)).code;
    expect(await code(missing(shown, 0, '2030-11-30'))).toBe('publication.not-missing');
    expect(await code(missing(shown, 0, '2030-12-03', '2030-12-05'))).toBe('publication.not-missing');
    expect(await code(missing(shown, 0, '2030-12-03'), town.token('village-clerk'))).toBe('access.denied');
    await town.service.moveClockTo('2030-12-09');
    expect(await code(missing(shown, 0, '2030-12-07', '2030-12-08'))).toBe('publication.over');
  });

  it('withdraws wrong content and starts again from day one with the content pulled afresh', async () => {
    town.score = '59.00';
    const shown = await town.posted();
    town.score = '95.00';
    await town.service.moveClockTo('2030-12-04');
    const { withdrawPublication } = await town.service.data<{ withdrawPublication: { openedAgainAs: string } }>(withdrawMutation, withdrawing(shown), supervisor);
    const again = await town.show(withdrawPublication.openedAgainAs);
    expect(await town.service.toldOne('publication.withdrawn')).toMatchObject({ publicationId: shown.id, version: 2, replacedById: again.id });
    expect(await town.show(shown.id)).toMatchObject({ state: 'withdrawn', openedAgainAs: again.id, telling: { open: 0 } });
    expect(again).toMatchObject({ state: 'draft', againOf: shown.id, version: 1 });
    expect(await town.post(again)).toMatchObject({ postedOn: '2030-12-04', lastDay: '2030-12-11' });
    const page = await town.page(`/notices/${again.id}`, 'village-clerk');
    expect(page.text).toContain('95.00');
    expect(page.text).not.toContain('59.00');
  });

  it('withdraws nothing when the content cannot be pulled afresh', async () => {
    const shown = await town.posted();
    town.service.peer.fail(archivesReads.labels);
    expect((await town.service.refused(withdrawMutation, withdrawing(shown), supervisor)).code).toBe('peer.unavailable');
    expect((await town.show(shown.id)).state).toBe('posted');
  });

  it('lets only the town supervision group suspend, and adds the days of the suspension', async () => {
    const shown = await town.posted();
    const suspending = (reason = 'content-in-doubt') => ({ input: { requestId: newId(), publicationId: shown.id, reason } });
    expect((await town.service.refused(suspendMutation, suspending(), supervisor)).code).toBe('access.denied');
    await town.service.moveClockTo('2030-12-03');
    await town.service.data(suspendMutation, suspending(), town.token('town-supervisor'));
    await town.service.moveClockTo('2030-12-12');
    await town.ring();
    expect(await town.show(shown.id)).toMatchObject({ state: 'suspended', isOver: false });
    expect((await town.service.ask(publicityReads.publication, { publicationId: shown.id }, 'civility'))[0]?.state).toBe('suspended');
    const { resumePublication } = await town.service.data<{ resumePublication: unknown }>(resumeMutation, { input: { requestId: newId(), publicationId: shown.id } }, town.token('town-supervisor'));
    expect(resumePublication).toEqual({ daysAdded: 9, lastDay: '2030-12-17', version: 3 });
  });

  it('keeps which place was missing, and why and how long the town group suspended, for those who supervise', async () => {
    const shown = await town.posted();
    const group = town.token('town-supervisor');
    const suspending = (given: Readonly<Record<string, unknown>>) => ({ input: { requestId: newId(), publicationId: shown.id, ...given } });
    await town.service.moveClockTo('2030-12-05');
    await town.service.data(missingMutation, missing(shown, 1, '2030-12-03'), supervisor);
    expect((await town.service.refused(suspendMutation, suspending({ reason: 'other' }), group)).faults?.[0]?.path).toBe('note');
    await town.service.data(suspendMutation, suspending({ reason: 'other', note: '孙七来访反映名单有误' }), group);
    await town.service.moveClockTo('2030-12-07');
    await town.service.data(resumeMutation, { input: { requestId: newId(), publicationId: shown.id } }, group);
    const { publication, publications } = await town.service.data<{ publication: unknown; publications: unknown }>(interruptionsQuery, { id: shown.id }, supervisor);
    expect(publication).toEqual({
      interruptions: [
        { kind: 'missing', placeId: shown.places[1]?.id, reason: null, note: null, fromOn: '2030-12-03', untilOn: '2030-12-05' },
        { kind: 'suspended', placeId: null, reason: 'other', note: '孙七来访反映名单有误', fromOn: '2030-12-05', untilOn: '2030-12-07' },
      ],
    });
    expect(JSON.stringify(publications)).not.toContain('孙七');
    const { rows } = await town.service.admin.query<{ told: string }>(`SELECT string_agg(facts::text, '') AS told FROM publicity.audit UNION ALL SELECT string_agg(message::text, '') FROM publicity.outbox`);
    expect(JSON.stringify(rows)).not.toContain('孙七');
  });

  it('counts a day once that was both missing and suspended', async () => {
    const shown = await town.posted();
    const group = town.token('town-supervisor');
    await town.service.moveClockTo('2030-12-04');
    await town.service.data(suspendMutation, { input: { requestId: newId(), publicationId: shown.id, reason: 'complaint' } }, group);
    expect((await town.service.refused(missingMutation, missing(shown, 1, '2030-12-03'), supervisor)).code).toBe('state.illegal-move');
    await town.service.moveClockTo('2030-12-06');
    await town.service.data(resumeMutation, { input: { requestId: newId(), publicationId: shown.id } }, group);
    const { reportMissing } = await town.service.data<{ reportMissing: unknown }>(missingMutation, missing(shown, 1, '2030-12-03'), supervisor);
    expect(reportMissing).toMatchObject({ daysAdded: 1, lastDay: '2030-12-11', objectionLastDay: '2030-12-21' });
  });

  it('lets nobody else suspend or resume: not the county, not the town group of another town, and nothing that has ended', async () => {
    const shown = await town.posted();
    const input = { input: { requestId: newId(), publicationId: shown.id, reason: 'complaint' } };
    const elsewhere = await town.service.account({ posts: [{ role: 'town-supervisor', divisionCode: '341525110000' }] });
    for (const role of ['village-clerk', 'village-supervisor', 'county-officer', 'system-admin']) expect((await town.service.refused(suspendMutation, input, town.token(role))).code).toBe('access.denied');
    expect((await town.service.refused(suspendMutation, input, elsewhere.token)).code).toBe('access.outside-division');
    await town.service.data(suspendMutation, input, town.token('town-supervisor'));
    const resuming = { input: { requestId: newId(), publicationId: shown.id } };
    expect((await town.service.refused(resumeMutation, resuming, town.token('county-officer'))).code).toBe('access.denied');
    expect((await town.service.refused(resumeMutation, resuming, elsewhere.token)).code).toBe('access.outside-division');
    const ended = await town.posted();
    await town.service.moveClockTo('2030-12-09');
    expect((await town.service.refused(suspendMutation, { input: { ...input.input, requestId: newId(), publicationId: ended.id } }, town.token('town-supervisor'))).code).toBe('publication.over');
  });

  it('withdraws for an empty party board, also while suspended, and the suspension ends with it', async () => {
    const shown = await town.posted();
    await town.service.data(suspendMutation, { input: { requestId: newId(), publicationId: shown.id, reason: 'procedure-in-doubt' } }, town.token('town-supervisor'));
    await town.service.moveClockTo('2030-12-04');
    expect((await town.service.refused(withdrawMutation, withdrawing(shown, 'bad-weather'), supervisor)).code).toBe('input.invalid');
    expect((await town.service.refused(withdrawMutation, withdrawing(shown), town.token('village-clerk'))).code).toBe('access.denied');
    await town.service.data(withdrawMutation, withdrawing(shown, 'empty-party-board'), supervisor);
    const { publication } = await town.service.data<{ publication: unknown }>(`query ($id: ID!) { publication(id: $id) { state withdrawal interruptions { untilOn } } }`, { id: shown.id }, supervisor);
    expect(publication).toEqual({ state: 'withdrawn', withdrawal: 'empty-party-board', interruptions: [{ untilOn: '2030-12-04' }] });
  });

  it('pulls the content of a draft again until a place is posted', async () => {
    town.score = '10.00';
    const draft = await town.draft();
    town.score = '88.00';
    const redraft = () => ({ input: { requestId: newId(), publicationId: draft.id } });
    await town.service.data(redraftMutation, redraft(), town.token('village-clerk'));
    expect((await town.page(`/notices/${draft.id}`, 'village-clerk')).text).toContain('88.00');
    await town.post(draft);
    expect((await town.service.refused(redraftMutation, redraft(), town.token('village-clerk'))).code).toBe('state.illegal-move');
  });

  it('takes names and results down when it ends, and keeps who was listed', async () => {
    const shown = await town.posted();
    const query = 'query ($id: ID!) { publicationEntries(publicationId: $id, first: 10) { rows { subjectId label result } } }';
    const shownLabels = async () => (await town.service.data<{ publicationEntries: { rows: { label: string | null; result: string | null }[] } }>(query, { id: shown.id }, town.token('village-clerk'))).publicationEntries.rows;
    expect((await shownLabels())[0]).toMatchObject({ label: '张*明', result: '95.00' });
    await town.service.moveClockTo('2030-12-09');
    expect((await shownLabels()).map(({ label, result }) => [label, result])).toEqual(Array.from({ length: 6 }, () => [null, null]));
    expect((await town.notYetTold(shown.id)).map(({ label }) => label)).toEqual(Array.from({ length: 6 }, () => null));
    await town.ring();
    await town.service.toldOne('publication.closed');
    const { rows } = await town.service.admin.query('SELECT count(*)::int AS kept, count(label)::int AS labels, count(result)::int AS results FROM publicity.publication_entry WHERE publication_id = $1', [shown.id]);
    expect(rows[0]).toEqual({ kept: 6, labels: 0, results: 0 });
    expect(await town.service.ask(publicityReads.publishedSubjects, { publicationId: shown.id }, 'appeals')).toHaveLength(6);
    expect((await town.page(`/notices/${shown.id}`, 'village-clerk')).status).toBe(410);
  });
});
