import { publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { fileMutation, group, objectionQuery, Town } from './town';

const withdrawMutation = 'mutation ($input: WithdrawObjectionInput!) { withdrawObjection(input: $input) { objectionId } }';

describe('an objection', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
  });
  afterAll(() => town.service.close());

  it('keeps when and by whom the words were read back', async () => {
    await town.service.moveClockTo('2030-12-01T16:00:00+08:00');
    const publication = town.publish();
    const tomorrow = town.filing(publication, { channel: 'telephone', readBackAt: '2030-12-02T09:00:00+08:00' });
    expect(await town.service.refused(fileMutation, tomorrow, town.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'readBackAt' }] });
    const { objectionId } = await town.file(publication, { channel: 'telephone', readBackAt: '2030-12-01T15:20:00+08:00' });
    const query = 'query ($id: ID!) { objection(id: $id) { readBackAt readBackBy } }';
    const { objection } = await town.service.data<{ objection: { readBackBy: string } }>(query, { id: objectionId }, town.secretary);
    expect(objection).toEqual({ readBackAt: '2030-12-01T07:20:00.000Z', readBackBy: expect.stringMatching(/^account:/) as string });
  });

  it('is made online by the villager only, never on somebody’s behalf', async () => {
    expect(await town.service.refused(fileMutation, town.filing(town.publish(), { channel: 'online' }), town.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'channel' }] });
  });

  describe('on paper', () => {
    const paper = { channel: 'paper', readBack: null, scanSha256: 'ab'.repeat(32) };

    it('is scanned', async () => {
      await town.service.moveClockTo('2030-12-19T09:00:00+08:00');
      const faults = (await town.service.refused(fileMutation, town.filing(town.publish(), { ...paper, scanSha256: null }), town.clerk)) as { faults: { path: string }[] };
      expect(faults.faults.map((fault) => fault.path)).toEqual(['scanSha256']);
    });

    it('handed in on the tenth day and typed on the eleventh counts as received on the tenth, marked as typed late', async () => {
      const receipt = await town.file(town.publish(), { ...paper, stampedOn: '2030-12-18' });
      expect(receipt).toMatchObject({ state: 'admitted', receivedOn: '2030-12-18', windowLastDay: '2030-12-18', answerDueOn: '2030-12-23' });
      const query = 'query ($id: ID!) { objection(id: $id) { scanSha256 objection { receivedOn lateTyped } } }';
      expect(await town.service.data(query, { id: receipt.objectionId }, town.secretary)).toEqual({ objection: { scanSha256: paper.scanSha256, objection: { receivedOn: '2030-12-18', lateTyped: true } } });
      const { rows } = await town.service.admin.query<{ facts: object }>("SELECT facts FROM appeals.audit WHERE action = 'objection.admitted' AND subject = $1", [receipt.objectionId]);
      expect(rows).toMatchObject([{ facts: { receivedOn: '2030-12-18', lateTyped: true, scanSha256: paper.scanSha256 } }]);
    });

    it('stamped on the eleventh day is late, whatever was typed when', async () => {
      await town.service.moveClockTo('2030-12-20T09:00:00+08:00');
      expect(await town.file(town.publish(), { ...paper, stampedOn: '2030-12-19' })).toMatchObject({ state: 'refused', refusal: 'late', receivedOn: '2030-12-19' });
    });

    it.each([
      ['tomorrow', { stampedOn: '2030-12-21' }],
      ['before the posting', { stampedOn: '2030-11-30' }],
      ['spoken words', { channel: 'oral', readBack: true, stampedOn: '2030-12-18' }],
    ])('takes no stamp of %s', async (_name, given) => {
      expect(await town.service.refused(fileMutation, town.filing(town.publish(), { ...paper, ...given }), town.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'stampedOn' }] });
    });

    it('brings the due day of a case forward that it joins', async () => {
      await town.service.moveClockTo('2030-12-21T12:00:00+08:00');
      const publication = town.publish({ objectionLastDay: '2030-12-31' });
      const first = await town.file(publication);
      const joined = await town.file(publication, { ...paper, applicantId: town.household(1), ground: 'others-result', stampedOn: '2030-12-19' });
      expect([first.answerDueOn, joined.answerDueOn]).toEqual(['2030-12-26', '2030-12-24']);
      expect((await town.service.told('deadline.set')).slice(-2)).toMatchObject([
        { kind: 'answer', version: 2, lastDay: '2030-12-24' },
        { kind: 'answer-reminder', version: 2, lastDay: '2030-12-22' },
      ]);
      expect(await town.service.data(objectionQuery, { id: first.objectionId }, town.secretary)).toMatchObject({ objection: { objection: { answerDueOn: '2030-12-24' } } });
    });
  });

  describe('about a list of villages', () => {
    it('names the village on it, and is not sent to the archives when late', async () => {
      const villageId = newId();
      town.service.peer.answer(publicityReads.publishedSubjects, []);
      const list = town.publish({ owner: 'rating', kind: 'publication.village', key: villageId, lastDay: '2030-12-21', objectionLastDay: null });
      expect(await town.service.refused(fileMutation, town.filing(list, { subjectId: villageId, ground: 'rating-list' }), town.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'ground' }] });
      expect(await town.file(list, { subjectId: villageId, ground: 'village-list' })).toMatchObject({ state: 'admitted' });
      const over = town.publish({ owner: 'rating', kind: 'publication.village', key: villageId, lastDay: '2030-12-20', objectionLastDay: null });
      const late = await town.file(over, { subjectId: villageId, ground: 'village-list' });
      expect(late).toMatchObject({ state: 'refused', refusal: 'late' });
      expect((await town.service.told('correction.requested')).some((one) => one.objectionId === late.objectionId)).toBe(false);
      town.neighboursAnswer();
    });
  });

  describe('about an error in a file', () => {
    const report = 'mutation ($input: ReportFileErrorInput!) { reportFileError(input: $input) { objectionId receiptNo state message } }';
    const reporting = (given: object = {}) => ({ input: { requestId: newId(), subjectId: town.household(0), channel: 'oral', readBack: true, text: '承包地面积登记少了两亩', ...given } });
    interface Reported {
      readonly reportFileError: { readonly objectionId: string; readonly receiptNo: string; readonly message: string };
    }

    it('needs no publication, goes to the archives, and is one at a time', async () => {
      const villager = await town.service.villager({ householdId: town.household(1), memberId: newId() });
      const own = reporting({ subjectId: town.household(1), channel: 'online', readBack: null });
      expect(await town.service.refused(report, reporting({ channel: 'online', readBack: null }), villager.token)).toMatchObject({ code: 'objection.not-own' });
      const { reportFileError } = await town.service.data<Reported>(report, own, villager.token);
      expect(reportFileError).toMatchObject({ state: 'referred', receiptNo: expect.stringMatching(/^YY/) as string, message: expect.stringContaining('移送') as string });
      const { objectionId } = reportFileError;
      expect((await town.service.told('correction.requested')).at(-1)).toEqual({ objectionId, subjectId: town.household(1), divisionCode: group, ground: 'file-error', requestedOn: '2030-12-21' });
      expect(await town.service.refused(report, reporting({ subjectId: town.household(1), channel: 'online', readBack: null }), villager.token)).toMatchObject({ code: 'objection.duplicate' });
      expect(await town.service.refused(withdrawMutation, { input: { requestId: newId(), objectionId } }, town.clerk)).toMatchObject({ code: 'objection.in-file' });
    });

    it('shows what the archives answered, once, and tells who reported it', async () => {
      const { objectionId } = (await town.service.data<Reported>(report, reporting(), town.clerk)).reportFileError;
      const answered = { owner: 'appeals', objectionId, subjectId: town.household(0), outcome: 'corrected', answeredOn: '2030-12-21' } as const;
      await town.service.hear('correction.answered', answered);
      await town.service.hear('correction.answered', { ...answered, outcome: 'file-right' });
      const query = 'query ($id: ID!) { objection(id: $id) { objection { state publicationId correctionOutcome correctionAnsweredOn message } } }';
      expect(await town.service.data(query, { id: objectionId }, town.secretary)).toEqual({
        objection: { objection: { state: 'referred', publicationId: null, correctionOutcome: 'corrected', correctionAnsweredOn: '2030-12-21', message: expect.stringContaining('已经更正') as string } },
      });
      expect((await town.service.told('notification.requested')).filter((one) => one.key === objectionId)).toMatchObject([{ template: 'case-update', subjectId: town.household(0) }]);
    });
  });
});
