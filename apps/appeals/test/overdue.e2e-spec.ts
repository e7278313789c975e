import { sharedReads } from '@credit/contracts';
import { dutyNow } from '@credit/testing';
import { answerMutation, hearMutation, objectionQuery, Town, village } from './town';

describe('an answer that does not come', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
    await town.service.moveClockTo('2030-12-02');
  });
  afterAll(() => town.service.close());
  const progress = async (id: string) => (await town.service.data<{ objection: { objection: { overdue: boolean } } }>(objectionQuery, { id }, town.secretary)).objection.objection;
  let objectionId: string;
  const told = async (template: string) => (await town.service.told('notification.requested')).filter((one) => one.template === template);

  it('is due in a deadline that publicity can rebuild from here', async () => {
    objectionId = (await town.file(town.publish(), { subjectId: town.household(4), applicantId: town.household(4) })).objectionId;
    await town.file(town.publish(), { subjectId: town.household(3), applicantId: town.household(3) });
    const deadlines = await town.ask(sharedReads.deadlines, {}, 'publicity');
    expect(deadlines.filter((one) => one.kind === 'answer').every((one) => one.lastDay === '2030-12-07')).toBe(true);
    const next = await town.ask(sharedReads.deadlines, { after: deadlines[0]?.key ?? '' }, 'publicity');
    expect(next.length).toBe(deadlines.length - 2);
  });

  it('is not overdue on its last day, and the secretary is reminded once after the third', async () => {
    await town.service.moveClockTo('2030-12-06');
    const ring = { owner: 'appeals', kind: 'answer-reminder', lastDay: '2030-12-05' } as const;
    await town.service.hear('deadline.passed', ring);
    const reminded = (await told('answer-reminder')).length;
    expect(reminded).toBeGreaterThan(0);
    await town.service.hear('deadline.passed', ring);
    expect((await told('answer-reminder')).length).toBe(reminded);
    await town.service.moveClockTo('2030-12-07T23:59:50+08:00');
    await town.service.hear('deadline.passed', { owner: 'appeals', kind: 'answer', lastDay: '2030-12-06' });
    expect(await told('answer-overdue')).toEqual([]);
    expect((await progress(objectionId))).toMatchObject({ overdue: false });
  });

  it('is overdue on the sixth day as soon as anybody looks, without any timer', async () => {
    await town.service.moveClockTo('2030-12-08T00:00:00+08:00');
    expect((await progress(objectionId))).toMatchObject({ overdue: true });
  });

  it('is told to the town supervision group once a day, however often the message comes', async () => {
    const ring = { owner: 'appeals', kind: 'answer', lastDay: '2030-12-07' } as const;
    await Promise.all([town.service.hear('deadline.passed', ring), town.service.hear('deadline.passed', ring)]);
    const escalated = await told('answer-overdue');
    expect(escalated.length).toBeGreaterThan(0);
    expect(new Set(escalated.map((one) => one.key)).size).toBe(escalated.length);
    expect(escalated[0]).toMatchObject({ role: 'town-supervisor', subjectId: null, key: expect.stringMatching(/:1$/) as string });
    const again = (await town.service.told('deadline.set')).filter((one) => one.kind === 'answer' && one.lastDay === '2030-12-08');
    expect(again.map((one) => `${one.key}:1`).toSorted()).toEqual(escalated.map((one) => one.key).toSorted());
    expect(again.every((one) => one.version === 2)).toBe(true);
    expect((await town.ask(sharedReads.deadlines, {}, 'publicity')).filter((one) => one.kind === 'answer').every((one) => one.version === 2 && one.lastDay === '2030-12-08')).toBe(true);
  });

  it('is told again on the next day, and once for several days that were missed', async () => {
    const cases = (await told('answer-overdue')).length;
    await town.service.moveClockTo('2030-12-09');
    await town.service.hear('deadline.passed', { owner: 'appeals', kind: 'answer', lastDay: '2030-12-08' });
    expect((await told('answer-overdue')).slice(cases).map((one) => one.key.split(':')[1])).toEqual(Array<string>(cases).fill('2'));
    await town.service.moveClockTo('2030-12-12');
    await town.service.hear('deadline.passed', { owner: 'appeals', kind: 'answer', lastDay: '2030-12-09' });
    expect((await told('answer-overdue')).slice(2 * cases).map((one) => one.key.split(':')[1])).toEqual(Array<string>(cases).fill('5'));
  });

  it('is counted for whoever runs the system, from the sixth day as overdue', async () => {
    const { open, dueToday, overdue } = await dutyNow(town.service.url, 'answer-objection');
    expect(open).toBeGreaterThan(0);
    expect([dueToday, overdue]).toEqual([0, open]);
  });

  it('is on the list of whoever supervises, with the days it is overdue', async () => {
    const supervisor = await town.service.account({ posts: [{ role: 'town-supervisor', divisionCode: '341525109000' }] });
    const query = '{ overdueReconsiderations(first: 200) { rows { objectionIds daysOverdue answerDueOn } } }';
    const { overdueReconsiderations } = await town.service.data<{ overdueReconsiderations: { rows: { objectionIds: string[] }[] } }>(query, {}, supervisor.token);
    expect(overdueReconsiderations.rows.find((row) => row.objectionIds.includes(objectionId))).toMatchObject({ daysOverdue: 5, answerDueOn: '2030-12-07' });
    expect(await town.service.refused(query, {}, town.clerk)).toMatchObject({ code: 'access.denied' });
  });

  it('may still be given, and is recorded as late', async () => {
    await town.convene(objectionId, '2030-12-12');
    await town.service.data(hearMutation, town.hearing(objectionId, 'applicant', '2030-12-12'), town.secretary);
    expect(await town.service.data(answerMutation, town.answering(objectionId), town.secretary)).toMatchObject({ answerObjection: { overdue: true, answeredOn: '2030-12-12' } });
    const query = 'query ($under: String!) { objectionStatistics(under: $under) { villageCode ground number results { result number } overdue answered answeredLate minDays medianDays maxDays onTimePercent } }';
    const { objectionStatistics } = await town.service.data<{ objectionStatistics: object[] }>(query, { under: '341525109000' }, town.countyDirector);
    expect(objectionStatistics).toEqual([
      {
        villageCode: village,
        ground: 'own-score',
        number: 2,
        results: [
          { result: 'open', number: 1 },
          { result: 'score-kept', number: 1 },
        ],
        overdue: 1,
        answered: 1,
        answeredLate: 1,
        minDays: 10,
        medianDays: 10,
        maxDays: 10,
        onTimePercent: 0,
      },
    ]);
  });
});
