import { archivesReads, publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { addDays, plainDate } from '@credit/policy';
import { dutyNow } from '@credit/testing';
import { groups, postMutation, Town, village } from './town';

describe('公示', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
  });
  afterAll(() => town.close());

  it('drafts one publication per case, however often it is asked for, with a place per board and group', async () => {
    const key = newId();
    const draft = await town.draft({ key });
    await town.service.hear('publication.requested', { kind: 'publication.result', owner: 'civility', key, divisionCode: village });
    const known = await town.service.ask(publicityReads.publicationsOf, { owner: 'civility', kind: 'publication.result', key }, 'civility');
    expect(known).toHaveLength(1);
    expect(known[0]).toMatchObject({ publicationId: draft.id, state: 'draft', version: 1, postedOn: null, lastDay: null, objectionLastDay: null });
    expect(draft.places.map(({ kind, name }) => [kind, name])).toEqual([
      ['board', '村党务公开栏'],
      ['group', '上湾组'],
      ['group', '下湾组'],
    ]);
    expect(draft.number).toMatch(/^大化坪村公示〔2030〕\d+号$/);
    expect(draft.title).toBe('关于大化坪村2030年度乡风文明评议结果的公示');
  });

  it('publishes a content list in every villager group only', async () => {
    const draft = await town.draft({ kind: 'publication.content' });
    expect(draft.places.map(({ divisionCode }) => divisionCode)).toEqual([...groups]);
  });

  it('shows masked names, and the number of a household that has not agreed to its name', async () => {
    town.unnamed.add(town.household(1));
    const draft = await town.draft();
    town.unnamed.clear();
    const query = 'query ($id: ID!) { publicationEntries(publicationId: $id, first: 2) { rows { label result groupCode } nextCursor } }';
    const { publicationEntries: entries } = await town.service.data<{ publicationEntries: { rows: unknown[]; nextCursor: string } }>(query, { id: draft.id }, town.token('village-clerk'));
    expect(entries.rows).toEqual([
      { label: '张*明', result: '95.00', groupCode: groups[0] },
      { label: `H${groups[0]}0002`, result: '95.00', groupCode: groups[0] },
    ]);
    expect(entries.nextCursor).not.toBeNull();
  });

  it('runs from the day its last place was posted, and tells the owner then', async () => {
    const draft = await town.draft();
    const clerk = town.token('village-clerk');
    await town.service.moveClockTo('2030-12-03');
    const post = (place: number, postedOn: string) => town.service.data<{ postPlace: Record<string, unknown> }>(postMutation, town.posting(draft, place, { postedOn, postedByName: '李四' }), clerk);
    expect((await post(0, '2030-12-01')).postPlace).toMatchObject({ placesLeft: 2, lastDay: null });
    expect((await post(1, '2030-12-03')).postPlace).toMatchObject({ placesLeft: 1, lastDay: null });
    expect((await town.show(draft.id)).state).toBe('draft');
    expect((await post(2, '2030-12-02')).postPlace).toMatchObject({ placesLeft: 0, postedOn: '2030-12-03', lastDay: '2030-12-10', objectionLastDay: '2030-12-20' });
    expect(await town.service.toldOne('publication.posted')).toMatchObject({ publicationId: draft.id, owner: 'civility', version: 1, postedOn: '2030-12-03', lastDay: '2030-12-10' });
  });

  it('records for each place its day, who posted it and the digest of the photo, sealed at rest', async () => {
    const draft = await town.draft();
    const photoSha256 = 'b'.repeat(64);
    await town.service.data(postMutation, town.posting(draft, 1, { postedByName: '李四', photoSha256 }), town.token('village-clerk'));
    const query = 'query ($id: ID!) { publication(id: $id) { places { postedOn posterName photoSha256 } } publications(first: 1) { rows { places { posterName } } } }';
    const { publication, publications } = await town.service.data<{ publication: { places: unknown[] }; publications: unknown }>(query, { id: draft.id }, town.token('village-supervisor'));
    expect(publication.places[1]).toEqual({ postedOn: await town.service.today(), posterName: '李四', photoSha256 });
    expect(JSON.stringify(publications)).not.toContain('李四');
    const { rows } = await town.service.admin.query<{ sealed: string }>(`SELECT encode(poster_name, 'hex') AS sealed FROM publicity.publication_place WHERE poster_name IS NOT NULL`);
    for (const { sealed } of rows) expect(sealed).not.toContain(Buffer.from('李四').toString('hex'));
    expect((await town.service.refused(postMutation, town.posting(draft, 0, { photoSha256: 'not-a-digest' }), town.token('village-clerk'))).faults?.[0]?.path).toBe('photoSha256');
  });

  it.each([
    ['publication.content', 'civility', ['group', 'group'], 3, 'at least', null],
    ['publication.result', 'civility', ['board', 'group', 'group'], 7, 'exactly', 17],
    ['publication.rating', 'rating', ['board', 'group', 'group'], 7, 'at least', 7],
    ['publication.village', 'rating', ['public'], 7, 'at least', 7],
    ['publication.reconsideration', 'appeals', ['board', 'group', 'group'], 7, 'exactly', null],
    ['publication.correction', 'civility', ['board', 'group', 'group'], 7, 'exactly', null],
    ['publication.repair', 'rating', ['board', 'group', 'group'], 7, 'at least', 7],
  ] as const)('%s of %s hangs at %j for %i days, %s', async (kind, owner, places, days, longer, objectionDays) => {
    const poster = town.token(kind === 'publication.village' ? 'county-officer' : 'village-clerk');
    const today = await town.service.today();
    const draft = await town.draft({ kind, owner });
    expect(draft.places.map((place) => place.kind)).toEqual(places);
    expect((await town.service.refused(postMutation, town.posting(draft, 0, { days: days - 1 }), poster)).code).toBe('term.too-short');
    if (longer === 'exactly') expect((await town.service.refused(postMutation, town.posting(draft, 0, { days: days + 1 }), poster)).code).toBe('term.fixed');
    for (const index of draft.places.keys()) await town.service.data(postMutation, town.posting(draft, index, longer === 'at least' ? { days: days + 2 } : {}), poster);
    const shown = await town.show(draft.id);
    const extra = longer === 'at least' ? 2 : 0;
    expect(shown).toMatchObject({ state: 'posted', postedOn: today, lastDay: addDays(plainDate(today), days + extra) });
    expect(shown.objectionLastDay).toBe(objectionDays === null ? null : addDays(plainDate(today), objectionDays + extra));
  });

  it('answers a repeated request the first receipt and refuses another body under the same number', async () => {
    const draft = await town.draft();
    const posting = town.posting(draft, 0);
    const clerk = town.token('village-clerk');
    const first = await town.service.data(postMutation, posting, clerk);
    expect(await town.service.data(postMutation, posting, clerk)).toEqual(first);
    expect((await town.service.refused(postMutation, { input: { ...posting.input, placeId: draft.places[1]?.id } }, clerk)).code).toBe('request.key-reused');
    expect((await town.service.refused(postMutation, town.posting(draft, 0), clerk)).code).toBe('publication.already-posted');
  });

  it.each([
    ['in the future', { postedOn: '2031-01-01' }, 'publication.posting-day'],
    ['before it was drafted', { postedOn: '2030-11-30' }, 'publication.posting-day'],
    ['for longer than the fixed seven days', { days: 8 }, 'term.fixed'],
    ['for less than seven days', { days: 6 }, 'term.too-short'],
  ])('refuses a posting %s', async (_name, given, code) => {
    const draft = await town.draft();
    expect((await town.service.refused(postMutation, town.posting(draft, 0, given), town.token('village-clerk'))).code).toBe(code);
    expect((await town.show(draft.id)).places[0]?.postedOn).toBeNull();
  });

  it('lets a rating list hang longer than seven days, with objections until its own last day', async () => {
    const shown = await town.post(await town.draft({ kind: 'publication.rating', owner: 'rating', key: `${newId()}:${village}` }), { days: 10 });
    expect(shown).toMatchObject({ postedOn: '2030-12-03', lastDay: '2030-12-13', objectionLastDay: '2030-12-13' });
  });

  it('lets nobody post outside the own village, and only the county post towards the public', async () => {
    const neighbour = await town.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109205' }] });
    expect((await town.service.refused(postMutation, town.posting(await town.draft(), 0), neighbour.token)).code).toBe('access.outside-division');
    const list = await town.draft({ kind: 'publication.village', owner: 'rating' });
    expect(list.places.map(({ kind }) => kind)).toEqual(['public']);
    expect((await town.service.refused(postMutation, town.posting(list, 0), town.token('village-clerk'))).code).toBe('access.denied');
    await town.service.data(postMutation, town.posting(list, 0), town.token('county-officer'));
    expect((await town.show(list.id)).state).toBe('posted');
  });

  it('fails closed when the owner or the archives cannot be read, and drafts when they can again', async () => {
    const key = newId();
    town.service.peer.fail(archivesReads.labels);
    const message = newId();
    const hearing = town.service.hear('publication.requested', { kind: 'publication.result', owner: 'civility', key, divisionCode: village }, message);
    expect(await town.service.ask(publicityReads.publicationsOf, { owner: 'civility', kind: 'publication.result', key }, 'civility')).toEqual([]);
    town.neighboursAnswer();
    await hearing;
    expect(await town.service.ask(publicityReads.publicationsOf, { owner: 'civility', kind: 'publication.result', key }, 'civility')).toHaveLength(1);
  });

  it('hangs until 24:00 of its last day and is over at the next moment, whether or not an alarm rang', async () => {
    const shown = await town.posted();
    expect(shown).toMatchObject({ postedOn: '2030-12-03', lastDay: '2030-12-10' });
    const { open } = await dutyNow(town.service.url, 'close-publication');
    expect(open).toBeGreaterThan(0);
    await town.service.moveClockTo('2030-12-10T23:59:40+08:00');
    expect(await town.show(shown.id)).toMatchObject({ isOver: false, state: 'posted', moves: ['extend', 'suspend', 'withdraw'] });
    await town.service.admin.query('DELETE FROM publicity.deadline; DELETE FROM publicity.alarm');
    await town.service.moveClockTo('2030-12-11T00:00:00+08:00');
    expect((await dutyNow(town.service.url, 'close-publication')).overdue).toBeGreaterThan(0);
    expect(await town.show(shown.id)).toMatchObject({ isOver: true, state: 'closed', moves: [] });
    const [read] = await town.service.ask(publicityReads.publication, { publicationId: shown.id }, 'appeals');
    expect(read).toMatchObject({ lastDay: '2030-12-10', objectionLastDay: '2030-12-20' });
  });
});
