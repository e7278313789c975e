import type { Cast } from './cast';
import type { Clock } from './clock';
import { drafted, post, publicationsOf, until } from './publish';
import type { ResultsPublished } from './results';
import { must, type Story } from './story';

export interface Objections {
  /** The household whose answer is given late. */
  readonly overdueHousehold: string;
  readonly changedHousehold: string;
}

interface Filed {
  readonly objectionId: string;
  readonly state: string;
  readonly message: string | null;
  readonly answerDueOn: string | null;
}

const filed = 'objectionId state message answerDueOn';

async function file(result: ResultsPublished, householdId: string): Promise<Filed> {
  return result.round.staff.clerk.do<Filed>(
    'fileObjection',
    { publicationId: result.publication.publicationId, subjectId: householdId, applicantId: householdId, ground: 'own-score', channel: 'oral', readBack: true, text: '本户参加了村里全部义务工，请核实后更正评分。' },
    filed,
  );
}

async function hearAndAnswer(result: ResultsPublished, objectionId: string, answer: object, clock: Clock): Promise<{ overdue: boolean }> {
  const { secretary } = result.round.staff;
  await secretary.do('convenePanel', { objectionId, meetingOn: await clock.today(), guests: [{ capacity: 'elder' }, { capacity: 'elder' }] }, 'reconsiderationId');
  await secretary.do('recordHearing', { objectionId, heard: 'applicant', appeared: true, heardOn: await clock.today(), text: '陈述了参加义务工的情况。' }, 'hearingId');
  return secretary.do<{ overdue: boolean }>('answerObjection', { objectionId, ...answer }, 'outcome overdue objectionId');
}

/** 异议与复议：第十日受理、第十一日不予受理，维持、更正、逾期各一 — 三(三)3 */
export async function object(cast: Cast, results: readonly ResultsPublished[], appealsUrl: string, clock: Clock, story: Story): Promise<Objections> {
  const [first] = results;
  must(first !== undefined && first.publication.objectionLastDay !== null, 'the results hang');
  const { round, publication } = first;
  const ordinary = round.households.filter((one) => one.householdId !== round.vetoed && one.householdId !== round.perfect && one.householdId !== round.cadresKin).map((one) => one.householdId);
  const [keeping, changing, overdue, late] = ordinary;
  must(keeping !== undefined && changing !== undefined && overdue !== undefined && late !== undefined, 'enough households object');

  await clock.to(`${publication.objectionLastDay}T17:30:00+08:00`);
  const accepted = [await file(first, keeping), await file(first, changing), await file(first, overdue)];
  must(accepted.every((one) => one.state === 'admitted'), 'objections on the tenth day are admitted');
  const dueOn = accepted[0]?.answerDueOn ?? '';
  story.tell(`公示期满后第 10 日（${publication.objectionLastDay}）提出的 3 件异议受理，${dueOn} 前答复`);
  await clock.to(`${publication.objectionLastDay}T23:59:30+08:00`);
  await clock.after(publication.objectionLastDay ?? '');
  const refused = await file(first, late);
  must(refused.state === 'refused', 'an objection on the eleventh day is refused');
  story.tell(`第 11 日提出的不予受理：${refused.message ?? ''}`);

  await hearAndAnswer(first, accepted[0]?.objectionId ?? '', { outcome: 'score-kept', reasons: '义务工次数与登记一致，原评分无误，予以维持。' }, clock);
  await hearAndAnswer(first, accepted[1]?.objectionId ?? '', { outcome: 'score-changed', changedHundredths: '97.00', items: [{ itemCode: 'P05', change: 'added', reason: '另有两次义务工，有出工记录。' }], reasons: '查实另有两次义务工未计入，予以更正。' }, clock);
  await clock.after(dueOn);
  const { objection } = await round.staff.secretary.ask<{ objection: { objection: { overdue: boolean } } }>('query ($id: ID!) { objection(id: $id) { objection { overdue } } }', { id: accepted[2]?.objectionId });
  must(objection.objection.overdue, 'an answer that is not given in five days is overdue');
  await until(async () => {
    const { myNotifications } = await cast.townSupervisor.ask<{ myNotifications: { rows: { template: string }[] } }>('{ myNotifications(first: 50) { rows { template } } }');
    return myNotifications.rows.some((row) => row.template === 'answer-overdue');
  }, 'the overdue answer to reach the town supervision group');
  const lateAnswer = await hearAndAnswer(first, accepted[2]?.objectionId ?? '', { outcome: 'score-kept', reasons: '经复核原评分无误，予以维持；答复逾期，已向镇监督小组说明。' }, clock);
  must(lateAnswer.overdue, 'a late answer is on record as late');
  await round.staff.secretary.paper(`${appealsUrl}/reconsideration-answers/${accepted[1]?.objectionId}?copyFor=applicant`);
  story.tell('复议：一件维持，一件更正为 97.00 分，一件逾期（第 6 日报镇监督小组）后维持；答复书打印送达');

  let lastDay = '';
  await until(async () => (await publicationsOf(round.staff.clerk, round.staff.village.code, 'publication.reconsideration', 'draft')).length === 3, 'the three outcomes to be drafted');
  for (let count = 0; count < 3; count += 1) ({ lastDay } = await post(round.staff.clerk, await drafted(round.staff, 'publication.reconsideration')));
  story.tell(`复议结果公示至 ${lastDay}`);
  await clock.after(lastDay);
  return { overdueHousehold: overdue, changedHousehold: changing };
}
