import { newId } from '@credit/platform';
import { expectInOrder, readPdf, textOf } from '@credit/testing';
import { groupOne, groupTwo, negative, type Person, positive, ReviewTown, village, veto } from './town';

describe('评议文书', () => {
  let town: ReviewTown;
  let relative: Awaited<ReturnType<ReviewTown['service']['account']>>;
  beforeAll(async () => {
    town = await ReviewTown.open();
    relative = await town.service.account({ posts: [{ role: 'village-cadre', divisionCode: village }] });
    await town.prepare();
    await town.form(groupOne, [{ capacity: 'responsible-cadre' }, { capacity: 'group-leader', householdId: town.household(1) }, ...ReviewTown.review().slice(2)]);
    await town.form(groupTwo, [{ capacity: 'responsible-cadre', accountId: relative.accountId }, ...ReviewTown.review().slice(1)]);
    await town.form('village', ReviewTown.deliberation());
    await town.act(relative, 'declareTies', 'added', { memberId: town.membersOf(groupTwo)[0], ties: [{ householdId: town.household(3), relation: 'spouse' }] });
    town.publish('publication.content');
    await town.service.moveClockTo('2030-11-05');
    await town.act('townOfficer', 'openRound', 'state openedOn', { roundId: town.roundId });
  });
  afterAll(() => town.service.close());

  async function paper(path: string, person: Person | { token: string } = 'clerk'): Promise<{ status: number; text: string }> {
    const token = typeof person === 'string' ? town.tokenOf(person) : person.token;
    const answer = await fetch(`${town.service.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, text: answer.headers.get('content-type') === 'application/pdf' ? textOf(readPdf(bytes)) : bytes.toString('utf8') };
  }
  const table = (groupCode: string) => `/reviews/${town.roundId}/groups/${groupCode}/table.pdf`;

  it('prints the notice of a meeting: who, what, when, where, and that ties are to be declared', async () => {
    const { meetingId } = await town.act<{ meetingId: string }>('secretary', 'callMeeting', 'meetingId', { roundId: town.roundId, groupCode: groupOne, meetingOn: '2030-11-06', startsAt: '19:30', place: '上湾组老祠堂', agenda: '逐户评议' });
    const { text } = await paper(`/reviews/meetings/${meetingId}/notice.pdf`);
    expectInOrder(text, ['会议通知', '上湾组评议小组全体成员：', '申报回避', '时间：2030年11月6日19:30', '地点：上湾组老祠堂', '主持人：村包片干部', '逐户评议', '大化坪村党组织', '2030年11月5日']);
    await town.act('secretary', 'cancelMeeting', 'meetingId', { meetingId, reason: '当晚停电，另行通知' });
    expect((await paper(`/reviews/meetings/${meetingId}/notice.pdf`)).status).toBe(409);
    expect((await paper(`/reviews/meetings/${newId()}/notice.pdf`)).status).toBe(404);
  });

  it('prints the table before the meeting: households, who must withdraw where, the list, lines to sign, nothing decided', async () => {
    await town.act('secretary', 'callMeeting', 'meetingId', { roundId: town.roundId, groupCode: groupOne, meetingOn: '2030-11-05', startsAt: '19:30', place: '上湾组老祠堂', agenda: '逐户评议' });
    const { text } = await paper(table(groupOne));
    expectInOrder(text, ['上湾组2030年度乡风文明小组评议表', '评议日期：2030年11月5日', '地点：上湾组老祠堂', '汪*甲', '汪*乙', '2号', '汪*丙', '参加评议人员签名', '1号村包片干部', '2号村民组长', '评议清单', 'P01正面', 'V01一票否决', 'N01负面']);
    expect(text).not.toMatch(/80\.00|评议日期：＿/);
  });

  it('prints it after typing as it was typed, with its check', async () => {
    const { digest } = await town.act<{ digest: string }>('clerk', 'recordGroupTable', 'tableId digest', town.table(groupOne, [
      { householdId: town.household(0), marks: [positive, negative] },
      { householdId: town.household(1), withdrawnMemberIds: [town.membersOf(groupOne)[1] ?? ''], marks: [veto] },
    ]));
    const { text } = await paper(table(groupOne));
    expectInOrder(text, ['汪*甲', 'P01', 'N04', '汪*乙', 'V01', '2号', '0.00', '汪*丙', '80.00', `校验码${digest.slice(0, 12)}`]);
    expect(text).not.toContain(negative.factText ?? '');
  });

  it('is printed by nobody who must withdraw from a household on it, nor from elsewhere', async () => {
    expect(await paper(table(groupTwo), relative)).toMatchObject({ status: 403, text: expect.stringContaining('recusal.required') as string });
    expect((await paper(table(groupOne), relative)).status).toBe(200);
    expect((await paper(table(groupTwo))).status).toBe(200);
    expect((await paper(table(groupTwo), 'supervisor')).status).toBe(403);
    const neighbour = await town.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109205' }] });
    expect(await paper(table(groupTwo), neighbour)).toMatchObject({ status: 403, text: expect.stringContaining('access.outside-division') as string });
  });
});
