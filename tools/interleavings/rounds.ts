import { addDays } from './reference';
import type { ThreeServices } from './three-services';
import { countyCode, type Village } from './villages';

const eachSixth = <T>(rows: readonly T[]): T[][] => Array.from({ length: 6 }, (_, part) => rows.filter((_row, index) => index % 6 === part));

/** Several villages at a time; what belongs to one village stays in order. */
export async function forEachVillage<V>(villages: readonly V[], work: (village: V) => Promise<void>): Promise<void> {
  await Promise.all(eachSixth(villages).map(async (share) => {
    for (const village of share) await work(village);
  }));
}

interface Draft {
  readonly id: string;
  readonly key: string;
  readonly places: readonly { readonly id: string }[];
}

/** The draft of a kind that a message asked for; of one case where a key is given. */
export function drafted(town: ThreeServices, village: Village, kind: string, key?: string): Promise<Draft> {
  const query = 'query ($under: String, $kind: String) { publications(under: $under, kind: $kind, state: "draft", first: 200) { rows { id key places { id } } } }';
  return town.until(async () => {
    const { publications } = await town.ask<{ publications: { rows: Draft[] } }>('publicity', 'village-clerk', query, { under: village.code, kind });
    return publications.rows.find((one) => key === undefined || one.key === key);
  }, `the draft of ${kind} in ${village.code}`);
}

export async function postEverywhere(town: ThreeServices, { id, places }: Draft): Promise<{ lastDay: string; objectionLastDay: string | null }> {
  let receipt = { lastDay: '', objectionLastDay: null as string | null };
  for (const place of places) receipt = await town.do('postPlace', { publicationId: id, placeId: place.id });
  return receipt;
}

/** From nothing to a filed round in every village, whose results are drafted. Everybody's first score is 80.00. */
export async function fileRounds(town: ThreeServices, villages: readonly Village[]): Promise<Map<Village, string>> {
  const today = await town.today();
  const { listVersionId } = await town.do<{ listVersionId: string }>('draftItemList', { countyCode, effectiveFrom: '2022-11-14' });
  await town.do('approveItemList', { listVersionId });
  const rounds = new Map<Village, string>();
  const deliberators = new Map<Village, string[]>();
  const reviewers = new Map<string, string[]>();
  const seats = (...capacities: string[]) => capacities.map((capacity) => ({ capacity }));
  await forEachVillage(villages, async (village) => {
    const { roundId } = await town.do<{ roundId: string }>('prepareRound', { villageCode: village.code, year: Number(today.slice(0, 4)), referenceDay: today, listVersionId });
    rounds.set(village, roundId);
    for (const groupCode of village.groups) {
      const { memberIds } = await town.do<{ memberIds: string[] }>('formReviewGroup', { roundId, groupCode, members: seats('responsible-cadre', 'group-leader', 'party-member', 'villager', 'villager') });
      reviewers.set(groupCode, memberIds);
    }
    const { memberIds } = await town.do<{ memberIds: string[] }>('formDeliberationGroup', { roundId, members: seats('party-secretary', 'town-cadre', 'village-cadre', 'party-representative', 'villager-representative') });
    deliberators.set(village, memberIds);
    await postEverywhere(town, await drafted(town, village, 'publication.content'));
  });
  const openedOn = addDays(today, 4);
  await town.moveTo(openedOn);
  await forEachVillage(villages, async (village) => {
    const roundId = rounds.get(village);
    await town.do('openRound', { roundId });
    for (const groupCode of village.groups) {
      const presentMemberIds = reviewers.get(groupCode) ?? [];
      const rows = village.households.filter((one) => one.groupCode === groupCode).map(({ householdId }) => ({ householdId, marks: [] }));
      const table = await town.do<{ tableId: string; digest: string }>('recordGroupTable', { roundId, groupCode, meetingOn: openedOn, chairMemberId: presentMemberIds[0], presentMemberIds, declaredAgain: true, scanSha256: 'a'.repeat(64), rows });
      await town.do('confirmGroupTable', table);
    }
    await town.do('beginDeliberation', { roundId, presentMemberIds: deliberators.get(village), declaredAgain: true });
    await town.do('examineHouseholds', { roundId, rows: village.households.map(({ householdId }) => ({ householdId })) });
    await town.do('confirmExamined', { roundId });
    await town.do('handIn', { roundId });
    await town.do('fileRound', { roundId });
  });
  return rounds;
}
