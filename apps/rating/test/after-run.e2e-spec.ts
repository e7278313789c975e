import { appealsReads, archivesReads, civilityReads, publicityReads, sharedReads } from '@credit/contracts';
import { newId, Vault } from '@credit/platform';
import { dutyNow, type SignedIn, startTestService, type TestService } from '@credit/testing';
import { certificateCode } from '../src/certificates/certificate-code';
import { rating } from '../src/rating.service';
import { type File, household } from './facts';

const county = '341525000000';
const village = '341525109204';
const scan = 'e'.repeat(64);

describe('after a run: what it says to the household, human review, renewal, the check of a certificate', () => {
  let service: TestService;
  let officer: SignedIn;
  let director: SignedIn;
  let clerk: SignedIn;
  let runId: string;
  const [good, middling, refusing] = [newId(), newId(), newId()];
  let files: File[] = [household(good), household(middling, { longestOverdueDays24m: '60', nonPerformingLoan: 'yes' }), household(refusing, {}, { consent: { economics: false, credit: true } })];

  const act = <T>(who: SignedIn, mutation: string, type: string, given: object, answer: string): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input: { requestId: newId(), ...given } }, who.token).then((data) => data[mutation] as T);
  const refused = (who: SignedIn, mutation: string, type: string, given: object) => service.refused(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, { input: { requestId: newId(), ...given } }, who.token);
  const villagerOf = (householdId: string) => service.villager({ householdId, memberId: newId() });
  const ratingOf = async (subjectId: string): Promise<{ id: string; grade: string; state: string; lastDay: string; certificateNo: string } | undefined> => {
    const { householdsByIds } = await service.data<{ householdsByIds: { ratings: { id: string; grade: string; state: string; lastDay: string; certificateNo: string }[] }[] }>(
      'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { ratings { id grade state lastDay certificateNo } } }',
      { ids: [subjectId] },
      officer.token,
    );
    return householdsByIds[0]?.ratings[0];
  };

  beforeAll(async () => {
    service = await startTestService(rating);
    officer = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    director = await service.account({ posts: [{ role: 'county-director', divisionCode: county }] });
    clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
    service.peer.answer(archivesReads.divisions, [{ code: village, name: '白莲崖村', level: 'village', parentCode: null }]);
    service.peer.answer(archivesReads.ratingFiles, () => files);
    const final = { roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null };
    service.peer.answer(civilityReads.finalScores, [good, middling, refusing].map((householdId) => ({ ...final, householdId, hundredths: 9000 })));
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
    await service.moveClockTo('2031-01-10');
    const { scorecardId } = await act<{ scorecardId: string }>(officer, 'draftScorecard', 'DraftScorecardArgs', { divisionCode: county, kind: 'H', version: 1 }, 'scorecardId');
    await act(director, 'approveScorecard', 'ApproveScorecardArgs', { divisionCode: county, scorecardId }, 'scorecardId');
    ({ runId } = await act<{ runId: string }>(officer, 'startRating', 'StartRunArgs', { divisionCode: county }, 'runId'));
    await service.until(async () => (await service.data<{ ratingRun: { state: string } }>('query ($id: ID!) { ratingRun(id: $id) { state } }', { id: runId }, officer.token)).ratingRun.state === 'computed', 'the run to be computed');
    await act(director, 'confirmRating', 'RunArgs', { runId }, 'rated');
  });
  afterAll(() => service.close());

  it('tells the household in plain Chinese what counted, what weighed most and what would raise the grade', async () => {
    const query = '{ myRating { latestResult { explanation { summary counted notCounted strongest raises } } } }';
    const own = await service.data<{ myRating: { latestResult: { explanation: { summary: string; counted: string[]; strongest: string[]; raises: string[] } } }[] }>(query, {}, (await villagerOf(middling)).token);
    const explanation = own.myRating[0]?.latestResult.explanation;
    expect(explanation?.summary).toMatch(/^总分 [\d.]+ 分，等级 \w+.*乡风文明评议 90.00 分，占 30%/);
    expect(explanation?.counted).toHaveLength(13);
    expect(explanation?.strongest).toHaveLength(4);
    expect(explanation?.strongest[0]).toContain('近24个月最长逾期');
    expect(explanation?.raises.join()).toContain('等级可升为');
    const without = await service.data<{ myRating: { latestResult: { explanation: { summary: string; notCounted: string[] } } }[] }>(query, {}, (await villagerOf(refusing)).token);
    expect(without.myRating[0]?.latestResult.explanation).toMatchObject({ summary: '未授权使用经济或信贷信息，暂不评定等级。', notCounted: expect.arrayContaining([expect.stringContaining('没有授权')]) as string[] });
  });

  it('replays a whole run to the letter, and says of whom everything was lawfully deleted', async () => {
    expect(await service.data('query ($id: ID!) { replayRun(runId: $id) { compared same erased differing } }', { id: runId }, officer.token)).toEqual({ replayRun: { compared: 3, same: 3, erased: 0, differing: [] } });
    await service.hear('subject.erased', { erasureId: newId(), householdId: refusing, subjectIds: [refusing], erasedOn: '2031-01-10' });
    expect(await service.data('query ($id: ID!) { replayRun(runId: $id) { compared same erased differing } }', { id: runId }, officer.token)).toEqual({ replayRun: { compared: 3, same: 2, erased: 1, differing: [] } });
  });

  describe('a human review', () => {
    let reviewId: string;

    it('is asked for by the household itself, or by the clerk with its signed paper', async () => {
      const { id: ratingId = '' } = (await ratingOf(middling)) ?? {};
      const asking = { ratingId, statement: '逾期是银行系统扣款失败造成的' };
      expect(await refused(await villagerOf(good), 'requestHumanReview', 'RequestHumanReviewArgs', asking)).toMatchObject({ code: 'not-found' });
      expect(await refused(clerk, 'requestHumanReview', 'RequestHumanReviewArgs', asking)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scanSha256' }] });
      const receipt = await act<{ reviewId: string; dueOn: string }>(await villagerOf(middling), 'requestHumanReview', 'RequestHumanReviewArgs', asking, 'reviewId dueOn');
      expect(receipt.dueOn).toBe('2031-01-25');
      ({ reviewId } = receipt);
      expect(await refused(clerk, 'requestHumanReview', 'RequestHumanReviewArgs', { ...asking, scanSha256: scan })).toMatchObject({ code: 'review.open' });
      expect(await service.ask(sharedReads.deadlines, {}, 'publicity')).toContainEqual({ kind: 'human-review', key: reviewId, version: 1, lastDay: '2031-01-25' });
      expect(await dutyNow(service.url, 'decide-human-review')).toEqual({ open: 1, dueToday: 0, overdue: 0 });
    });

    it('is decided by another person than the one who confirmed the run, who may have it computed again', async () => {
      const decision = { reviewId, outcome: 'computed-again', reasons: '经核对银行流水，逾期天数登记有误，按更正后的档案重新测评。' };
      expect(await refused(director, 'decideHumanReview', 'DecideHumanReviewArgs', decision)).toMatchObject({ code: 'review.same-person' });
      files = files.map((file) => (file.subjectId === middling ? { ...file, items: { ...file.items, longestOverdueDays24m: '0', nonPerformingLoan: 'no' } } : file));
      const before = (await ratingOf(middling))?.grade;
      expect(await act(officer, 'decideHumanReview', 'DecideHumanReviewArgs', decision, 'outcome overdue')).toEqual({ outcome: 'computed-again', overdue: false });
      expect((await ratingOf(middling))?.grade).not.toBe(before);
      expect(await refused(officer, 'decideHumanReview', 'DecideHumanReviewArgs', decision)).toMatchObject({ code: 'review.decided' });
      expect((await service.told('notification.requested')).at(-1)).toMatchObject({ template: 'human-review-decided', subjectId: middling });
      expect(await dutyNow(service.url, 'decide-human-review')).toEqual({ open: 0, dueToday: 0, overdue: 0 });
      const { humanReviews } = await service.data<{ humanReviews: object[] }>('{ humanReviews { outcome reasons statement overdue } }', {}, (await villagerOf(middling)).token);
      expect(humanReviews).toEqual([{ outcome: 'computed-again', reasons: decision.reasons, statement: '逾期是银行系统扣款失败造成的', overdue: false }]);
      const { rows } = await service.admin.query<{ text: string }>('SELECT human_review::text AS text FROM rating.human_review UNION ALL SELECT audit::text FROM rating.audit UNION ALL SELECT idempotency::text FROM rating.idempotency');
      expect(rows.map(({ text }) => text).join()).not.toMatch(/扣款失败|银行流水/);
    });
  });

  describe('a certificate', () => {
    beforeAll(async () => {
      const publication = { publicationId: newId(), kind: 'publication.rating' as const, owner: 'rating' as const, key: `${runId}:${village}`, divisionCode: village, version: 1, postedOn: '2031-01-10', lastDay: '2031-01-17' };
      service.peer.answer(publicityReads.publication, [{ ...publication, state: 'posted', objectionLastDay: '2031-01-17', openedAgainAs: null }]);
      await service.hear('publication.posted', publication);
      await service.moveClockTo('2031-01-18');
      await act(officer, 'certifyRating', 'RunArgs', { runId }, 'certified');
    });

    it('is checked by its number and code, tells what it says and nobody’s name; the number alone tells nothing', async () => {
      const { certificateNo = '', lastDay = '' } = (await ratingOf(good)) ?? {};
      const check = async (no: string, code: string) => (await fetch(`${service.url}/certificates/check?no=${no}&code=${code}`)).text();
      const code = certificateCode(service.app.get(Vault), certificateNo);
      expect(await check(certificateNo, code)).toMatch(new RegExp(`${certificateNo}.*AAA.*${lastDay}.*有效`));
      for (const wrong of ['AAAAAAAAAAAA', '', `${code}0`]) expect(await check(certificateNo, wrong)).not.toContain('AAA</td>');
      expect(await check('XY2031999999', code)).toContain('不相符');
    });

    it('is to be renewed from 120 days before its last day, reminded of once, and counted while it is valid', async () => {
      const due = async () => (await service.data<{ renewalsDue: { rows: { subjectId: string }[] } }>('{ renewalsDue { rows { subjectId } } }', {}, officer.token)).renewalsDue.rows.map(({ subjectId }) => subjectId);
      const reminders = async () => (await service.told('notification.requested')).filter(({ template }) => template === 'rating-expiring').map(({ subjectId }) => subjectId);
      // 18 January 2032 less 120 days is 20 September 2031.
      await service.moveClockTo('2031-09-19');
      expect(await due()).toEqual([]);
      await service.hear('deadline.passed', { owner: 'rating', kind: 'renewal-notice', lastDay: '2031-09-18' });
      expect(await reminders()).toEqual([]);
      await service.moveClockTo('2031-09-20');
      expect((await due()).toSorted()).toEqual([good, middling].toSorted());
      for (let times = 0; times < 2; times += 1) await service.hear('deadline.passed', { owner: 'rating', kind: 'renewal-notice', lastDay: '2031-09-19' });
      expect(new Set(await reminders())).toEqual(new Set([good, middling]));
      expect(await reminders()).toHaveLength(2);
      expect(await dutyNow(service.url, 'renew-rating')).toEqual({ open: 2, dueToday: 0, overdue: 0 });
      const statistics = () => service.data<{ ratingStatistics: { count: number }[] }>('query ($under: String!) { ratingStatistics(under: $under) { villageCode subjectKind grade count } }', { under: county }, officer.token);
      expect((await statistics()).ratingStatistics.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      await service.moveClockTo('2032-01-19');
      expect((await statistics()).ratingStatistics).toEqual([]);
      expect(await due()).toEqual([]);
    });
  });
});
