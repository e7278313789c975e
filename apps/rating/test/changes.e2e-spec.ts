import { appealsReads, ratingReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { CertifiedVillage, county, scan } from './certified';
import { household } from './facts';

const reasons = '县法院二〇三一年一月二十日公布的名单列有户主，已与原件核对。';

describe('动态调整: a certified grade changes only by a cause, told, open to objection, decided by another person', () => {
  let at: CertifiedVillage;
  const [falling, rising, gone, steady] = [newId(), newId(), newId(), newId()];
  const ratingOf = async (subjectId: string) => (await at.ratingsOf(subjectId))[0]?.id ?? '';
  const propose = async (subjectId: string, cause: string) => ({ ratingId: await ratingOf(subjectId), cause, reasons, evidenceSha256: scan });
  const proposed = async (subjectId: string, cause: string) => at.act<{ regradeId: string; toGrade: string | null; answerLastDay: string }>(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', await propose(subjectId, cause), 'regradeId fromGrade toGrade answerLastDay');
  const decision = (regradeId: string) => ({ regradeId, decision: '已听取本户陈述，法院名单属实，按评分卡调整。' });
  const seenByBanks = async (subjectId: string) => (await at.service.ask(ratingReads.currentRatings, { subjectIds: [subjectId] }, 'exchange'))[0];

  beforeAll(async () => {
    const poor = { longestOverdueDays24m: '60', nonPerformingLoan: 'yes', netIncomePerHead: '5000.00', netAssets: '-1000.00', ableWorkers: '0' };
    at = await CertifiedVillage.start([household(falling), household(rising, poor), household(gone), household(steady)]);
    await at.service.moveClockTo('2031-01-20');
  });
  afterAll(() => at.service.close());

  describe('a new court listing', () => {
    let regradeId: string;
    let before: Awaited<ReturnType<CertifiedVillage['ratingsOf']>>[number] | undefined;

    it('is proposed with cause and evidence, computed on today’s facts, told, and changes nothing yet', async () => {
      before = (await at.ratingsOf(falling))[0];
      expect(await at.refused(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', await propose(falling, 'court-listing'))).toMatchObject({ code: 'regrade.no-change' });
      expect(await at.refused(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', await propose(falling, 'gossip'))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'cause' }] });
      expect(await at.refused(at.director, 'proposeRegrade', 'ProposeRegradeArgs', await propose(falling, 'court-listing'))).toMatchObject({ code: 'access.denied' });
      at.change(falling, { courtDefaulter: 'yes' });
      const receipt = await proposed(falling, 'court-listing');
      expect(receipt).toMatchObject({ fromGrade: before?.grade, toGrade: 'C', answerLastDay: '2031-01-30' });
      ({ regradeId } = receipt);
      expect(await at.ratingsOf(falling)).toEqual([before]);
      expect((await at.service.told('notification.requested')).at(-1)).toMatchObject({ template: 'regrade-proposed', subjectId: falling });
      expect(await at.refused(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', await propose(falling, 'overdue'))).toMatchObject({ code: 'regrade.open' });
    });

    it('shows banks the old grade as under review, because the rules say so of this cause', async () => {
      expect(await seenByBanks(falling)).toMatchObject({ grade: before?.grade, status: 'valid', disputed: true });
      expect(await seenByBanks(steady)).toMatchObject({ disputed: false });
    });

    it('hears the household until the last day told: itself, or the clerk with its signed paper', async () => {
      const answer = { regradeId, stance: 'objects', statement: '执行案款已于元月十五日付清' };
      expect(await at.refused(await at.villagerOf(steady), 'answerRegrade', 'AnswerRegradeArgs', answer)).toMatchObject({ code: 'not-found' });
      expect(await at.refused(at.clerk, 'answerRegrade', 'AnswerRegradeArgs', answer)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scanSha256' }] });
      await at.service.moveClockTo('2031-01-30T23:59:59.000+08:00');
      expect(await at.act(await at.villagerOf(falling), 'answerRegrade', 'AnswerRegradeArgs', answer, 'answeredOn')).toEqual({ answeredOn: '2031-01-30' });
      expect(await at.refused(at.clerk, 'answerRegrade', 'AnswerRegradeArgs', { ...answer, scanSha256: scan })).toMatchObject({ code: 'regrade.settled' });
    });

    it('is applied by another county person, after the days, without an open objection, and fails closed', async () => {
      expect(await at.refused(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId))).toMatchObject({ code: 'regrade.window-open' });
      await at.service.moveClockTo('2031-01-31');
      expect(await at.refused(at.officer, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId))).toMatchObject({ code: 'regrade.same-person' });
      at.service.peer.answer(appealsReads.openObjections, ({ owner }) => (owner === 'civility' ? [{ objectionId: newId(), subjectId: falling, publicationId: newId(), state: 'received', receivedOn: '2031-01-29', answerDueOn: '2031-02-03' }] : []));
      expect(await at.refused(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId))).toMatchObject({ code: 'regrade.objection-open' });
      at.service.peer.answer(appealsReads.openObjections, () => { throw new Error('down'); });
      expect(await at.refused(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId))).toMatchObject({ code: 'peer.unavailable' });
      at.service.peer.answer(appealsReads.openObjections, []);
      at.change(falling, { courtDefaulter: 'no' });
      expect(await at.refused(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId))).toMatchObject({ code: 'regrade.stale' });
      at.change(falling, { courtDefaulter: 'yes' });
      expect(await at.ratingsOf(falling)).toEqual([before]);
      await at.act(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId), 'ratingId');
    });

    it('supersedes the certificate by one of the same validity; the history shows cause, before and after', async () => {
      const [after, superseded, ...others] = await at.ratingsOf(falling);
      expect(others).toEqual([]);
      expect(after).toMatchObject({ grade: 'C', state: 'valid', lastDay: before?.lastDay });
      expect(after?.certificateNo).not.toBe(before?.certificateNo);
      expect(superseded).toEqual({ ...before, state: 'superseded' });
      expect(await seenByBanks(falling)).toMatchObject({ ratingId: after?.id, grade: 'C', creditSubject: false, disputed: false });
      expect((await at.service.told('rating.certified')).at(-1)).toMatchObject({ ratingId: after?.id, subjectId: falling });
      const query = '{ ratingRegrades { rows { cause fromGrade toGrade reasons stance statement decision outcome } } }';
      const own = await at.service.data<{ ratingRegrades: { rows: object[] } }>(query, {}, (await at.villagerOf(falling)).token);
      const { decision: answer } = decision(regradeId);
      expect(own.ratingRegrades.rows).toEqual([{ cause: 'court-listing', fromGrade: before?.grade, toGrade: 'C', reasons, stance: 'objects', statement: '执行案款已于元月十五日付清', decision: answer, outcome: 'applied' }]);
      expect((await at.service.data<{ ratingRegrades: { rows: object[] } }>(query, {}, (await at.villagerOf(steady)).token)).ratingRegrades.rows).toEqual([]);
      const { rows } = await at.service.admin.query<{ text: string }>('SELECT regrade::text AS text FROM rating.regrade UNION ALL SELECT audit::text FROM rating.audit UNION ALL SELECT idempotency::text FROM rating.idempotency');
      expect(rows.map(({ text }) => text).join()).not.toMatch(/执行案款|县法院|已听取/);
    });
  });

  it('does not lift anybody into A past the list that must be published', async () => {
    at.change(rising, { longestOverdueDays24m: '0', nonPerformingLoan: 'no', netIncomePerHead: '20000.00', netAssets: '100000.00', ableWorkers: '2' });
    expect(await at.refused(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', await propose(rising, 'file-corrected'))).toMatchObject({ code: 'regrade.needs-list' });
  });

  it('ends the rating of a household that is no more, unseen by banks before the decision; never without such a cause', async () => {
    at.files = at.files.filter(({ subjectId }) => subjectId !== gone);
    expect(await at.refused(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', await propose(gone, 'overdue'))).toMatchObject({ code: 'regrade.no-file' });
    const { regradeId, toGrade } = await proposed(gone, 'death');
    expect(toGrade).toBeNull();
    expect(await seenByBanks(gone)).toMatchObject({ status: 'valid', disputed: false });
    await at.service.moveClockTo('2031-02-11');
    expect(await at.act(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId), 'ratingId outcome')).toEqual({ ratingId: null, outcome: 'applied' });
    expect(await seenByBanks(gone)).toMatchObject({ status: 'revoked' });
  });

  describe('the worklist', () => {
    const rechecks = async () => (await at.service.data<{ ratingRechecks: { rows: { subjectId: string; causes: string[] }[] } }>('{ ratingRechecks { rows { subjectId causes } } }', {}, at.officer.token)).ratingRechecks.rows;

    it('lists who changed after the certificate until somebody found no change, which the system checks, or proposed one', async () => {
      await at.service.hear('file.changed', { fileId: newId(), subjectKind: 'household', subjectId: steady, divisionCode: county, version: 2 });
      expect(await rechecks()).toEqual([{ subjectId: steady, causes: ['file'] }]);
      at.change(steady, { courtDefaulter: 'yes' });
      const settling = { ratingId: await ratingOf(steady) };
      expect(await at.refused(at.officer, 'settleRatingRechecks', 'SettleRatingRechecksArgs', settling)).toMatchObject({ code: 'regrade.changed' });
      at.change(steady, { courtDefaulter: 'no' });
      expect(await at.act(at.officer, 'settleRatingRechecks', 'SettleRatingRechecksArgs', settling, 'settled')).toEqual({ settled: 1 });
      expect(await rechecks()).toEqual([]);
    });

    it('a dropped proposal leaves everything as it was', async () => {
      at.change(steady, { courtDefaulter: 'yes' });
      const before = await at.ratingsOf(steady);
      const { regradeId } = await proposed(steady, 'court-listing');
      expect(await at.act(at.director, 'dropRegrade', 'DecideRegradeArgs', decision(regradeId), 'ratingId outcome')).toEqual({ ratingId: null, outcome: 'dropped' });
      expect(await at.ratingsOf(steady)).toEqual(before);
      const { myRating } = await at.service.data<{ myRating: { latestResult: { grade: string } }[] }>('{ myRating { latestResult { grade } } }', {}, (await at.villagerOf(steady)).token);
      expect(myRating[0]?.latestResult.grade).toBe(before[0]?.grade);
      expect(await at.refused(at.director, 'applyRegrade', 'DecideRegradeArgs', decision(regradeId))).toMatchObject({ code: 'regrade.settled' });
    });
  });
});
