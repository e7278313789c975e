import type { Cast } from './cast';
import type { Clock } from './clock';
import { follow } from './collect';
import { drafted, post, until } from './publish';
import type { VillageRound } from './review';
import { must, type Story } from './story';

export interface Certified {
  readonly runId: string;
  readonly listLastDay: string;
  /** A certified household of A or above, with its certificate. */
  readonly household: { readonly id: string; readonly grade: string; readonly lastDay: string };
}

interface Result {
  readonly subjectId: string;
  readonly subjectKind: string;
  readonly villageCode: string;
  readonly status: string;
  readonly reasons: string[];
  readonly grade: string | null;
  readonly creditSubject: boolean;
  readonly total: string | null;
}

async function adoptScorecards(cast: Cast, countyCode: string): Promise<void> {
  for (const kind of ['H', 'E', 'C', 'V']) {
    const { scorecardId } = await cast.countyOfficer.do<{ scorecardId: string }>('draftScorecard', { divisionCode: countyCode, kind, version: 1 }, 'scorecardId');
    await cast.countyDirector.do('approveScorecard', { divisionCode: countyCode, scorecardId }, 'approvedOn');
  }
}

function gradeTable(results: readonly Result[], story: Story): void {
  const kinds = { household: '农户', entity: '新型农业经营主体', collective: '村集体' };
  const grades = ['AAA', 'AA', 'A', 'B', 'C', 'D'];
  story.table([
    ['', ...grades, '未评'],
    ...Object.entries(kinds).map(([kind, zh]) => {
      const own = results.filter((result) => result.subjectKind === kind);
      return [zh, ...grades.map((grade) => String(own.filter((result) => result.grade === grade).length)), String(own.filter((result) => result.grade === null).length)];
    }),
  ]);
}

/** 系统测评、名单公示、名单异议、评定 — 三(六) */
export async function rate(cast: Cast, townCode: string, countyCode: string, rounds: readonly VillageRound[], gatewayUrl: string, clock: Clock, story: Story): Promise<Certified> {
  await adoptScorecards(cast, countyCode);
  const { runId, villages } = await cast.countyOfficer.do<{ runId: string; villages: number }>('startRating', { divisionCode: townCode }, 'runId villages');
  const { state } = await follow(gatewayUrl, 'run', runId, cast.countyOfficer);
  must(state === 'computed', `the run is computed, not ${state}`);
  const results = await cast.countyOfficer.all<Result>('ratingResults', 'runId: $runId', 'subjectId subjectKind villageCode status reasons grade creditSubject total', { runId }, '$runId: ID!');
  story.tell(`县联席办逐村测评 ${villages} 个村，${results.length} 个主体，每个数字都有出处`);
  gradeTable(results, story);
  const notFinal = results.filter((result) => result.reasons.some((reason) => ['window-open', 'objection-open', 'not-told', 'not-published', 'outcome-in-publication'].includes(reason)));
  must(notFinal.length === 0, `every civility score is final by now: ${JSON.stringify(notFinal[0])}`);

  await cast.countyDirector.do('confirmRating', { runId }, 'villages rated');
  const lists: { villageCode: string; publicationId: string; lastDay: string }[] = [];
  const listed = new Set(results.filter((result) => result.creditSubject).map((result) => result.villageCode));
  for (const villageCode of listed) {
    const staff = rounds.find((round) => round.staff.village.code === villageCode)?.staff;
    const clerk = staff?.clerk ?? cast.otherClerk;
    const draft = await drafted({ clerk, village: staff?.village ?? { code: villageCode, name: villageCode, groups: [], households: [], entities: [], collective: null } }, 'publication.rating');
    const { publicationId, lastDay } = await post(clerk, draft);
    lists.push({ villageCode, publicationId, lastDay });
  }
  story.tell(`A 级及以上名单在 ${lists.length} 个村公示至 ${lists[0]?.lastDay ?? ''}（只列姓名，不列等级）`);

  const [first] = rounds;
  const list = lists.find((one) => one.villageCode === first?.staff.village.code);
  const candidates = results.filter((result) => result.villageCode === list?.villageCode && result.subjectKind === 'household' && result.creditSubject);
  const [certain, contested] = candidates;
  must(first !== undefined && list !== undefined && certain !== undefined && contested !== undefined, 'two households are on the first list');
  const objection = await first.staff.clerk.do<{ objectionId: string; state: string }>(
    'fileObjection',
    { publicationId: list.publicationId, subjectId: contested.subjectId, applicantId: certain.subjectId, ground: 'rating-list', channel: 'paper', scanSha256: 'a'.repeat(64), text: '该户尚有一笔村集体欠款。' },
    'objectionId state',
  );
  must(objection.state === 'admitted', 'an objection to the list is admitted while it hangs');

  await clock.after(list.lastDay);
  const current = async (id: string): Promise<{ state: string; grade: string; lastDay: string | null } | undefined> => {
    const { householdsByIds } = await cast.countyOfficer.ask<{ householdsByIds: { ratings: { state: string; grade: string; lastDay: string | null }[] }[] }>('query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id ratings { state grade lastDay } } }', { ids: [id] });
    return householdsByIds[0]?.ratings[0];
  };
  const certificate = await until(async () => {
    const rating = await current(certain.subjectId);
    return rating?.state === 'valid' && rating;
  }, 'the first household to be certified');
  must((await current(contested.subjectId))?.state === 'listed', 'a household with an open objection is not certified');
  await cast.countyOfficer.do('recordHearing', { objectionId: objection.objectionId, heard: 'affected-household', appeared: true, heardOn: await clock.today(), text: '该户出示了结清凭证。' }, 'hearingId');
  await cast.countyOfficer.do('answerObjection', { objectionId: objection.objectionId, outcome: 'score-kept', reasons: '经核对村集体账，该户无欠款，维持名单。' }, 'outcome');
  await until(async () => (await current(contested.subjectId))?.state === 'valid', 'the household to be certified after its answer');
  must(certificate.lastDay !== null, 'a certificate has a last day');
  story.tell(`公示期满无异议的当日评定；有异议的一户在县联席办答复后评定；有效期至 ${certificate.lastDay}`);
  return { runId, listLastDay: list.lastDay, household: { id: certain.subjectId, grade: certificate.grade, lastDay: certificate.lastDay } };
}

