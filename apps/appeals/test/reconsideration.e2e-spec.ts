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

const items = [{ itemCode: 'P05', change: 'added', reason: '有出工记录' }];

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
    await hear(objectionId, 'applicant');
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

    it('lets a deliberator who gave the original marks explain, not decide', async () => {
      const { objectionId } = await town.file(town.publish());
      const [, , scorer] = town.deliberators;
      const convening = (scorerMemberIds: readonly (string | undefined)[]) => {
        const { input } = town.convening(objectionId, '2030-12-02', [{ capacity: 'elder' }, { capacity: 'elder' }]);
        return { input: { ...input, scorerMemberIds } };
      };
      expect(await town.service.refused(conveneMutation, convening([newId()]), town.secretary)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scorerMemberIds' }] });
      const { convenePanel } = await town.service.data<{ convenePanel: { members: { memberId: string | null; part: string }[] } }>(conveneMutation, convening([scorer?.memberId]), town.secretary);
      expect(convenePanel.members.filter((member) => member.part === 'explains')).toMatchObject([{ memberId: scorer?.memberId }]);
    });

    it('sets those apart by itself whom civility knows to have given the original marks', async () => {
      const { objectionId } = await town.file(town.publish());
      town.service.peer.answer(civilityReads.deliberators, () => town.deliberators.map((one, index) => ({ ...one, scored: index === 2 })));
      const { convenePanel } = await town.service.data<{ convenePanel: { members: { memberId: string | null; part: string }[] } }>(conveneMutation, town.convening(objectionId, '2030-12-02', [{ capacity: 'elder' }, { capacity: 'elder' }]), town.secretary);
      expect(convenePanel.members.filter((member) => member.part === 'explains')).toMatchObject([{ memberId: town.deliberators[2]?.memberId }]);
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
      await hear(objectionId, 'applicant');
      const elderFirst = members.toSorted((one, other) => Number(other.capacity === 'elder') - Number(one.capacity === 'elder'));
      const three = elderFirst.slice(0, 3).map((member) => member.panelMemberId);
      expect(await refusedAnswer(objectionId, { presentMemberIds: three })).toMatchObject({ code: 'panel.no-quorum', facts: { deciding: 3, needed: 4 } });
      expect(await refusedAnswer(objectionId, { presentMemberIds: [...three, newId()] })).toMatchObject({ code: 'input.invalid' });
      const four = elderFirst.slice(0, 4).map((member) => member.panelMemberId);
      expect(await refusedAnswer(objectionId, { presentMemberIds: four, votesFor: 2, votesAgainst: 2 })).toMatchObject({ code: 'answer.not-possible' });
      const withoutElders = elderFirst.slice(1).map((member) => member.panelMemberId);
      expect(await refusedAnswer(objectionId, { presentMemberIds: withoutElders })).toMatchObject({ code: 'panel.composition', faults: [{ message: expect.stringContaining('五老') as string }] });
      expect(await refusedAnswer(objectionId, { presentMemberIds: four, mode: 'consensus', votesFor: 4 })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'mode' }] });
      expect(await refusedAnswer(objectionId, { presentMemberIds: four, mode: 'vote' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'votesFor' }] });
      await answer(objectionId, { presentMemberIds: four, mode: 'vote', votesFor: 3, votesAgainst: 1 });
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
      await answer(objectionId, { outcome: 'score-changed', items, changedHundredths: '95.00' });
      expect(await town.ask(appealsReads.answer, { objectionId }, 'civility')).toMatchObject([
        { objectionId, key: town.roundId, outcome: 'score-changed', changedHundredths: 9500, vetoLifted: false, answeredOn: '2030-12-02' },
      ]);
      expect(await town.ask(sharedReads.publicationContent, { kind: 'publication.reconsideration', key: objectionId }, 'publicity')).toMatchObject([{}, { result: '更正为95.00分' }]);
      expect((await detail(objectionId)).objection).toMatchObject({ state: 'answered', changedHundredths: '95.00' });
    });

    it('must fit the score as it stands at this moment', async () => {
      town.score = { setHundredths: 9000, vetoed: false, version: 8 };
      const objectionId = await convened();
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', items })).toMatchObject({ code: 'answer.not-possible', faults: [{ path: 'changedHundredths' }] });
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', changedHundredths: '95.00' })).toMatchObject({ code: 'answer.not-possible', faults: [{ path: 'items' }] });
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', items, changedHundredths: '90.00' })).toMatchObject({ code: 'answer.not-possible' });
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', items, changedHundredths: '100.01' })).toMatchObject({ code: 'input.invalid' });
      expect(await refusedAnswer(objectionId, { changedHundredths: '95.00' })).toMatchObject({ code: 'answer.not-possible', faults: [{ path: 'outcome' }] });
      town.score = { setHundredths: 0, vetoed: true, version: 9 };
      expect(await refusedAnswer(objectionId, { outcome: 'score-changed', items, changedHundredths: '88.00' })).toMatchObject({ faults: [{ path: 'vetoLifted' }] });
      await answer(objectionId, { outcome: 'score-changed', items, changedHundredths: '88.00', vetoLifted: true });
      expect(await town.ask(appealsReads.answer, { objectionId }, 'civility')).toMatchObject([{ changedHundredths: 8800, vetoLifted: true }]);
      town.score = { setHundredths: 9000, vetoed: false, version: 10 };
    });

    it('is not given before a household whose score may fall was heard', async () => {
      const objectionId = await convened({ subjectId: town.household(1), applicantId: town.household(0), ground: 'others-result' });
      const lower = { outcome: 'score-changed', items, changedHundredths: '80.00' };
      expect(await refusedAnswer(objectionId, lower)).toMatchObject({ code: 'panel.not-heard', status: 409, facts: { householdIds: [town.household(1)] } });
      await hear(objectionId, 'affected-household');
      await answer(objectionId, lower);
      expect(new Set((await town.service.told('notification.requested')).slice(-2).map((one) => one.subjectId))).toEqual(new Set([town.household(0), town.household(1)]));
    });

    it('is not given before the applicant was heard, or was invited and did not come', async () => {
      const { objectionId } = await town.file(town.publish());
      await town.convene(objectionId, '2030-12-02');
      expect((await town.service.told('notification.requested')).at(-1)).toMatchObject({ template: 'reconsideration-hearing', subjectId: town.household(0) });
      expect(await refusedAnswer(objectionId)).toMatchObject({ code: 'panel.not-heard', facts: { householdIds: [town.household(0)] } });
      const absent = { ...town.hearing(objectionId, 'applicant', '2030-12-02').input, appeared: false, text: '电话通知两次，未到场' };
      await town.service.data(hearMutation, { input: absent }, town.secretary);
      await answer(objectionId);
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
      await hear(first.objectionId, 'applicant');
      expect(await refusedAnswer(second.objectionId)).toMatchObject({ code: 'panel.not-heard', facts: { householdIds: [town.household(2)] } });
      await hear(second.objectionId, 'applicant');
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
    const settled = { owner: 'appeals' as const, notificationId: newId(), publicationId: null, subjectId: town.household(0), outcome: 'told' as const, settledOn: '2030-12-04' };
    await town.service.hear('notification.settled', { ...settled, template: 'reconsideration-hearing', key: newId(), settledOn: '2030-12-03' });
    await town.service.hear('notification.settled', { ...settled, template: 'reconsideration-answered', key: objectionId });
    stands('closed', '2030-12-12');
    await town.service.hear('publication.closed', { ...outcome, version: 2, lastDay: '2030-12-12' });
    await town.service.hear('publication.posted', outcome);
    expect((await detail(objectionId)).objection).toMatchObject({ state: 'closed', toldOn: '2030-12-04' });
  });
});
