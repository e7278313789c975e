import type { SignedIn } from '@credit/testing';
import { groupOne, ReviewTown, townCode, village } from './town';

interface Point {
  readonly id: string;
  readonly state: string;
  readonly visits: number;
  readonly people: number;
}

describe('observation points', () => {
  let town: ReviewTown;
  let visitors: SignedIn;
  let otherTown: SignedIn;
  let pointId: string;
  const neighbours = '341525109209';
  beforeAll(async () => {
    town = await ReviewTown.open();
    visitors = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: neighbours }] });
    otherTown = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: '341525110201' }] });
  });
  afterAll(() => town.service.close());

  const point = (given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    divisionCode: groupOne,
    reason: '群众参与面广，评议过程规范',
    shows: '逐户介绍、当场申报回避和公示张贴的做法',
    startsOn: '2030-11-03',
    lastDay: '2030-11-30',
    ...given,
  });
  const visit = (given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({ pointId, visitedOn: '2030-11-10', villageCodes: [neighbours], people: 12, notes: '张支书带队，询问了回避的办法', ...given });
  const points = async (person: Parameters<ReviewTown['query']>[0], more: Readonly<Record<string, unknown>> = {}): Promise<Point[]> => {
    const query = 'query ($openOnly: Boolean, $under: String) { observationPoints(openOnly: $openOnly, under: $under) { rows { id townCode divisionCode state reason shows visits people endedOn endReason } } }';
    return (await town.query<{ observationPoints: { rows: Point[] } }>(person, query, { openOnly: false, ...more })).observationPoints.rows;
  };

  it('are villages or groups that the town names for a time, with what they show', async () => {
    expect(await town.refused('townOfficer', 'nameObservationPoint', point({ divisionCode: townCode }))).toMatchObject({ code: 'input.invalid', faults: [{ message: '观摩点设在村或村民小组，请填写其代码' }] });
    expect(await town.refused('townOfficer', 'nameObservationPoint', point({ lastDay: '2030-11-02' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'lastDay' }] });
    expect(await town.refused('townOfficer', 'nameObservationPoint', point({ startsOn: '2030-10-01', lastDay: '2030-10-31' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'lastDay' }] });
    expect(await town.refused('townOfficer', 'nameObservationPoint', point({ divisionCode: '341525110201' }))).toMatchObject({ code: 'access.outside-division' });
    expect(await town.refused('secretary', 'nameObservationPoint', point())).toMatchObject({ code: 'access.denied' });
    ({ pointId } = await town.act<{ pointId: string }>('townOfficer', 'nameObservationPoint', 'pointId lastDay', point()));
  });

  it('are read in every village of the town and nowhere else', async () => {
    expect(await points(visitors)).toMatchObject([{ id: pointId, townCode, divisionCode: groupOne, state: 'planned', reason: '群众参与面广，评议过程规范', visits: 0, people: 0 }]);
    expect(await points('countyOfficer', { under: village })).toMatchObject([{ id: pointId }]);
    expect(await points('countyOfficer', { under: neighbours })).toEqual([]);
    expect(await points(visitors, { openOnly: true })).toEqual([]);
    expect(await points(otherTown)).toEqual([]);
    expect(await town.service.refused('query ($pointId: ID!) { observationVisits(pointId: $pointId) { nextCursor } }', { pointId }, otherTown.token)).toMatchObject({ code: 'access.outside-division' });
  });

  it('are visited while they are open: who came, when and how many', async () => {
    expect(await town.refused('townOfficer', 'recordObservationVisit', visit())).toMatchObject({ code: 'input.invalid', faults: [{ path: 'visitedOn', message: '观摩日期不能晚于今天，请核对' }] });
    await town.service.moveClockTo('2030-11-12');
    expect(await town.refused('townOfficer', 'recordObservationVisit', visit({ visitedOn: '2030-11-02' }))).toMatchObject({ code: 'input.invalid', faults: [{ message: '观摩点自 2030-11-03 起至 2030-11-30 止，请核对观摩日期' }] });
    expect(await town.refused('townOfficer', 'recordObservationVisit', visit({ villageCodes: [neighbours, village] }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'villageCodes.1', message: '观摩点所在的村不作为观摩的村' }] });
    expect(await town.refused('townOfficer', 'recordObservationVisit', visit({ villageCodes: [neighbours, neighbours] }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'villageCodes' }] });
    expect(await town.refused('townOfficer', 'recordObservationVisit', visit({ people: 0 }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'people' }] });
    expect(await town.refused(visitors, 'recordObservationVisit', visit())).toMatchObject({ code: 'access.denied' });
    await town.act('townOfficer', 'recordObservationVisit', 'visitId', visit());
    await town.act('townOfficer', 'recordObservationVisit', 'visitId', visit({ visitedOn: '2030-11-12', people: 30, notes: null, villageCodes: [neighbours, '341525109205'] }));
    expect(await points(visitors, { openOnly: true })).toMatchObject([{ id: pointId, state: 'open', visits: 2, people: 42 }]);
    const query = 'query ($pointId: ID!, $first: Int, $after: String) { observationVisits(pointId: $pointId, first: $first, after: $after) { rows { visitedOn villageCodes people notes } nextCursor } }';
    const { observationVisits: first } = await town.query<{ observationVisits: { rows: unknown[]; nextCursor: string } }>(visitors, query, { pointId, first: 1 });
    expect(first.rows).toEqual([{ visitedOn: '2030-11-12', villageCodes: [neighbours, '341525109205'], people: 30, notes: null }]);
    const { observationVisits: second } = await town.query<{ observationVisits: { rows: unknown[] } }>(visitors, query, { pointId, first: 1, after: first.nextCursor });
    expect(second.rows).toMatchObject([{ visitedOn: '2030-11-10', notes: '张支书带队，询问了回避的办法' }]);
  });

  it('are ended with a reason; a visit of the days before can still be recorded', async () => {
    await town.act('townOfficer', 'endObservationPoint', 'endedOn', { pointId, reason: '公示张贴不及时，先行整改' });
    expect(await town.refused('townOfficer', 'endObservationPoint', { pointId, reason: '再次撤销' })).toMatchObject({ code: 'observation-point.over' });
    await town.service.moveClockTo('2030-11-15');
    expect(await town.refused('townOfficer', 'recordObservationVisit', visit({ visitedOn: '2030-11-13' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'visitedOn' }] });
    await town.act('townOfficer', 'recordObservationVisit', 'visitId', visit({ visitedOn: '2030-11-12' }));
    expect(await points(visitors)).toMatchObject([{ state: 'ended', endedOn: '2030-11-12', endReason: '公示张贴不及时，先行整改', visits: 3 }]);
  });

  it('are over by themselves the day after their last day', async () => {
    const named = await town.act<{ pointId: string }>('townOfficer', 'nameObservationPoint', 'pointId', point({ divisionCode: village, startsOn: '2030-11-15', lastDay: '2030-11-20' }));
    await town.service.moveClockTo('2030-11-20');
    expect((await points(visitors))[0]).toMatchObject({ id: named.pointId, state: 'open' });
    await town.service.moveClockTo('2030-11-21');
    expect((await points(visitors))[0]).toMatchObject({ id: named.pointId, state: 'over' });
    expect(await town.refused('townOfficer', 'endObservationPoint', { pointId: named.pointId, reason: '已经到期' })).toMatchObject({ code: 'observation-point.over' });
  });

  it('keep what is written about them sealed', async () => {
    const { rows } = await town.service.admin.query<{ words: Buffer }>(
      `SELECT reason || shows || coalesce(end_reason, '') AS words FROM civility.observation_point UNION ALL SELECT notes FROM civility.observation_visit WHERE notes IS NOT NULL
       UNION ALL SELECT convert_to(audit::text, 'UTF8') FROM civility.audit`,
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const word of ['张支书', '张贴', '群众']) expect(rows.some(({ words }) => words.includes(word))).toBe(false);
  });
});
