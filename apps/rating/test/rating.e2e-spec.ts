import { appealsReads, archivesReads, civilityReads, publicityReads, ratingReads, type RowOf, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { rating } from '../src/rating.service';
import { group, household } from './facts';

const county = '341525000000';
const village = '341525109204';

describe('信用等级评定 of one village, from run to certificate', () => {
  let service: TestService;
  let officer: SignedIn;
  let director: SignedIn;
  let runId: string;
  const good = newId();
  const middling = newId();
  const refusing = newId();
  const unverified = newId();
  const notFinal = newId();
  const publicationId = newId();
  let request = 0;
  const requestId = (): string => `request-${(request += 1)}`;

  const run = <T>(query: string, input: object, who: SignedIn): Promise<T> => service.data<T>(query, { input: { requestId: requestId(), ...input } }, who.token);
  const currentRatings = async (): Promise<RowOf<typeof ratingReads.currentRatings>[]> => {
    // Asked through the front door of the graph: the certificate as staff see it.
    const { householdsByIds } = await service.data<{ householdsByIds: { ratings: { id: string; state: string; grade: string; lastDay: string | null; certificateNo: string | null }[] }[] }>(
      'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { ratings { id state grade lastDay certificateNo } } }',
      { ids: [good, middling] },
      officer.token,
    );
    return householdsByIds.flatMap((row) => row.ratings) as never;
  };

  beforeAll(async () => {
    service = await startTestService(rating);
    officer = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    director = await service.account({ posts: [{ role: 'county-director', divisionCode: county }] });
    service.peer.answer(archivesReads.divisions, [{ code: village, name: '白莲崖村', level: 'village', parentCode: '341525109000' }]);
    service.peer.answer(archivesReads.ratingFiles, [
      household(good),
      household(middling, { longestOverdueDays24m: '60', nonPerformingLoan: 'yes', netIncomePerHead: '5000.00', netAssets: '-1000.00', ableWorkers: '0' }),
      household(refusing, {}, { consent: { economics: false, credit: true } }),
      household(unverified, {}, { fileState: 'submitted', verifiedOn: null }),
      household(notFinal),
    ]);
    const final = { roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null };
    service.peer.answer(civilityReads.finalScores, [
      { ...final, householdId: good, hundredths: 9500 },
      { ...final, householdId: middling, hundredths: 8000 },
      { ...final, householdId: refusing, hundredths: 9000 },
      { ...final, householdId: unverified, hundredths: 9000 },
      { ...final, householdId: notFinal, hundredths: 9000, final: false, notFinalReason: 'objection-open' },
    ]);
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
  });
  afterAll(() => service.close());

  it('refuses a run before a scorecard is approved, and an approval by its own drafter', async () => {
    const start = 'mutation ($input: StartRunArgs!) { startRating(input: $input) { runId } }';
    expect(await service.refused(start, { input: { requestId: requestId(), divisionCode: county } }, officer.token)).toMatchObject({ code: 'scorecard.none-in-force' });
    for (const kind of ['H', 'E', 'C']) {
      const { draftScorecard } = await run<{ draftScorecard: { scorecardId: string } }>('mutation ($input: DraftScorecardArgs!) { draftScorecard(input: $input) { scorecardId } }', { divisionCode: county, kind, version: 1 }, officer);
      const approve = 'mutation ($input: ApproveScorecardArgs!) { approveScorecard(input: $input) { approvedOn } }';
      const both = await service.account({ accountId: officer.accountId, posts: [{ role: 'county-director', divisionCode: county }] });
      expect(await service.refused(approve, { input: { requestId: requestId(), divisionCode: county, scorecardId: draftScorecard.scorecardId } }, both.token)).toMatchObject({ code: 'scorecard.same-person' });
      await run(approve, { divisionCode: county, scorecardId: draftScorecard.scorecardId }, director);
    }
  });

  it('rates every subject of the village, or says why not', async () => {
    const { startRating } = await run<{ startRating: { runId: string; villages: number } }>('mutation ($input: StartRunArgs!) { startRating(input: $input) { runId villages } }', { divisionCode: county }, officer);
    runId = startRating.runId;
    await service.until(async () => {
      const { ratingRun } = await service.data<{ ratingRun: { state: string } }>('query ($id: ID!) { ratingRun(id: $id) { state done total } }', { id: runId }, officer.token);
      return ratingRun.state === 'computed';
    }, 'the run to be computed');
    const { ratingResults } = await service.data<{ ratingResults: { rows: { subjectId: string; status: string; reasons: string[]; total: string | null; grade: string | null; lines: { indicator: string; points: string | null; nearest: string | null }[] }[] } }>(
      'query ($id: ID!) { ratingResults(runId: $id) { rows { subjectId status reasons total grade lines { indicator points nearest } } } }',
      { id: runId },
      officer.token,
    );
    const of = (id: string) => ratingResults.rows.find((row) => row.subjectId === id);
    // Median of income 20000 (of 20000, 5000, 20000, 20000) and of assets 100000: the good household is at 1 of each.
    // 20+10+5+10+6+3+8+10+5+3+4+4+5 = 93; 0.30 × 95 + 0.70 × 93 = 93.60.
    expect(of(good)).toMatchObject({ status: 'rated', total: '93.60', grade: 'AAA' });
    expect(of(good)?.lines).toHaveLength(13);
    expect(of(good)?.lines.find((line) => line.indicator === 'H04')).toMatchObject({ points: '10.00', nearest: '不低于 1.5：12 分' });
    // 6+0+5+2+6+3+0+10+3+3+4+4+5 = 51; 0.30 × 80 + 0.70 × 51 = 59.70.
    expect(of(middling)).toMatchObject({ status: 'rated', total: '59.70', grade: 'C' });
    expect(of(refusing)).toMatchObject({ status: 'not-rated-on-economics', total: null, grade: null, reasons: expect.arrayContaining(['consent']) as string[] });
    expect(of(unverified)).toMatchObject({ status: 'insufficient', reasons: ['file-not-verified'] });
    expect(of(notFinal)).toMatchObject({ status: 'insufficient', reasons: ['civility', 'objection-open'] });
  });

  it('replays a result to the letter from what was kept', async () => {
    const { ratingResults } = await service.data<{ ratingResults: { rows: { id: string }[] } }>('query ($id: ID!) { ratingResults(runId: $id) { rows { id } } }', { id: runId }, officer.token);
    for (const { id } of ratingResults.rows) {
      expect(await service.data('query ($id: ID!) { replayResult(resultId: $id) { same } }', { id }, officer.token)).toEqual({ replayResult: { same: true } });
    }
  });

  it('refuses a second run of the scope while the first waits for its confirmation', async () => {
    expect(await service.refused('mutation ($input: StartRunArgs!) { startRating(input: $input) { runId } }', { input: { requestId: requestId(), divisionCode: county } }, officer.token)).toMatchObject({ code: 'run.scope-busy' });
  });

  it('sends the list of A and above, without grades, to publication when an officer confirms, and tells every rated subject', async () => {
    await run('mutation ($input: RunArgs!) { confirmRating(input: $input) { villages rated } }', { runId }, director);
    const requested = await service.toldOne('publication.requested');
    expect(requested).toMatchObject({ kind: 'publication.rating', owner: 'rating', key: `${runId}:${village}`, divisionCode: village });
    expect((await service.told('notification.requested')).flatMap((one) => one.subjectId ?? []).toSorted()).toEqual([good, middling].toSorted());
    const rows = await service.ask(sharedReads.publicationContent, { kind: 'publication.rating', key: requested.key }, 'publicity');
    expect(rows.slice(1)).toEqual([{ subjectId: good, groupCode: group, result: null }]);
  });

  it('certifies nobody while the list hangs, although the message of its end came early', async () => {
    const today = await service.today();
    const lastDay = addDays(today, 7);
    const publication = { publicationId, kind: 'publication.rating' as const, owner: 'rating' as const, key: `${runId}:${village}`, divisionCode: village, version: 1, postedOn: today, lastDay };
    service.peer.answer(publicityReads.publication, [{ ...publication, state: 'posted', objectionLastDay: lastDay, openedAgainAs: null }]);
    await service.hear('publication.posted', publication);
    await service.hear('publication.closed', publication);
    expect((await currentRatings()).map((one) => (one as unknown as { state: string }).state).toSorted()).toEqual(['listed', 'listed']);
    await service.moveClockTo(`${lastDay}T23:59:59+08:00`);
    await run('mutation ($input: RunArgs!) { certifyRating(input: $input) { certified } }', { runId }, officer);
    expect((await service.told('rating.certified')).length).toBe(0);
  });

  it('certifies at the first moment after the last day those without objection, the others after their answer', async () => {
    service.peer.answer(appealsReads.openObjections, (ask) => (ask.owner === 'rating' ? [{ objectionId: newId(), subjectId: middling, publicationId, state: 'admitted', receivedOn: '2026-01-01', answerDueOn: '2026-01-06' }] : []));
    const lastDay = await service.today();
    await service.moveClockTo(`${addDays(lastDay, 1)}T00:00:00+08:00`);
    await run('mutation ($input: RunArgs!) { certifyRating(input: $input) { certified } }', { runId }, officer);
    expect((await service.told('rating.certified')).map((one) => one.subjectId)).toEqual([good]);

    // Answered with a change that has not been told yet: the result of before is certified for nobody.
    const objectionId = newId();
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, [{ objectionId, subjectId: middling, key: `${runId}:${village}` }]);
    await run('mutation ($input: RunArgs!) { certifyRating(input: $input) { certified } }', { runId }, officer);
    expect((await service.told('rating.certified')).map((one) => one.subjectId)).toEqual([good]);

    service.peer.answer(appealsReads.changedAnswers, []);
    service.peer.answer(appealsReads.answer, [{ objectionId, subjectId: middling, publicationId, key: `${runId}:${village}`, outcome: 'score-kept', changedHundredths: null, vetoLifted: false, answeredOn: lastDay }]);
    await service.hear('reconsideration.answered', { owner: 'rating', objectionId, subjectId: middling, outcome: 'score-kept' });
    expect((await service.told('rating.certified')).flatMap((one) => one.subjectId ?? []).toSorted()).toEqual([good, middling].toSorted());
  });

  it('answers grade, validity and dispute to the exchange, and expires by computation alone', async () => {
    const ask = () => service.ask(ratingReads.currentRatings, { subjectIds: [good] }, 'exchange');
    const [current] = await ask();
    const certifiedOn = await service.today();
    expect(current).toMatchObject({ grade: 'AAA', creditSubject: true, status: 'valid', disputed: false, certifiedOn, scorecardId: 'H', scorecardVersion: 1 });
    await service.moveClockTo(`${current?.lastDay}T23:59:59+08:00`);
    expect((await ask())[0]?.status).toBe('valid');
    await service.moveClockTo(`${addDays(current?.lastDay ?? '', 1)}T00:00:00+08:00`);
    expect((await ask())[0]?.status).toBe('expired');
  });

  it('shows a villager the own result with its lines and nobody else’s', async () => {
    const own = await service.villager({ householdId: good, memberId: newId() });
    const query = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id ratings { grade } latestResult { total lines { indicator } } } }';
    const { householdsByIds } = await service.data<{ householdsByIds: { id: string; ratings: unknown[]; latestResult: { total: string } | null }[] }>(query, { ids: [good, middling] }, own.token);
    expect(householdsByIds[0]).toMatchObject({ id: good, latestResult: { total: '93.60' } });
    expect(householdsByIds[1]).toMatchObject({ id: middling, ratings: [], latestResult: null });
  });

  it('keeps neither incomes nor lines readable in its tables', async () => {
    const { rows } = await service.admin.query<{ text: string }>('SELECT result::text AS text FROM rating.result');
    expect(rows.map((row) => row.text).join()).not.toMatch(/netIncomePerHead|80000/);
  });
});

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
