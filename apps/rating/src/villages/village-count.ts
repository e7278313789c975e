import type { InputFault } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { type Electorate, type RollEntry, type VillagePoll, VillagePollStore } from './village-poll.store';
import { leastOf, type VillageRules, villageRulesOn } from './village-rules';

const sum = (numbers: Electorate): number => Object.values(numbers).reduce((total, number) => total + number, 0);

/** 到会人数是否足够 — each lack in a sentence, by the rules of the day the poll was opened; empty when the count stands. */
export function quorumFaults({ electorate }: Pick<VillagePoll, 'electorate'>, taken: Electorate, { poll }: VillageRules): string[] {
  const least = leastOf(poll.quorum, sum(electorate));
  const returned = sum(taken);
  return [
    ...(returned >= least ? [] : [`应到 ${sum(electorate)} 人，收回 ${returned} 票，至少须收回 ${least} 票`]),
    ...Object.entries(electorate).flatMap(([kind, size]) => {
      const own = leastOf(poll.quorumOfEachKind, size);
      const present = taken[kind] ?? 0;
      return present >= own ? [] : [`${poll.voters[kind] ?? kind}应到 ${size} 人，收回 ${present} 票，至少须收回 ${own} 票`];
    }),
  ];
}

/** Everything wrong with a batch of ballots as typed; whether somebody took part before is asked of the roll. */
export function ballotFaults({ electorate }: VillagePoll, way: string, entries: readonly RollEntry[], answers: Electorate, { poll }: VillageRules): InputFault[] {
  const faults: InputFault[] = [];
  if (!Object.hasOwn(poll.ways, way)) faults.push({ path: 'way', message: `测评方式须为 ${Object.keys(poll.ways).join('、')} 之一` });
  entries.forEach(({ kind, rollNo }, index) => {
    const size = electorate[kind] ?? 0;
    if (rollNo > size) faults.push({ path: `voters.${index}`, message: size === 0 ? `没有“${kind}”这类参评人员` : `${poll.voters[kind] ?? kind}名册只有 ${size} 人，没有 ${rollNo} 号` });
    if (entries.findIndex((entry) => entry.kind === kind && entry.rollNo === rollNo) !== index) faults.push({ path: `voters.${index}`, message: '同一人只填一次' });
  });
  for (const answer of Object.keys(answers)) if (!Object.hasOwn(poll.answers, answer)) faults.push({ path: 'answers', message: `没有“${answer}”这种意见` });
  if (sum(answers) !== entries.length) faults.push({ path: 'answers', message: `各项意见合计 ${sum(answers)} 票，与参评的 ${entries.length} 人不符，请核对` });
  return faults;
}

/** 计票结果 — known once the poll is closed, never before. */
export interface VillageCount {
  readonly eligible: number;
  readonly returned: number;
  readonly valid: number;
  readonly favourable: number;
}

export async function countOf(tx: Tx, poll: VillagePoll): Promise<VillageCount | null> {
  if (poll.closedOn === null) return null;
  const { answers } = villageRulesOn(poll.openedOn).poll;
  const tally = await new VillagePollStore(tx).tally(poll.applicationId);
  const of = (...counted: readonly string[]): number => Object.entries(tally).reduce((total, [answer, number]) => total + (counted.includes(answers[answer]?.counts ?? '') ? number : 0), 0);
  return { eligible: sum(poll.electorate), returned: sum(tally), valid: of('favourable', 'valid'), favourable: of('favourable') };
}

/** The poll's items of the village's card. */
export function pollItemsOf({ eligible, returned, valid, favourable }: VillageCount): Record<string, string> {
  return { pollEligible: String(eligible), pollReturned: String(returned), pollVotes: String(valid), pollFavourable: String(favourable) };
}
