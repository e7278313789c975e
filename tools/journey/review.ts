import { createHash } from 'node:crypto';
import type { DemoHousehold } from '../demo/town';
import { Random } from '../demo/random';
import type { Cast, VillageStaff } from './cast';
import { addDays, type Clock } from './clock';
import { postEverywhere } from './publish';
import { must, type Story } from './story';

interface FiledHousehold {
  readonly householdId: string;
  readonly demo: DemoHousehold;
}

interface Member {
  readonly memberId: string;
  readonly capacity: string;
}

/** 一村的评议轮次 as the journey goes along. */
export interface VillageRound {
  readonly staff: VillageStaff;
  readonly roundId: string;
  readonly households: readonly FiledHousehold[];
  /** The household that is the responsible cadre's kin, whom the cadre neither sees nor marks. */
  readonly cadresKin: string;
  readonly vetoed: string | null;
  readonly perfect: string;
  readonly deliberators: readonly Member[];
}

interface Mark {
  readonly itemCode: string;
  readonly word?: string;
  readonly factText?: string;
  readonly factOn?: string;
  readonly documentNo?: string;
  readonly documentOn?: string;
}

const positives = ['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08'];
const words = ['按月照料老人', '督促子女学习', '兄弟互帮农忙', '主动调解邻里纠纷', '参加修路义务工', '带头缴纳水费', '喜事简办', '院落整洁'];
const document = { itemCode: 'V04', documentNo: '（2025）皖1525执000号（合成）' };

async function householdsOf(staff: VillageStaff): Promise<FiledHousehold[]> {
  const filed = await staff.clerk.all<{ id: string; householdNo: string }>('households', 'under: $under', 'id householdNo', { under: staff.village.code }, '$under: String!');
  const ids = new Map(filed.map((row) => [row.householdNo, row.id]));
  return staff.village.households.map((demo) => ({ demo, householdId: ids.get(demo.householdNo) ?? '' }));
}

/** Four villagers and a leader of different families, so that no household loses more than one of them to kinship. */
function neighbours(households: readonly FiledHousehold[]): FiledHousehold[] {
  const families = new Set<number>();
  return households.filter(({ demo }) => !families.has(demo.family) && families.add(demo.family)).slice(0, 5);
}

/** 评议清单 — drafted by one officer of the county, approved by another. 三(三)1 */
async function approvedList(cast: Cast, countyCode: string): Promise<string> {
  const { listVersionId } = await cast.countyOfficer.do<{ listVersionId: string }>('draftItemList', { countyCode, effectiveFrom: '2022-11-14' }, 'listVersionId');
  await cast.countyDirector.do('approveItemList', { listVersionId }, 'listVersionId');
  return listVersionId;
}

async function formBodies(cast: Cast, round: Pick<VillageRound, 'staff' | 'roundId' | 'households' | 'cadresKin'>, story: Story): Promise<Member[]> {
  const { staff, roundId } = round;
  for (const group of staff.village.groups) {
    const own = round.households.filter(({ demo }) => demo.groupCode === group.code);
    const [leader, ...villagers] = neighbours(own);
    const seats = [
      { capacity: 'responsible-cadre', accountId: staff.accountIds['cadre'] },
      { capacity: 'group-leader', ...(leader ? { householdId: leader.householdId } : {}) },
      ...[0, 1, 2, 3].map((index) => ({ capacity: 'villager', ...(villagers[index] ? { householdId: villagers[index].householdId } : {}) })),
    ];
    if (group === staff.village.groups[0] && staff === cast.villages[0]) {
      const problem = await staff.secretary.refused('formReviewGroup', { roundId, groupCode: group.code, members: seats.slice(0, 4) }, 'bodyId');
      must(problem.code === 'body.composition', `a review group without enough members is refused, not with ${problem.code}`);
      story.tell(`人数不足的评议小组被拒绝：${problem.faults[0]?.message ?? problem.title}`);
    }
    const { memberIds } = await staff.secretary.do<{ memberIds: string[] }>('formReviewGroup', { roundId, groupCode: group.code, members: seats }, 'bodyId memberIds');
    for (const [index, member] of [leader, ...villagers].entries()) {
      const kin = member ? own.filter((one) => one !== member && one.demo.family === member.demo.family) : [];
      if (kin.length > 0 && index < 5) await staff.clerk.do('declareTies', { memberId: memberIds[index + 1], ties: kin.map((one) => ({ householdId: one.householdId, relation: 'collateral' })) }, 'added');
    }
    if (own.some((one) => one.householdId === round.cadresKin)) await staff.cadre.do('declareTies', { memberId: memberIds[0], ties: [{ householdId: round.cadresKin, relation: 'in-law' }] }, 'added');
  }
  const seats = [
    { capacity: 'party-secretary', accountId: staff.accountIds['secretary'] },
    { capacity: 'town-cadre' },
    { capacity: 'village-cadre' },
    { capacity: 'party-representative' },
    { capacity: 'villager-representative' },
    { capacity: 'bank-adviser' },
  ];
  const { memberIds } = await staff.secretary.do<{ memberIds: string[] }>('formDeliberationGroup', { roundId, members: seats }, 'bodyId memberIds');
  return seats.map(({ capacity }, index) => ({ capacity, memberId: memberIds[index] ?? '' }));
}

/** 评议轮次的准备：清单、内容公示、组织、回避、初核，直到开启 — 三(三)1、2、3 */
export async function prepareReview(cast: Cast, countyCode: string, clock: Clock, story: Story): Promise<VillageRound[]> {
  const today = await clock.today();
  const listVersionId = await approvedList(cast, countyCode);
  const rounds: VillageRound[] = [];
  for (const [index, staff] of cast.villages.entries()) {
    const households = await householdsOf(staff);
    const { roundId } = await cast.townOfficer.do<{ roundId: string }>('prepareRound', { villageCode: staff.village.code, year: Number(today.slice(0, 4)), referenceDay: today, listVersionId }, 'roundId');
    const [leaderOf] = neighbours(households.filter(({ demo }) => demo.groupCode === staff.village.groups[0]?.code));
    const free = households.filter((one) => one !== leaderOf);
    const cadresKin = free.at(-1)?.householdId ?? '';
    rounds.push({ staff, roundId, households, cadresKin, perfect: free[0]?.householdId ?? '', vetoed: index === 0 ? (free[1]?.householdId ?? null) : null, deliberators: [] });
  }
  const [first] = rounds;
  must(first !== undefined, 'there is a round');
  let lastDay = '';
  for (const round of rounds) ({ lastDay } = await postEverywhere(round.staff, 'publication.content'));
  const early = await cast.townOfficer.refused('openRound', { roundId: first.roundId }, 'state');
  must(early.code === 'round.content-not-published', `opening early is refused, not with ${early.code}`);
  story.tell(`评议内容在各村民小组公示至 ${lastDay}；提前开启评议被拒绝：${early.title}`);

  const formed: VillageRound[] = [];
  for (const round of rounds) formed.push({ ...round, deliberators: await formBodies(cast, round, story) });
  const { dropped, entryIds } = await cast.townOfficer.do<{ dropped: object[]; entryIds: string[] }>(
    'importPrecheckFeedback',
    {
      roundId: first.roundId,
      entries: [
        { householdId: first.vetoed, category: document.itemCode, documentNo: document.documentNo, effectiveOn: addDays(today, -400) },
        { householdId: first.perfect, category: document.itemCode, documentNo: document.documentNo, effectiveOn: addDays(today, -1200) },
      ],
    },
    'entryIds dropped { effectiveOn }',
  );
  must(dropped.length === 1, 'an entry out of the three years is dropped');
  for (const entryId of entryIds) await cast.townOfficer.do('decidePrecheck', { entryId, verdict: 'flagged' }, 'entryId');
  story.tell('镇级初核：县反馈 2 条，1 条超过三年不计，1 条标记；村党组织只见类别');
  await clock.after(lastDay);
  for (const round of formed) await cast.townOfficer.do('openRound', { roundId: round.roundId }, 'state');
  story.tell(`${formed.length} 个村开启评议`);
  return formed;
}

function marksOf(round: VillageRound, household: FiledHousehold, random: Random, referenceDay: string): Mark[] {
  if (household.householdId === round.vetoed) return [{ itemCode: document.itemCode, documentNo: document.documentNo, documentOn: addDays(referenceDay, -400) }];
  const chosen = household.householdId === round.perfect ? positives : positives.filter(() => random.chance(0.55));
  const marks: Mark[] = chosen.map((itemCode) => ({ itemCode, word: words[positives.indexOf(itemCode)] ?? '表现良好' }));
  if (household.householdId !== round.perfect && random.chance(0.12)) marks.push({ itemCode: 'N08', factText: '经村监督员查实', factOn: addDays(referenceDay, -random.whole(5, 300)) });
  return marks;
}

async function recusals(round: VillageRound): Promise<Map<string, string[]>> {
  const { recusals: rows } = await round.staff.secretary.ask<{ recusals: { memberId: string; householdId: string }[] }>('query ($roundId: ID!) { recusals(roundId: $roundId) { memberId householdId } }', { roundId: round.roundId });
  const map = new Map<string, string[]>();
  for (const { memberId, householdId } of rows) map.set(householdId, [...(map.get(householdId) ?? []), memberId]);
  return map;
}

interface Body {
  readonly kind: string;
  readonly groupCode: string | null;
  readonly members: readonly Member[];
}

/** 小组评议 — each group's table typed by the clerk and confirmed by another person. 三(三)3 */
async function reviewGroups(cast: Cast, round: VillageRound, clock: Clock, random: Random, story: Story): Promise<void> {
  const { staff, roundId } = round;
  const today = await clock.today();
  const { round: detail } = await staff.clerk.ask<{ round: { referenceDay: string } }>('query ($id: ID!) { round(id: $id) { referenceDay } }', { id: roundId });
  const { bodies } = await staff.secretary.ask<{ bodies: Body[] }>('query ($roundId: ID!) { bodies(roundId: $roundId) { kind groupCode members { memberId capacity } } }', { roundId });
  const withdrawing = await recusals(round);
  for (const group of staff.village.groups) {
    const members = bodies.find((body) => body.groupCode === group.code)?.members ?? [];
    const memberIds = members.map((member) => member.memberId);
    const rows = round.households
      .filter(({ demo }) => demo.groupCode === group.code)
      .map((household) => ({
        householdId: household.householdId,
        withdrawnMemberIds: (withdrawing.get(household.householdId) ?? []).filter((memberId) => memberIds.includes(memberId)),
        marks: marksOf(round, household, random, detail.referenceDay),
      }));
    const table = { roundId, groupCode: group.code, meetingOn: today, declaredAgain: true, scanSha256: createHash('sha256').update(`${roundId}/${group.code}`).digest('hex'), chairMemberId: members.find((member) => member.capacity === 'responsible-cadre')?.memberId, rows };
    if (staff === cast.villages[0] && group === staff.village.groups[0]) {
      const problem = await staff.clerk.refused('recordGroupTable', { ...table, presentMemberIds: memberIds.slice(0, 3) }, 'tableId');
      must(problem.code === 'group.no-quorum', `a table without quorum is refused, not with ${problem.code}`);
      const unashamed = rows.map((row) => ({ ...row, withdrawnMemberIds: [] }));
      const kin = await staff.clerk.refused('recordGroupTable', { ...table, rows: unashamed, presentMemberIds: memberIds }, 'tableId');
      must(kin.code === 'recusal.missing', `a relative who marks is refused, not with ${kin.code}`);
      story.tell(`三人到会的评议表被拒绝（${problem.title}）；亲属未回避的被拒绝（${kin.title}）`);
    }
    const { tableId, digest } = await staff.clerk.do<{ tableId: string; digest: string }>('recordGroupTable', { ...table, presentMemberIds: memberIds }, 'tableId digest');
    await staff.checker.do('confirmGroupTable', { tableId, digest }, 'confirmedOn');
  }
}

/** 亲属看不见 — the cadre's own lists leave out the household that is kin; everybody else's show it. */
async function relativeSeesNothing(round: VillageRound): Promise<void> {
  const list = (who: VillageRound['staff']['clerk']) => who.all<{ householdId: string }>('roundHouseholds', 'roundId: $roundId', 'householdId', { roundId: round.roundId }, '$roundId: ID!');
  const seen = (await list(round.staff.cadre)).map((row) => row.householdId);
  const all = (await list(round.staff.clerk)).map((row) => row.householdId);
  must(all.includes(round.cadresKin) && !seen.includes(round.cadresKin) && seen.length === all.length - 1, 'a withdrawn member does not see the household');
}

async function deliberate(cast: Cast, round: VillageRound, story: Story): Promise<void> {
  const { staff, roundId } = round;
  await staff.secretary.do('beginDeliberation', { roundId, presentMemberIds: round.deliberators.map((member) => member.memberId), declaredAgain: true }, 'sittingId state');
  const withdrawing = await recusals(round);
  const deliberators = new Set(round.deliberators.map((member) => member.memberId));
  const rows = round.households.map(({ householdId }) => ({ householdId, withdrawnMemberIds: (withdrawing.get(householdId) ?? []).filter((memberId) => deliberators.has(memberId)) }));
  for (let from = 0; from < rows.length; from += 200) await staff.secretary.do('examineHouseholds', { roundId, rows: rows.slice(from, from + 200) }, 'examined');
  if (staff === cast.villages[0]) {
    const changed = await staff.secretary.do<{ firstScore: string; score: string }>('setScore', { roundId, householdId: round.households.at(-2)?.householdId, adjustedScore: '86.00', reason: '审议小组核实其长期照料邻居孤寡老人' }, 'firstScore score');
    story.tell(`审议小组写明理由，将一户由 ${changed.firstScore} 改定为 ${changed.score}，初评得分保留`);
  }
  await staff.secretary.do('confirmExamined', { roundId }, 'confirmed unsettled');
  await staff.secretary.do('handIn', { roundId }, 'state');
}

/** 召集会议 — notice and table on paper, with who must withdraw already on it. 三(三)3 */
async function callMeeting({ staff, roundId }: VillageRound, civilityUrl: string, clock: Clock, story: Story): Promise<void> {
  const [group] = staff.village.groups;
  must(group !== undefined, 'a village has a group');
  const meeting = { roundId, groupCode: group.code, meetingOn: await clock.today(), startsAt: '19:30', place: '村民组活动室', agenda: '逐户评议，当场填写小组评议表' };
  const { meetingId } = await staff.clerk.do<{ meetingId: string }>('callMeeting', meeting, 'meetingId');
  await staff.clerk.paper(`${civilityUrl}/reviews/meetings/${meetingId}/notice.pdf`);
  await staff.clerk.paper(`${civilityUrl}/reviews/${roundId}/groups/${group.code}/table.pdf`);
  story.tell(`${group.name}召集评议会议，会议通知和小组评议表打印成 PDF，应回避的已印在各户一行`);
}

/** 小组评议、审议、镇党委审核备案 — 三(三)3 */
export async function review(cast: Cast, rounds: readonly VillageRound[], civilityUrl: string, clock: Clock, story: Story): Promise<void> {
  const random = new Random(7);
  if (rounds[0]) await callMeeting(rounds[0], civilityUrl, clock, story);
  for (const round of rounds) await reviewGroups(cast, round, clock, random, story);
  const [first, second] = rounds;
  must(first !== undefined && second !== undefined, 'two villages at least');
  await relativeSeesNothing(first);
  story.tell('评议小组逐户评议：包片干部的亲属户，其本人看不到也不能评');
  for (const round of rounds) await deliberate(cast, round, story);

  const returned = second.households[0]?.householdId;
  await cast.townPartyCommittee.do('returnRound', { roundId: second.roundId, reasons: [{ householdId: returned, reason: '事由过于笼统，请补充后重新审议' }] }, 'state');
  await second.staff.secretary.do('beginDeliberation', { roundId: second.roundId, presentMemberIds: second.deliberators.map((member) => member.memberId), declaredAgain: true }, 'state');
  const withdrawn = ((await recusals(second)).get(returned ?? '') ?? []).filter((memberId) => second.deliberators.some((member) => member.memberId === memberId));
  await second.staff.secretary.do('examineHouseholds', { roundId: second.roundId, rows: [{ householdId: returned, withdrawnMemberIds: withdrawn }] }, 'examined');
  await second.staff.secretary.do('confirmExamined', { roundId: second.roundId }, 'confirmed');
  await second.staff.secretary.do('handIn', { roundId: second.roundId }, 'state');
  for (const round of rounds) await cast.townPartyCommittee.do('fileRound', { roundId: round.roundId }, 'state digest');
  story.tell(`镇党委退回${second.staff.village.name}一次，补充后全部审核备案，得分与摘要冻结`);

  const rows = await first.staff.clerk.all<{ householdId: string; score: string; vetoed: boolean }>('roundHouseholds', 'roundId: $roundId', 'householdId score vetoed', { roundId: first.roundId }, '$roundId: ID!');
  must(rows.find((row) => row.householdId === first.vetoed)?.score === '0.00', 'a vetoed household scores zero');
  must(rows.find((row) => row.householdId === first.perfect)?.score === '100.00', 'positives stop at their cap');
  story.tell('一票否决户得 0 分；正面加分至 20 分为止，满分 100');
}
