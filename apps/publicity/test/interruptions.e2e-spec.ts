import { archivesReads, publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { missingMutation, type Shown, Town, withdrawMutation } from './town';

const suspendMutation = 'mutation ($input: SuspendPublicationInput!) { suspendPublication(input: $input) { state suspendedOn version } }';
const resumeMutation = 'mutation ($input: PublicationInput!) { resumePublication(input: $input) { daysAdded lastDay version } }';
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
    await town.service.moveClockTo('2030-12-09');
    await town.ring();
    await town.service.toldOne('publication.closed');
    const { rows } = await town.service.admin.query('SELECT count(*)::int AS kept, count(label)::int AS labels, count(result)::int AS results FROM publicity.publication_entry WHERE publication_id = $1', [shown.id]);
    expect(rows[0]).toEqual({ kept: 6, labels: 0, results: 0 });
    expect(await town.service.ask(publicityReads.publishedSubjects, { publicationId: shown.id }, 'appeals')).toHaveLength(6);
    expect((await town.page(`/notices/${shown.id}`, 'village-clerk')).status).toBe(410);
  });
});
