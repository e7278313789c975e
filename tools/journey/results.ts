import { addDays, type Clock } from './clock';
import { type CountyGraphClient, Person } from './graph-client';
import { drafted, post, postEverywhere, type Published } from './publish';
import type { VillageRound } from './review';
import { must, type Story } from './story';

export interface ResultsPublished {
  readonly round: VillageRound;
  readonly publication: Published;
}

/** 告知 — one sign-off sheet per group; a household that nobody reaches is recorded with reason and witness. 三(三)3 */
async function tell(round: VillageRound, publicationId: string, story: Story | null): Promise<void> {
  const { staff } = round;
  const away = story ? round.households.at(-1) : undefined;
  const unreachable = away?.householdId;
  for (const group of staff.village.groups) {
    const except = away && away.demo.groupCode === group.code ? { exceptSubjectIds: [away.householdId], exceptReason: 'away' } : {};
    await staff.clerk.do('recordGroupDelivery', { publicationId, groupCode: group.code, channel: 'slip', ...except }, 'told failed');
  }
  if (!unreachable) return;
  const { notYetTold } = await staff.clerk.ask<{ notYetTold: { rows: { id: string; subjectId: string }[] } }>('query ($id: ID!) { notYetTold(publicationId: $id, first: 50) { rows { id subjectId } } }', { id: publicationId });
  const [open] = notYetTold.rows;
  must(open?.subjectId === unreachable, 'the list of those not yet told names the one household left');
  for (const [channel, tries] of [['slip', 1], ['phone', 2]] as const) {
    for (let count = 0; count < tries; count += 1) await staff.clerk.do('recordDelivery', { notificationId: open?.id, channel, outcome: 'failed', reason: 'away' }, 'state');
  }
  await staff.clerk.do('recordNotDeliverable', { notificationId: open?.id, reason: 'away', witnessName: '见证人（合成）' }, 'state');
  story?.tell('每户凭告知单签收；一户外出，两种方式各两次未果，记明原因和见证人');
}

/** 评议结果公示与告知，含一次撤回重来、一次缺失顺延 — 三(三)3 */
export async function publishResults(graph: CountyGraphClient, publicityUrl: string, rounds: readonly VillageRound[], clock: Clock, story: Story): Promise<ResultsPublished[]> {
  const published: ResultsPublished[] = [];
  for (const round of rounds) published.push({ round, publication: await postEverywhere(round.staff, 'publication.result') });
  story.tell(`评议结果在各村党务公开栏和各组张贴，公示至 ${published[0]?.publication.lastDay ?? ''}，姓名脱敏`);
  await clock.days(2);

  const [, second, third] = published;
  must(second !== undefined && third !== undefined, 'three villages at least');
  const { openedAgainAs } = await second.round.staff.supervisor.do<{ openedAgainAs: string }>('withdrawPublication', { publicationId: second.publication.publicationId, reason: 'wrong-content' }, 'openedAgainAs');
  const again = await post(second.round.staff.clerk, await drafted(second.round.staff, 'publication.result'));
  must(again.publicationId === openedAgainAs && again.lastDay === addDays(await clock.today(), 7), 'a withdrawn publication starts again from day one');
  story.tell(`${second.round.staff.village.name}的公示内容有误：撤回，从第一天重新公示至 ${again.lastDay}`);

  const board = third.publication.places.find((place) => place.kind === 'group');
  const extended = await third.round.staff.supervisor.do<{ lastDay: string; daysAdded: number }>('reportMissing', { publicationId: third.publication.publicationId, placeId: board?.id, missingFrom: addDays(await clock.today(), -2) }, 'lastDay daysAdded');
  must(extended.daysAdded === 2 && extended.lastDay === addDays(third.publication.lastDay, 2), 'two missing days are added');
  story.tell(`${third.round.staff.village.name}一处公示缺失两天：重新张贴，顺延至 ${extended.lastDay}`);

  const now: ResultsPublished[] = [];
  for (const one of published) {
    const publicationId = one === second ? again.publicationId : one.publication.publicationId;
    const { publication } = await one.round.staff.clerk.ask<{ publication: { lastDay: string; objectionLastDay: string } }>('query ($id: ID!) { publication(id: $id) { lastDay objectionLastDay } }', { id: publicationId });
    now.push({ round: one.round, publication: { ...one.publication, publicationId, ...publication } });
    if (one === published[0]) {
      await print(publicityUrl, one.round, publicationId, story);
      await villagerLooks(graph, publicityUrl, one.round, publicationId, story);
    }
    await tell(one.round, publicationId, one === published[0] ? story : null);
  }
  return now;
}

type Filed = VillageRound['households'][number];

/** 告知单 of one household, as the clerk prints it for its group: the code that stands on it. */
async function slipOf(publicityUrl: string, round: VillageRound, publicationId: string, household: Filed): Promise<string> {
  const { groupCode, householdNo } = household.demo;
  const answer = await fetch(`${publicityUrl}/slips?division=${groupCode}&publication=${publicationId}`, { headers: { authorization: `Bearer ${await round.staff.clerk.token()}` } });
  must(answer.ok, 'the slips are printed');
  const slip = (await answer.text()).split('<section').find((one) => one.includes(householdNo));
  const code = /<span class="code">([^<]+)</.exec(slip ?? '')?.[1];
  must(code !== undefined, `the slip of ${householdNo} shows its code`);
  return code;
}

/** 打印 — notice, list, slips and sheet of one group, ready for the board and the door. 三(三)3 */
async function print(publicityUrl: string, { staff }: VillageRound, publicationId: string, story: Story): Promise<void> {
  const asked = `division=${staff.village.groups[0]?.code ?? ''}&publication=${publicationId}`;
  for (const path of [`notices/${publicationId}/notice.pdf`, `notices/${publicationId}/list.pdf`, `slips/slips.pdf?${asked}`, `slips/sign-off.pdf?${asked}`]) await staff.clerk.paper(`${publicityUrl}/${path}`);
  story.tell('公示、名单、告知单、签收表打印成 PDF，告知单一页四张');
}

/** 村民凭告知单登录，看自己的得分 — and nobody else's. */
async function villagerLooks(graph: CountyGraphClient, publicityUrl: string, round: VillageRound, publicationId: string, story: Story): Promise<void> {
  const [, , household, neighbour] = round.households;
  must(household !== undefined && neighbour !== undefined, 'a third and a fourth household');
  const head = household.demo.members.find((member) => member.relation === '户主');
  const code = await slipOf(publicityUrl, round, publicationId, household);
  const villager = new Person('村民', graph, 'slip', { code, tail: head?.residentId.slice(-4) ?? '' });
  const query = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id civilityScores { score howToObject } } }';
  const { householdsByIds } = await villager.ask<{ householdsByIds: ({ id: string; civilityScores: { score: string }[] | null } | null)[] }>(query, { ids: [household.householdId, neighbour.householdId] });
  const [own, theirs] = householdsByIds;
  must(own?.civilityScores?.length === 1, 'a villager sees the own score');
  must(!theirs?.civilityScores?.length, 'a villager does not see a neighbour’s score');
  story.tell(`一位村民凭告知单取号和证件后四位登录，看到本户得分 ${own.civilityScores[0]?.score ?? ''}，看不到别户`);
}
