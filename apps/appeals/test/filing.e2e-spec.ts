import { appealsReads, publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { fileMutation, group, objectionQuery, type Receipt, Town, village } from './town';

const withdrawMutation = 'mutation ($input: WithdrawObjectionInput!) { withdrawObjection(input: $input) { objectionId state } }';
const admitMutation = 'mutation ($input: AdmitLateInput!) { admitLateObjection(input: $input) { state admittedOn answerDueOn } }';
const refuseMutation = 'mutation ($input: RefuseObjectionInput!) { refuseObjection(input: $input) { state } }';
const reviewMutation = 'mutation ($input: ReviewRefusalInput!) { reviewRefusal(input: $input) { state answerDueOn } }';

describe('filing an objection', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
  });
  afterAll(() => town.service.close());
  const count = async (): Promise<number> => (await town.service.admin.query<{ n: number }>('SELECT count(*)::int AS n FROM appeals.objection')).rows[0]?.n ?? 0;

  it('is refused before the publication was posted, and may be filed again afterwards', async () => {
    await town.service.moveClockTo('2030-11-30');
    const draft = town.publish({ state: 'draft', postedOn: null, lastDay: null, objectionLastDay: null });
    const early = await town.file(draft);
    expect(early).toMatchObject({ state: 'refused', refusal: 'not-posted', windowLastDay: null });
    expect(early.message).toContain('尚未张贴');
    await town.service.moveClockTo('2030-12-01');
    const posted = town.publish({ publicationId: draft.publicationId });
    expect(await town.file(posted)).toMatchObject({ state: 'admitted', windowLastDay: '2030-12-18', answerDueOn: '2030-12-06' });
  });

  it('gives a receipt number, tells the owner of the result and sets the deadlines', async () => {
    const publication = town.publish();
    const receipt = await town.file(publication);
    expect(receipt.receiptNo).toMatch(new RegExp(`^YY${village}-2030-\\d{4}$`));
    const received = (await town.service.told('objection.received')).find((one) => one.objectionId === receipt.objectionId);
    expect(received).toMatchObject({ owner: 'civility', publicationId: publication.publicationId, subjectId: town.household(0), receivedOn: '2030-12-01', answerDueOn: '2030-12-06' });
    expect((await town.service.told('deadline.set')).slice(-2)).toMatchObject([
      { owner: 'appeals', kind: 'answer', lastDay: '2030-12-06' },
      { owner: 'appeals', kind: 'answer-reminder', lastDay: '2030-12-04' },
    ]);
  });

  it('asks for the text to be read back when it came by word of mouth', async () => {
    const refused = await town.service.refused(fileMutation, town.filing(town.publish(), { readBack: false }), town.clerk);
    expect(refused).toMatchObject({ code: 'input.invalid', faults: [{ path: 'readBack', message: expect.stringContaining('复述') as string }] });
  });

  it('takes one objection per applicant and ground, also when both come at once', async () => {
    const publication = town.publish();
    const before = await count();
    const answers = await Promise.all([1, 2, 3].map(() => town.service.graph<{ fileObjection: Receipt }>(fileMutation, town.filing(publication), town.clerk)));
    expect(answers.filter((answer) => answer.data).length).toBe(1);
    expect(answers.flatMap((answer) => answer.errors?.[0]?.extensions.code ?? [])).toEqual(['objection.duplicate', 'objection.duplicate']);
    expect(await count()).toBe(before + 1);
    expect(await town.file(publication, { ground: 'procedure' })).toMatchObject({ state: 'admitted' });
  });

  it('answers a repeated request with the first receipt and refuses the same key with another text', async () => {
    const publication = town.publish();
    const filing = town.filing(publication);
    const first = await town.service.data<{ fileObjection: Receipt }>(fileMutation, filing, town.clerk);
    expect(await town.service.data(fileMutation, filing, town.clerk)).toEqual(first);
    const changed = { input: { ...filing.input, text: '另一段内容' } };
    expect(await town.service.refused(fileMutation, changed, town.clerk)).toMatchObject({ code: 'request.key-reused', status: 422 });
  });

  it('shares the earliest due day among objections joined about the same household', async () => {
    await town.service.moveClockTo('2030-12-02');
    const publication = town.publish();
    const first = await town.file(publication);
    await town.service.moveClockTo('2030-12-04');
    const second = await town.file(publication, { applicantId: town.household(1), ground: 'others-result' });
    expect([first.answerDueOn, second.answerDueOn]).toEqual(['2030-12-07', '2030-12-07']);
    const open = await town.service.data<{ objections: { rows: { reconsiderationId: string }[] } }>(
      'query ($publicationId: ID!) { objections(publicationId: $publicationId) { rows { reconsiderationId } } }',
      { publicationId: publication.publicationId },
      town.townOfficer,
    );
    expect(new Set(open.objections.rows.map((row) => row.reconsiderationId)).size).toBe(1);
  });

  it('fails closed when publicity does not answer, and stores nothing', async () => {
    const publication = town.publish();
    town.service.peer.fail(publicityReads.publication);
    const before = await count();
    expect(await town.service.refused(fileMutation, town.filing(publication), town.clerk)).toMatchObject({ code: 'peer.unavailable', status: 503 });
    expect(await count()).toBe(before);
  });

  it('refuses an unknown publication, a household that is not in it, and a kind nobody may object to', async () => {
    const publication = town.publish();
    const unknown = town.filing(publication, { publicationId: newId() });
    expect(await town.service.refused(fileMutation, unknown, town.clerk)).toMatchObject({ code: 'not-found', status: 404 });
    const outsider = town.household(5);
    expect(await town.service.refused(fileMutation, town.filing(publication, { subjectId: outsider, applicantId: outsider }), town.clerk)).toMatchObject({ code: 'objection.unknown-subject' });
    expect(await town.service.refused(fileMutation, town.filing(town.publish({ kind: 'publication.content' })), town.clerk)).toMatchObject({ code: 'objection.not-objectable' });
  });

  it('is open to a villager for the own household only, and to a clerk in the own village only', async () => {
    const publication = town.publish();
    const villager = await town.service.villager({ householdId: town.household(2), memberId: newId() });
    const own = { subjectId: town.household(2), applicantId: town.household(2), channel: 'online', readBack: null };
    expect(await town.service.refused(fileMutation, town.filing(publication, { channel: 'online' }), villager.token)).toMatchObject({ code: 'objection.not-own', status: 403 });
    expect(await town.file(publication, own, villager.token)).toMatchObject({ state: 'admitted' });
    const elsewhere = await town.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] });
    expect(await town.service.refused(fileMutation, town.filing(publication), elsewhere.token)).toMatchObject({ code: 'access.outside-division' });
    expect(await town.service.refused(fileMutation, town.filing(publication))).toMatchObject({ code: 'auth.missing' });
  });

  it('shows the household objected to what happens, but not by whom', async () => {
    const publication = town.publish();
    const { objectionId } = await town.file(publication, { subjectId: town.household(3), applicantId: town.household(4), ground: 'others-result' });
    const affected = await town.service.villager({ householdId: town.household(3), memberId: newId() });
    const own = await town.service.data<{ householdsByIds: ({ objections: { id: string; applicantId: string | null }[] } | null)[] }>(
      'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id objections { id applicantId } } }',
      { ids: [town.household(3), town.household(4)] },
      affected.token,
    );
    expect(own.householdsByIds).toEqual([{ id: town.household(3), objections: [{ id: objectionId, applicantId: null }] }, null]);
    expect(await town.service.data(objectionQuery, { id: objectionId }, affected.token)).toMatchObject({ objection: { text: null } });
    const stranger = await town.service.villager({ householdId: town.household(2), memberId: newId() });
    expect(await town.service.refused(objectionQuery, { id: objectionId }, stranger.token)).toMatchObject({ code: 'not-found' });
    expect(await town.service.data(objectionQuery, { id: objectionId }, town.secretary)).toMatchObject({ objection: { text: '李四说少算了我家的加分项' } });
    const { rowCount } = await town.service.admin.query("SELECT 1 FROM appeals.audit WHERE action = 'objection.texts-read' AND subject = $1", [objectionId]);
    expect(rowCount).toBe(1);
  });

  it('keeps no text in the clear', async () => {
    const dump = await town.service.admin.query('SELECT o.*, r.* FROM appeals.objection o LEFT JOIN appeals.reconsideration r ON r.id = o.reconsideration_id');
    const audit = await town.service.admin.query('SELECT * FROM appeals.audit');
    const outbox = await town.service.admin.query('SELECT * FROM appeals.outbox');
    const keys = await town.service.admin.query('SELECT * FROM appeals.idempotency');
    const text = JSON.stringify([dump.rows, audit.rows, outbox.rows, keys.rows]);
    expect(text).not.toContain('李四');
    expect(dump.rows.map((row: { statement: Buffer }) => row.statement.toString('utf8')).join()).not.toContain('李四');
  });

  it('may be taken back by the applicant; then nothing is open any more', async () => {
    const publication = town.publish();
    const { objectionId } = await town.file(publication);
    const input = { requestId: newId(), objectionId };
    expect(await town.service.data(withdrawMutation, { input }, town.clerk)).toMatchObject({ withdrawObjection: { state: 'withdrawn' } });
    expect((await town.service.told('objection.ended')).at(-1)).toMatchObject({ objectionId, owner: 'civility' });
    expect((await town.service.told('deadline.cleared')).length).toBeGreaterThan(0);
    expect(await town.service.refused(withdrawMutation, { input: { ...input, requestId: newId() } }, town.clerk)).toMatchObject({ code: 'objection.ended' });
    expect(await town.file(publication)).toMatchObject({ state: 'admitted' });
  });

  it('may be refused as inadmissible with a reason, reviewed once by the town, and then runs from that day', async () => {
    await town.service.moveClockTo('2030-12-05');
    const publication = town.publish();
    const { objectionId } = await town.file(publication);
    const refusal = { input: { requestId: newId(), objectionId, reason: '所述事项不在评议清单之内' } };
    expect(await town.service.refused(refuseMutation, refusal, town.countyOfficer)).toMatchObject({ code: 'access.denied' });
    await town.service.data(refuseMutation, refusal, town.secretary);
    expect(await town.service.data(objectionQuery, { id: objectionId }, town.secretary)).toMatchObject({ objection: { refusalReason: '所述事项不在评议清单之内', objection: { state: 'refused' } } });
    expect(await town.service.refused(fileMutation, town.filing(publication), town.clerk)).toMatchObject({ code: 'objection.duplicate' });
    await town.service.moveClockTo('2030-12-07');
    const review = { input: { requestId: newId(), objectionId, upheld: false } };
    expect(await town.service.data(reviewMutation, review, town.townOfficer)).toEqual({ reviewRefusal: { state: 'admitted', answerDueOn: '2030-12-12' } });
    expect(await town.service.refused(reviewMutation, { input: { ...review.input, requestId: newId() } }, town.townOfficer)).toMatchObject({ code: 'objection.already-reviewed' });
  });

  describe('at the end of the window', () => {
    it('is accepted in the last second of the 10th day after the publication ended', async () => {
      await town.service.moveClockTo('2030-12-18T23:59:50+08:00');
      expect(await town.file(town.publish())).toMatchObject({ state: 'admitted', answerDueOn: '2030-12-23' });
    });

    it('is refused in the first second of the 11th day, with the dates, and kept as a correction request', async () => {
      await town.service.moveClockTo('2030-12-19T00:00:00+08:00');
      const late = await town.file(town.publish());
      expect(late).toMatchObject({ state: 'refused', refusal: 'late', windowLastDay: '2030-12-18', answerDueOn: null });
      expect(late.message).toContain('2030年12月18日24:00');
      expect(late.message).toContain('2030年12月19日收到');
      expect(await town.service.data(objectionQuery, { id: late.objectionId }, town.clerk)).toMatchObject({ objection: { text: '李四说少算了我家的加分项', objection: { state: 'refused' } } });
      expect((await town.service.told('objection.received')).some((one) => one.objectionId === late.objectionId)).toBe(false);
      expect((await town.service.told('correction.requested')).at(-1)).toEqual({ objectionId: late.objectionId, subjectId: town.household(0), divisionCode: group, ground: 'own-score', requestedOn: '2030-12-19' });
    });

    it('is never late while the publication is suspended, because its last day is not known', async () => {
      expect(await town.file(town.publish({ state: 'suspended' }))).toMatchObject({ state: 'admitted', windowLastDay: null, answerDueOn: '2030-12-24' });
    });

    it('may be admitted late by the town with cause; the answer is then due from that day', async () => {
      const late = await town.file(town.publish());
      const input = { requestId: newId(), objectionId: late.objectionId, cause: '外出务工，公示和告知均未收到' };
      expect(await town.service.refused(admitMutation, { input }, town.clerk)).toMatchObject({ code: 'access.denied' });
      expect(await town.service.data(admitMutation, { input }, town.townOfficer)).toEqual({ admitLateObjection: { state: 'admitted', admittedOn: '2030-12-19', answerDueOn: '2030-12-24' } });
      expect((await town.service.told('correction.ended')).at(-1)).toEqual({ objectionId: late.objectionId, subjectId: town.household(0), divisionCode: group, ground: 'own-score', requestedOn: '2030-12-19', endedOn: '2030-12-19' });
      expect(await town.service.refused(admitMutation, { input: { ...input, requestId: newId() } }, town.townOfficer)).toMatchObject({ code: 'objection.not-late' });
    });

    it('for a rating list is the last day of the publication itself', async () => {
      const list = town.publish({ owner: 'rating', kind: 'publication.rating', lastDay: '2030-12-19', objectionLastDay: null });
      expect(await town.file(list, { ground: 'rating-list' })).toMatchObject({ state: 'admitted', answerDueOn: '2030-12-24' });
      const over = town.publish({ owner: 'rating', kind: 'publication.rating', lastDay: '2030-12-18', objectionLastDay: null });
      expect(await town.file(over, { ground: 'rating-list' })).toMatchObject({ state: 'refused', refusal: 'late', windowLastDay: '2030-12-18' });
      const unlisted = town.household(5);
      expect(await town.file(list, { ground: 'rating-list', subjectId: unlisted, applicantId: unlisted })).toMatchObject({ state: 'admitted' });
    });
  });

  it('is not refused as inadmissible any more once a panel was called', async () => {
    const { objectionId } = await town.file(town.publish({ objectionLastDay: '2030-12-31' }));
    await town.convene(objectionId, '2030-12-19');
    const refusal = { input: { requestId: newId(), objectionId, reason: '所述事项不在评议清单之内' } };
    expect(await town.service.refused(refuseMutation, refusal, town.secretary)).toMatchObject({ code: 'state.illegal-move', status: 409 });
  });

  it('tells civility and rating which objections are open', async () => {
    const publication = town.publish({ objectionLastDay: '2030-12-31' });
    const { objectionId } = await town.file(publication, { subjectId: town.household(4), applicantId: town.household(4) });
    const rows = await town.ask(appealsReads.openObjections, { owner: 'civility', subjectIds: [town.household(4)] }, 'civility');
    expect(rows.find((row) => row.objectionId === objectionId)).toMatchObject({ state: 'admitted', publicationId: publication.publicationId });
    expect(await town.ask(appealsReads.openObjections, { owner: 'rating', subjectIds: [town.household(4)] }, 'rating')).toEqual([]);
  });
});
