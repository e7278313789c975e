import { appealsReads, civilityReads, publicityReads, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { answerMutation, conveneMutation, hearMutation, objectionQuery, Town, village } from './town';

interface Detail {
  readonly objection: {
    readonly reasons: string | null;
    readonly objection: { readonly state: string; readonly overdue: boolean; readonly outcome: string | null; readonly changedHundredths: string | null; readonly outcomeLastDay: string | null };
    readonly panel: readonly { capacity: string; part: string; present: boolean | null }[];
  };
}

describe('reconsidering an objection', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
    await town.service.moveClockTo('2030-12-02');
  });
  afterAll(() => town.service.close());

  const answer = (objectionId: string, given: Readonly<Record<string, unknown>> = {}, token = town.secretary) =>
    town.service.data<{ answerObjection: { objectionId: string; overdue: boolean; answeredOn: string } }>(answerMutation, town.answering(objectionId, given), token);
  const refusedAnswer = (objectionId: string, given: Readonly<Record<string, unknown>> = {}, token = town.secretary) =>
    town.service.refused(answerMutation, town.answering(objectionId, given), token);
  const hear = (objectionId: string, heard: string, token = town.secretary) => town.service.data(hearMutation, town.hearing(objectionId, heard, '2030-12-02'), token);
  const detail = async (id: string): Promise<Detail['objection']> => (await town.service.data<Detail>(objectionQuery, { id }, town.secretary)).objection;
  const convened = async (given: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const { objectionId } = await town.file(town.publish(), given);
    await town.convene(objectionId, '2030-12-02');
    return objectionId;
  };

  describe('the panel', () => {
    it('calls the whole deliberation group and needs one of the five elders', async () => {
      const { objectionId } = await town.file(town.publish());
      const refused = await town.service.refused(conveneMutation, town.convening(objectionId, '2030-12-02', []), town.secretary);
      expect(refused).toMatchObject({ code: 'panel.composition', faults: [{ message: expect.stringContaining('五老') as string }] });
      const members = await town.convene(objectionId, '2030-12-02');
      expect(members.map((member) => member.capacity).toSorted()).toEqual([...town.deliberators.map((one) => one.capacity), 'elder'].toSorted());
      expect(members.every((member) => member.part === 'decides')).toBe(true);
    });

    it('sets relatives and the own household aside: they do not decide', async () => {
      const { objectionId } = await town.file(town.publish(), { subjectId: town.household(1), applicantId: town.household(0), ground: 'others-result' });
      const [, , third, fourth] = town.deliberators;
      town.service.peer.answer(civilityReads.deliberators, ({ householdId }) =>
        town.deliberators.map((one) => {
          const kin = one === third && householdId === town.household(1);
          const kinOfApplicant = one === fourth && householdId === town.household(0);
          return kin || kinOfApplicant ? { ...one, mustWithdraw: true, reason: 'kin' } : one;
        }),
      );
      const guests = [{ capacity: 'elder' }, { capacity: 'elder' }, { capacity: 'elder' }, { capacity: 'elder', householdId: town.household(0) }, { capacity: 'scorer', accountId: newId() }];
      const answered = await town.service.data<{ convenePanel: { members: { memberId: string | null; capacity: string; part: string; withdrawal: string | null }[] } }>(
        conveneMutation,
        town.convening(objectionId, '2030-12-02', guests),
        town.secretary,
      );
      const { members } = answered.convenePanel;
      expect(members.filter((member) => member.part === 'withdrawn')).toMatchObject([
        { memberId: third?.memberId, withdrawal: 'kin' },
        { memberId: fourth?.memberId, withdrawal: 'kin' },
        { capacity: 'elder', withdrawal: 'own-household' },
      ]);
      expect(members.find((member) => member.capacity === 'scorer')).toMatchObject({ part: 'explains' });
      town.neighboursAnswer();
    });

    it('is refused when too few are left after withdrawals, and possible again with more elders', async () => {
      const { objectionId } = await town.file(town.publish());
      town.service.peer.answer(civilityReads.deliberators, () => town.deliberators.map((one, index) => (index < 3 ? { ...one, mustWithdraw: true, reason: 'kin' } : one)));
      const refused = await town.service.refused(conveneMutation, town.convening(objectionId, '2030-12-02'), town.secretary);
      expect(refused).toMatchObject({ code: 'panel.no-quorum', facts: { called: 6, deciding: 3, needed: 4 } });
      const more = Array.from({ length: 4 }, () => ({ capacity: 'elder' }));
      expect((await town.service.graph(conveneMutation, town.convening(objectionId, '2030-12-02', more), town.secretary)).errors).toBeUndefined();
      town.neighboursAnswer();
    });

    it('is not led by a secretary who must withdraw', async () => {
      const own = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: village }] });
      const { objectionId } = await town.file(town.publish());
      town.service.peer.answer(civilityReads.deliberators, () => town.deliberators.map((one, index) => (index === 0 ? { ...one, accountId: own.accountId, mustWithdraw: true, reason: 'kin' } : one)));
      expect(await town.service.refused(conveneMutation, town.convening(objectionId, '2030-12-02'), own.token)).toMatchObject({ code: 'panel.recused', status: 403 });
      town.neighboursAnswer();
    });

    it('must be a quorum of those really present when it decides', async () => {
      const { objectionId } = await town.file(town.publish());
      const members = await town.convene(objectionId, '2030-12-02');
      const three = members.slice(0, 3).map((member) => member.panelMemberId);
      expect(await refusedAnswer(objectionId, { presentMemberIds: three })).toMatchObject({ code: 'panel.no-quorum', facts: { deciding: 3, needed: 4 } });
      expect(await refusedAnswer(objectionId, { presentMemberIds: [...three, newId()] })).toMatchObject({ code: 'input.invalid' });
      const four = members.slice(0, 4).map((member) => member.panelMemberId);
      expect(await refusedAnswer(objectionId, { presentMemberIds: four, votesFor: 2, votesAgainst: 2 })).toMatchObject({ code: 'answer.not-possible' });
      await answer(objectionId, { presentMemberIds: four, votesFor: 3, votesAgainst: 1 });
      expect((await detail(objectionId)).panel.filter((member) => member.present).length).toBe(4);
    });

    it('has met before anybody answers', async () => {
      const { objectionId } = await town.file(town.publish());
      expect(await refusedAnswer(objectionId)).toMatchObject({ code: 'panel.not-convened' });
      await town.convene(objectionId, '2030-12-04');
      expect(await refusedAnswer(objectionId)).toMatchObject({ code: 'panel.not-convened' });
    });
  });

  describe('the answer', () => {
    it('keeps the score with reasons, asks for publication, tells the household', async () => {
      const objectionId = await convened();
      expect(await refusedAnswer(objectionId, { reasons: ' ' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'reasons' }] });
      expect(await answer(objectionId)).toMatchObject({ answerObjection: { objectionId, overdue: false, answeredOn: '2030-12-02' } });
      expect((await town.service.told('reconsideration.answered')).at(-1)).toEqual({ owner: 'civility', objectionId, subjectId: town.household(0), outcome: 'score-kept' });
      expect((await town.service.told('publication.requested')).at(-1)).toEqual({ kind: 'publication.reconsideration', owner: 'appeals', key: objectionId, divisionCode: village });
      expect((await town.service.told('notification.requested')).at(-1)).toMatchObject({ template: 'reconsideration-answered', subjectId: town.household(0) });
      expect((await town.service.told('deadline.cleared')).slice(-2).map((one) => one.kind).toSorted()).toEqual(['answer', 'answer-reminder']);
      expect(await refusedAnswer(objectionId)).toMatchObject({ code: 'objection.ended' });
      expect(await town.ask(sharedReads.publicationContent, { kind: 'publication.reconsideration', key: objectionId }, 'publicity')).toMatchObject([
        { heading: { answeredOn: '2030-12-02' } },
        { subjectId: town.household(0), result: '维持原评分' },
      ]);
    });

    it('changes the score; what civility applies is read from here', async () => {
      town.score = { setHundredths: 9000, vetoed: false, version: 7 };
      const objectionId = await convened();
      await answer(objectionId, { outcome: 'score-changed', changedHundredths: '95.00' });
      expect(await town.ask(appealsReads.answer, { objectionId }, 'civility')).toMatchObject([
        { objectionId, key: town.roundId, outcome: 'score-changed', changedHundredths: 9500, vetoLifted: false, answeredOn: '2030-12-02' },
      ]);
      expect(await town.ask(sharedReads.publicationContent, { kind: 'publication.reconsideration', key: objectionId }, 'publicity')).toMatchObject([{}, { result: '更正为95.00分' }]);
      expect((await detail(objectionId)).objection).toMatchObject({ state: 'answered', changedHundredths: '95.00' });
    });

    it('must fit the score as it stands at this moment', async () => {
      town.score = { setHundredths: 9000, vetoed: false, version: 8 };
      const objectionId = await convened();
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed' })).toMatchObject({ code: 'answer.not-possible', faults: [{ path: 'changedHundredths' }] });
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', changedHundredths: '90.00' })).toMatchObject({ code: 'answer.not-possible' });
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', changedHundredths: '100.01' })).toMatchObject({ code: 'input.invalid' });
      expect(await refusedAnswer(objectionId, { changedHundredths: '95.00' })).toMatchObject({ code: 'answer.not-possible', faults: [{ path: 'outcome' }] });
      town.score = { setHundredths: 0, vetoed: true, version: 9 };
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', changedHundredths: '88.00' })).toMatchObject({ faults: [{ path: 'vetoLifted' }] });
      await answer(objectionId, { outcome: 'score-changed', changedHundredths: '88.00', vetoLifted: true });
      expect(await town.ask(appealsReads.answer, { objectionId }, 'civility')).toMatchObject([{ changedHundredths: 8800, vetoLifted: true }]);
      town.score = { setHundredths: 9000, vetoed: false, version: 10 };
    });

    it('is not given before a household whose score may fall was heard', async () => {
      const objectionId = await convened({ subjectId: town.household(1), applicantId: town.household(0), ground: 'others-result' });
      const lower = { outcome: 'score-changed', changedHundredths: '80.00' };
      expect(await refusedAnswer(objectionId, lower)).toMatchObject({ code: 'panel.not-heard', status: 409 });
      await hear(objectionId, 'applicant');
      expect(await refusedAnswer(objectionId, lower)).toMatchObject({ code: 'panel.not-heard' });
      await hear(objectionId, 'affected-household');
      await answer(objectionId, lower);
      expect(new Set((await town.service.told('notification.requested')).slice(-2).map((one) => one.subjectId))).toEqual(new Set([town.household(0), town.household(1)]));
    });

    it('fails closed when civility does not answer, and stores nothing', async () => {
      const objectionId = await convened();
      town.service.peer.fail(civilityReads.householdScore);
      expect(await refusedAnswer(objectionId)).toMatchObject({ code: 'peer.unavailable', status: 503 });
      expect((await detail(objectionId)).objection.state).toBe('panel-convened');
      town.neighboursAnswer();
    });

    it('answers joined objections together', async () => {
      const publication = town.publish();
      const first = await town.file(publication);
      const second = await town.file(publication, { applicantId: town.household(2), ground: 'others-result' });
      await town.convene(second.objectionId, '2030-12-02');
      await hear(second.objectionId, 'affected-household');
      expect(await answer(second.objectionId)).toMatchObject({ answerObjection: { objectionId: first.objectionId } });
      expect((await town.service.told('objection.ended')).at(-1)).toMatchObject({ objectionId: second.objectionId });
      for (const { objectionId } of [first, second]) expect((await detail(objectionId)).objection).toMatchObject({ state: 'answered', outcome: 'score-kept' });
      expect(await town.ask(appealsReads.openObjections, { owner: 'civility', subjectIds: [town.household(0)] }, 'civility')).not.toContainEqual(
        expect.objectContaining({ objectionId: first.objectionId }),
      );
    });

    it('on a rating list is given by the county office without a panel, and names no score', async () => {
      const list = town.publish({ owner: 'rating', kind: 'publication.rating', key: newId(), objectionLastDay: null });
      const { objectionId } = await town.file(list, { ground: 'rating-list' });
      expect(await town.service.refused(conveneMutation, town.convening(objectionId, '2030-12-02'), town.secretary)).toMatchObject({ code: 'panel.not-needed' });
      expect(await refusedAnswer(objectionId)).toMatchObject({ code: 'access.denied' });
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', changedHundredths: '90.00' }, town.countyOfficer)).toMatchObject({ code: 'answer.not-possible' });
      await answer(objectionId, { outcome: 'score-changed' }, town.countyOfficer);
      expect(await town.ask(appealsReads.answer, { objectionId }, 'rating')).toMatchObject([{ outcome: 'score-changed', changedHundredths: null }]);
      expect(JSON.stringify(await town.ask(sharedReads.publicationContent, { kind: 'publication.reconsideration', key: objectionId }, 'publicity'))).not.toMatch(/\d分/);
    });
  });

  it('follows the publication of the outcome as it stands, whatever is heard in whatever order', async () => {
    const objectionId = await convened();
    await answer(objectionId);
    const outcome = { publicationId: newId(), kind: 'publication.reconsideration', owner: 'appeals', key: objectionId, divisionCode: village, version: 1, postedOn: '2030-12-03', lastDay: '2030-12-10' } as const;
    const stands = (state: 'posted' | 'closed', lastDay = '2030-12-10') =>
      town.service.peer.answer(publicityReads.publicationsOf, ({ key }) => (key === objectionId ? [{ ...outcome, state, lastDay, objectionLastDay: null, openedAgainAs: null }] : []));
    stands('posted', '2030-12-12');
    await town.service.hear('publication.extended', { ...outcome, version: 2, lastDay: '2030-12-12' });
    expect((await detail(objectionId)).objection).toMatchObject({ state: 'outcome-published', outcomeLastDay: '2030-12-12' });
    await town.service.hear('publication.posted', outcome);
    expect((await detail(objectionId)).objection).toMatchObject({ state: 'outcome-published', outcomeLastDay: '2030-12-12' });
    await town.service.hear('notification.settled', { owner: 'appeals', notificationId: newId(), publicationId: null, subjectId: town.household(0), outcome: 'told', settledOn: '2030-12-04' });
    stands('closed', '2030-12-12');
    await town.service.hear('publication.closed', { ...outcome, version: 2, lastDay: '2030-12-12' });
    await town.service.hear('publication.posted', outcome);
    expect((await detail(objectionId)).objection).toMatchObject({ state: 'closed', toldOn: '2030-12-04' });
  });

  describe('an answer that does not come', () => {
    let objectionId: string;
    const told = async (template: string) => (await town.service.told('notification.requested')).filter((one) => one.template === template);

    it('is due in a deadline that publicity can rebuild from here', async () => {
      objectionId = (await town.file(town.publish(), { subjectId: town.household(4), applicantId: town.household(4) })).objectionId;
      const deadlines = await town.ask(sharedReads.deadlines, {}, 'publicity');
      expect(deadlines.filter((one) => one.kind === 'answer').every((one) => one.lastDay === '2030-12-07')).toBe(true);
      const next = await town.ask(sharedReads.deadlines, { after: deadlines[0]?.key ?? '' }, 'publicity');
      expect(next.length).toBe(deadlines.length - 2);
    });

    it('is not overdue on its last day, and the secretary is reminded once after the third', async () => {
      await town.service.moveClockTo('2030-12-06');
      const ring = { owner: 'appeals', kind: 'answer-reminder', lastDay: '2030-12-05' } as const;
      await town.service.hear('deadline.passed', ring);
      const reminded = (await told('answer-reminder')).length;
      expect(reminded).toBeGreaterThan(0);
      await town.service.hear('deadline.passed', ring);
      expect((await told('answer-reminder')).length).toBe(reminded);
      await town.service.moveClockTo('2030-12-07T23:59:50+08:00');
      await town.service.hear('deadline.passed', { owner: 'appeals', kind: 'answer', lastDay: '2030-12-06' });
      expect(await told('answer-overdue')).toEqual([]);
      expect((await detail(objectionId)).objection).toMatchObject({ overdue: false });
    });

    it('is overdue on the sixth day as soon as anybody looks, without any timer', async () => {
      await town.service.moveClockTo('2030-12-08T00:00:00+08:00');
      expect((await detail(objectionId)).objection).toMatchObject({ overdue: true });
    });

    it('is told to the town supervision group once a day, however often the message comes', async () => {
      const ring = { owner: 'appeals', kind: 'answer', lastDay: '2030-12-07' } as const;
      await Promise.all([town.service.hear('deadline.passed', ring), town.service.hear('deadline.passed', ring)]);
      const escalated = await told('answer-overdue');
      expect(escalated.length).toBeGreaterThan(0);
      expect(new Set(escalated.map((one) => one.key)).size).toBe(escalated.length);
      expect(escalated[0]).toMatchObject({ role: 'town-supervisor', subjectId: null, key: expect.stringMatching(/:1$/) as string });
      const again = (await town.service.told('deadline.set')).filter((one) => one.kind === 'answer' && one.lastDay === '2030-12-08');
      expect(again.map((one) => `${one.key}:1`).toSorted()).toEqual(escalated.map((one) => one.key).toSorted());
      expect(again.every((one) => one.version === 2)).toBe(true);
      expect((await town.ask(sharedReads.deadlines, {}, 'publicity')).filter((one) => one.kind === 'answer').every((one) => one.version === 2 && one.lastDay === '2030-12-08')).toBe(true);
    });

    it('is told again on the next day, and once for several days that were missed', async () => {
      const cases = (await told('answer-overdue')).length;
      await town.service.moveClockTo('2030-12-09');
      await town.service.hear('deadline.passed', { owner: 'appeals', kind: 'answer', lastDay: '2030-12-08' });
      expect((await told('answer-overdue')).slice(cases).map((one) => one.key.split(':')[1])).toEqual(Array<string>(cases).fill('2'));
      await town.service.moveClockTo('2030-12-12');
      await town.service.hear('deadline.passed', { owner: 'appeals', kind: 'answer', lastDay: '2030-12-09' });
      expect((await told('answer-overdue')).slice(2 * cases).map((one) => one.key.split(':')[1])).toEqual(Array<string>(cases).fill('5'));
    });

    it('is on the list of whoever supervises, with the days it is overdue', async () => {
      const supervisor = await town.service.account({ posts: [{ role: 'town-supervisor', divisionCode: '341525109000' }] });
      const query = '{ overdueReconsiderations(first: 200) { rows { objectionIds daysOverdue answerDueOn } } }';
      const { overdueReconsiderations } = await town.service.data<{ overdueReconsiderations: { rows: { objectionIds: string[] }[] } }>(query, {}, supervisor.token);
      expect(overdueReconsiderations.rows.find((row) => row.objectionIds.includes(objectionId))).toMatchObject({ daysOverdue: 5, answerDueOn: '2030-12-07' });
      expect(await town.service.refused(query, {}, town.clerk)).toMatchObject({ code: 'access.denied' });
    });

    it('may still be given, and is recorded as late', async () => {
      await town.convene(objectionId, '2030-12-12');
      expect(await answer(objectionId)).toMatchObject({ answerObjection: { overdue: true, answeredOn: '2030-12-12' } });
      const figures = await town.service.data<{ objectionStatistics: { state: string; outcome: string | null; number: number; overdue: number; late: number; averageDays: number | null }[] }>(
        'query ($under: String!) { objectionStatistics(under: $under) { owner publicationKind state outcome number overdue late averageDays } }',
        { under: '341525109000' },
        town.countyDirector,
      );
      const late = figures.objectionStatistics.filter((row) => row.late > 0);
      expect(late).toMatchObject([{ state: 'answered', outcome: 'score-kept', late: 1 }]);
      expect(figures.objectionStatistics.some((row) => row.overdue > 0)).toBe(true);
    });
  });
});
