import { newId } from '@credit/platform';
import { answerMutation, group, hearMutation, Town, village } from './town';

const publicQuery = `query ($under: String!, $year: Int!) { publicObjectionStatistics(under: $under, year: $year) {
  villageCode ground number results { result number } medianDays maxDays onTimePercent } }`;
const query = `query ($under: String!, $fromOn: Day, $toOn: Day) { objectionStatistics(under: $under, fromOn: $fromOn, toOn: $toOn) {
  villageCode ground number results { result number } answered minDays medianDays maxDays onTimePercent } }`;

describe('statistics of objections', () => {
  let town: Town;

  beforeAll(async () => {
    town = await Town.open();
    await town.service.moveClockTo('2030-12-02');
    const filed = [];
    for (const index of [0, 1, 2, 3]) {
      const householdId = town.household(index);
      filed.push((await town.file(town.publish(), { subjectId: householdId, applicantId: householdId })).objectionId);
    }
    await town.file(town.publish(), { ground: 'procedure' });
    for (const [index, objectionId] of filed.entries()) {
      if (index < 3) await town.service.moveClockTo(['2030-12-03', '2030-12-04', '2030-12-09'][index] ?? '');
      await town.convene(objectionId, index < 3 ? (['2030-12-03', '2030-12-04', '2030-12-09'][index] ?? '') : '2030-12-09');
      await town.service.data(hearMutation, town.hearing(objectionId, 'applicant', '2030-12-03'), town.secretary);
      await town.service.data(answerMutation, town.answering(objectionId), town.secretary);
    }
    await town.service.moveClockTo('2031-01-05');
    const report = 'mutation ($input: ReportFileErrorInput!) { reportFileError(input: $input) { objectionId } }';
    await town.service.data(report, { input: { requestId: newId(), subjectId: town.household(5), channel: 'oral', readBack: true, text: '户主姓名登记有误' } }, town.clerk);
  });
  afterAll(() => town.service.close());

  const figures = async (given: object, token = town.townOfficer) => (await town.service.data<{ objectionStatistics: object[] }>(query, { under: village, ...given }, token)).objectionStatistics;
  const published = async (year: number, under = village) => (await town.service.data<{ publicObjectionStatistics: object[] }>(publicQuery, { under, year })).publicObjectionStatistics;

  it('count by village and kind, with results and the days the answers took', async () => {
    expect(await figures({ toOn: '2030-12-31' })).toEqual([
      { villageCode: village, ground: 'own-score', number: 4, results: [{ result: 'score-kept', number: 4 }], answered: 4, minDays: 1, medianDays: 4.5, maxDays: 7, onTimePercent: 50 },
      { villageCode: village, ground: 'procedure', number: 1, results: [{ result: 'open', number: 1 }], answered: 0, minDays: null, medianDays: null, maxDays: null, onTimePercent: null },
    ]);
    expect(await figures({ fromOn: '2031-01-01' })).toMatchObject([{ ground: 'file-error', results: [{ result: 'open', number: 1 }] }]);
  });

  it('are kept to the divisions of the official', async () => {
    const elsewhere = await town.service.account({ posts: [{ role: 'town-officer', divisionCode: '341525108000' }] });
    expect(await figures({}, elsewhere.token)).toEqual([]);
    expect(await town.service.refused(query, { under: village }, town.clerk)).toMatchObject({ code: 'access.denied' });
  });

  it('are public by whole years without names, and small counts are only said to be small', async () => {
    expect(await published(2030)).toEqual([
      { villageCode: village, ground: 'own-score', number: '4', results: [{ result: 'score-kept', number: '4' }], medianDays: 4.5, maxDays: 7, onTimePercent: 50 },
      { villageCode: village, ground: 'procedure', number: '少于3', results: null, medianDays: null, maxDays: null, onTimePercent: null },
    ]);
    expect(await published(2031, '341525000000')).toMatchObject([{ ground: 'file-error', number: '少于3' }]);
    for (const id of town.households) expect(JSON.stringify(await published(2030))).not.toContain(id);
    expect(await town.service.refused(publicQuery, { under: group, year: 2030 })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'under' }] });
  });
});
