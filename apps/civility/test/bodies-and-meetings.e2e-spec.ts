import { newId } from '@credit/platform';
import { groupOne, ReviewTown, townCode, village } from './town';

const scan = 'b'.repeat(64);

describe('supervisors, substitutes and meetings', () => {
  let town: ReviewTown;
  beforeAll(async () => {
    town = await ReviewTown.open();
    await town.openRound();
  });
  afterAll(() => town.service.close());

  const committee = (...more: readonly object[]): object[] => [...Array.from({ length: 3 }, () => ({ accountId: newId(), capacity: 'supervision-member' })), ...more];
  const forming = (given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    kind: 'village-supervision',
    divisionCode: village,
    termFrom: '2030-01-01',
    termLastDay: '2034-12-31',
    members: committee(),
    ...given,
  });

  describe('the village supervision committee and the town supervision group', () => {
    it('are refused with each reason when their composition is wrong', async () => {
      const refused = await town.refused('townOfficer', 'formStandingBody', forming({ kind: 'town-supervision', divisionCode: townCode, members: [{ accountId: newId(), capacity: 'discipline' }] }));
      expect(refused).toMatchObject({ code: 'body.composition' });
      expect(refused.faults?.map(({ message }) => message)).toEqual(['党委成员', '民政', '团委', '妇联', '金融机构'].map((seat) => expect.stringContaining(`须有${seat === '党委成员' ? '镇党委成员' : seat}至少 1 名`) as string));
    });

    it('have no member who holds office in the village they watch', async () => {
      const cadre = { accountId: town.people.cadre.accountId, capacity: 'supervision-member' };
      expect(await town.refused('townOfficer', 'formStandingBody', forming({ members: committee(cadre) }))).toMatchObject({ code: 'body.composition', faults: [{ message: expect.stringContaining('不得兼任') as string }] });
    });

    it('belong to their level and have a term', async () => {
      expect(await town.refused('townOfficer', 'formStandingBody', forming({ divisionCode: townCode, termLastDay: '2029-12-31' }))).toMatchObject({ faults: [{ path: 'divisionCode' }, { path: 'termLastDay' }] });
      expect(await town.refused('secretary', 'formStandingBody', forming())).toMatchObject({ code: 'access.denied' });
    });

    it('are changed within the term with a reason only, and the one before stays readable', async () => {
      await town.act('townOfficer', 'formStandingBody', 'bodyId termLastDay', forming({ members: committee({ accountId: newId(), capacity: 'supervision-member', substitute: true }) }));
      expect(await town.refused('townOfficer', 'formStandingBody', forming())).toMatchObject({ code: 'body.reason-missing', faults: [{ message: expect.stringContaining('2034-12-31') as string }] });
      await town.act('townOfficer', 'formStandingBody', 'bodyId', forming({ reason: '一名成员迁居外省' }));
      const { standingBodies } = await town.query<{ standingBodies: { inTerm: boolean; reason: string | null; replacedOn: string | null; members: { substitute: boolean }[] }[] }>(
        'supervisor',
        'query ($division: String!) { standingBodies(divisionCode: $division, withHistory: true) { inTerm reason replacedOn members { substitute } } }',
        { division: village },
      );
      expect(standingBodies).toMatchObject([
        { inTerm: true, reason: '一名成员迁居外省', replacedOn: null },
        { inTerm: false, replacedOn: '2030-11-05', members: [{ substitute: false }, { substitute: false }, { substitute: false }, { substitute: true }] },
      ]);
    });
  });

  describe('substitutes of a review group', () => {
    it('count for nothing in its composition, and step in for those who withdrew', async () => {
      expect(await town.refused('townOfficer', 'formReviewGroup', { roundId: town.roundId, groupCode: groupOne, members: ReviewTown.review().map((one, index) => ({ ...one, substitute: index === 4 })), reason: '增设替补人员' })).toMatchObject({
        code: 'body.composition',
      });
      const ids = await town.form(groupOne, [...ReviewTown.review(), { capacity: 'villager', substitute: true }], { reason: '增设替补人员' });
      const [chair = '', leader = '', one = '', two = '', three = '', stepIn = ''] = ids;
      const rows = [{ householdId: town.household(0), withdrawnMemberIds: [two, three] }];
      const refused = await town.refused('clerk', 'recordGroupTable', town.table(groupOne, rows, { presentMemberIds: [chair, leader, one, two, three] }));
      expect(refused).toMatchObject({ code: 'group.no-quorum' });
      expect(JSON.stringify(refused.facts)).toContain(stepIn);
      await town.act('clerk', 'recordGroupTable', 'tableId', town.table(groupOne, rows, { presentMemberIds: ids }));
    });
  });

  describe('a meeting', () => {
    const calling = { groupCode: groupOne, meetingOn: '2030-11-06', startsAt: '19:30', place: '村民组文化活动室', agenda: '逐户评议' };

    it('is called with day, hour and place, cancelled with a reason', async () => {
      const refused = (given: object) => town.refused('cadre', 'callMeeting', { roundId: town.roundId, ...calling, ...given });
      expect(await refused({ meetingOn: '2030-11-04' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'meetingOn' }] });
      expect(await refused({ startsAt: '25:00' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'startsAt' }] });
      expect(await refused({ groupCode: `${village}77` })).toMatchObject({ faults: [{ path: 'groupCode' }] });
      const { meetingId } = await town.act<{ meetingId: string }>('cadre', 'callMeeting', 'meetingId', { roundId: town.roundId, ...calling });
      await town.act('cadre', 'cancelMeeting', 'meetingId', { meetingId, reason: '当晚停电，改期召开' });
      expect(await town.refused('cadre', 'cancelMeeting', { meetingId, reason: '当晚停电，改期召开' })).toMatchObject({ code: 'meeting.cancelled' });
      expect(await town.refused('clerk', 'recordMinutes', { meetingId, minutes: '会议没有召开，特此说明。', scanSha256: scan })).toMatchObject({ code: 'meeting.cancelled' });
    });

    it('has its minutes once, after it took place, readable by nobody who withdrew from one of its households', async () => {
      const { meetingId } = await town.act<{ meetingId: string }>('cadre', 'callMeeting', 'meetingId', { roundId: town.roundId, ...calling });
      const minutes = { meetingId, minutes: '到会五人，组长逐户介绍，无不同意见。', scanSha256: scan };
      expect(await town.refused('clerk', 'recordMinutes', minutes)).toMatchObject({ code: 'input.invalid', faults: [{ message: expect.stringContaining('尚未召开') as string }] });
      await town.service.moveClockTo('2030-11-06');
      await town.act('clerk', 'recordMinutes', 'meetingId', minutes);
      expect(await town.refused('clerk', 'recordMinutes', minutes)).toMatchObject({ code: 'meeting.minuted' });
      const seenBy = async (person: 'clerk' | 'supervisor' | 'cadre') =>
        (await town.query<{ meetings: { id: string; minutes: string | null }[] }>(person, 'query ($roundId: ID!) { meetings(roundId: $roundId) { id minutes } }')).meetings.find(({ id }) => id === meetingId)?.minutes;
      expect(await seenBy('clerk')).toBe(minutes.minutes);
      expect(await seenBy('supervisor')).toBeNull();
      await town.form(groupOne, [{ capacity: 'responsible-cadre', accountId: town.people.cadre.accountId, householdId: town.household(0) }, ...ReviewTown.review().slice(1)], { reason: '包片干部调整' });
      expect(await seenBy('cadre')).toBeNull();
      const { rows } = await town.service.admin.query<{ text: string }>('SELECT meeting::text AS text FROM civility.meeting');
      expect(rows.map(({ text }) => text).join()).not.toContain('逐户介绍');
    });
  });

  it('asks everybody present again about their ties before a table or a sitting counts', async () => {
    const table = town.table(groupOne, [], { meetingOn: '2030-11-06', declaredAgain: false });
    expect(await town.refused('clerk', 'recordGroupTable', table)).toMatchObject({ code: 'group-table.invalid', faults: [{ path: 'declaredAgain' }] });
  });
});
