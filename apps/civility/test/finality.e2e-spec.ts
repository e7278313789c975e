import { appealsReads, civilityReads, publicityReads, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { allPositives, groupOne, groupTwo, negative, ReviewTown, veto, village } from './town';

interface Finality {
  readonly final: boolean;
  readonly notFinalReason: string | null;
  readonly hundredths: number;
  readonly version: number;
}

const ownQuery = `query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id civilityScores { year score firstScore vetoed postedOn publicationLastDay objectionLastDay howToObject
  lines { itemCode points factText } versions { version score cause objectionId } finality { final reason } } } }`;

describe('publication and finality of the scores', () => {
  let town: ReviewTown;
  let villager: SignedIn;
  beforeAll(async () => {
    town = await ReviewTown.open();
    villager = await town.service.villager({ householdId: town.household(0), memberId: newId() });
    await town.openRound();
    await town.fileRound([
      { householdId: town.household(0), marks: [...allPositives, negative] },
      { householdId: town.household(1), marks: [veto] },
    ]);
  });
  afterAll(() => town.service.close());

  const finality = async (index: number): Promise<Finality | undefined> =>
    (await town.service.ask(civilityReads.finalScores, { villageCode: village }, 'rating')).find(({ householdId }) => householdId === town.household(index));
  const announced = async (): Promise<string[]> => (await town.service.told('civility-score.became-final')).map(({ householdId }) => householdId);
  const round = async () => (await town.query<{ round: { state: string; publicationLastDay: string | null; objectionLastDay: string | null } }>('clerk', 'query ($roundId: ID!) { round(id: $roundId) { state publicationLastDay objectionLastDay } }')).round;
  const ring = (kind: string, lastDay: string) => town.service.hear('deadline.passed', { owner: 'civility', kind, lastDay });

  it('a villager sees nothing before the results hang', async () => {
    expect(await finality(0)).toMatchObject({ final: false, notFinalReason: 'not-published' });
    expect(await town.query(villager, ownQuery, { ids: [town.household(0)] })).toEqual({ householdsByIds: [{ id: town.household(0), civilityScores: [] }] });
  });

  it('a message out of order changes nothing: what publicity says now is what counts', async () => {
    const draft = town.publish('publication.result', { state: 'draft', postedOn: null, lastDay: null });
    await town.hearPublication('publication.closed', { ...draft, postedOn: '2030-11-05', lastDay: '2030-11-12' });
    expect(await round()).toMatchObject({ state: 'filed', objectionLastDay: null });
    town.publications.pop();
  });

  it('from the last posted place on the objection window runs to the tenth day after the publication', async () => {
    await town.postResults('2030-11-20', '2030-11-27');
    expect(await round()).toEqual({ state: 'published', publicationLastDay: '2030-11-27', objectionLastDay: '2030-12-07' });
    expect((await town.service.told('deadline.set')).at(-1)).toMatchObject({ owner: 'civility', kind: 'objection', key: town.roundId, lastDay: '2030-12-07' });
    expect(await town.service.ask(sharedReads.deadlines, {}, 'publicity')).toEqual([{ kind: 'objection', key: town.roundId, version: 1, lastDay: '2030-12-07' }]);
  });

  it('the household sees its score, items and how to object; not those of others', async () => {
    const { householdsByIds } = await town.query<{ householdsByIds: ({ civilityScores: unknown[] } | null)[] }>(villager, ownQuery, { ids: [town.household(0), town.household(1)] });
    expect(householdsByIds[1]).toBeNull();
    expect(householdsByIds[0]?.civilityScores).toMatchObject([
      {
        year: 2030,
        score: '95.00',
        firstScore: '95.00',
        postedOn: '2030-11-20',
        publicationLastDay: '2030-11-27',
        objectionLastDay: '2030-12-07',
        howToObject: expect.stringContaining('2030-12-07 24:00') as string,
        lines: expect.arrayContaining([{ itemCode: 'N04', points: '-5.00', factText: negative.factText }]) as unknown,
        finality: { final: false, reason: 'window-open' },
      },
    ]);
  });

  it('withdrawn for wrong content the round waits for the new publication, which starts from day one', async () => {
    const [wrong] = town.publications.slice(-1);
    if (!wrong) throw new Error('nothing hangs');
    Object.assign(wrong, { state: 'withdrawn', version: 2 });
    const { publicationId, kind, owner, key, divisionCode } = wrong;
    await town.service.hear('publication.withdrawn', { publicationId, kind, owner, key, divisionCode, version: 2, replacedById: null });
    expect(await round()).toEqual({ state: 'filed', publicationLastDay: null, objectionLastDay: null });
    expect(await finality(0)).toMatchObject({ notFinalReason: 'not-published' });
    await town.postResults('2030-12-01', '2030-12-08');
    expect(await round()).toEqual({ state: 'published', publicationLastDay: '2030-12-08', objectionLastDay: '2030-12-18' });
  });

  it('found missing for two days the windows move by two, also before the message comes', async () => {
    const hanging = town.publications.at(-1);
    if (!hanging) throw new Error('nothing hangs');
    Object.assign(hanging, { version: 2, lastDay: '2030-12-10' });
    await town.service.moveClockTo('2030-12-19T00:00:01+08:00');
    expect(await finality(0)).toMatchObject({ final: false, notFinalReason: 'window-open' });
    await town.hearPublication('publication.extended', hanging);
    expect(await round()).toMatchObject({ publicationLastDay: '2030-12-10', objectionLastDay: '2030-12-20' });
    expect((await town.service.told('deadline.set')).at(-1)).toMatchObject({ lastDay: '2030-12-20', version: 3 });
  });

  it('becomes final at exactly the first moment after the tenth day, without any timer', async () => {
    for (const { householdId } of town.households.slice(0, 4)) town.told.add(householdId);
    await town.service.moveClockTo('2030-12-20T23:59:58+08:00');
    expect(await finality(0)).toMatchObject({ final: false, notFinalReason: 'window-open' });
    expect(await announced()).toEqual([]);
    await town.service.moveClockTo('2030-12-21T00:00:00+08:00');
    expect(await finality(0)).toMatchObject({ final: true, notFinalReason: null, hundredths: 9500, version: 1 });
    expect(await finality(1)).toMatchObject({ final: true, hundredths: 0, vetoed: true });
  });

  it('not while the town group has suspended the publication', async () => {
    const hanging = town.publications.at(-1);
    if (!hanging) throw new Error('nothing hangs');
    hanging.state = 'suspended';
    expect(await finality(0)).toMatchObject({ final: false, notFinalReason: 'not-published' });
    hanging.state = 'closed';
    expect(await finality(0)).toMatchObject({ final: true });
  });

  it('not for a household that was not told, nor one with an open objection', async () => {
    town.open.add(town.household(3));
    expect(await finality(4)).toMatchObject({ final: false, notFinalReason: 'not-told' });
    expect(await finality(3)).toMatchObject({ final: false, notFinalReason: 'objection-open' });
  });

  it('fails closed when publicity or appeals cannot be asked', async () => {
    town.service.peer.fail(appealsReads.openObjections);
    await expect(town.service.ask(civilityReads.finalScores, { villageCode: village }, 'rating')).rejects.toMatchObject({ code: 'peer.unavailable' });
    town.neighboursAnswer();
    town.service.peer.fail(publicityReads.told);
    await expect(town.service.ask(civilityReads.finalScores, { villageCode: village }, 'rating')).rejects.toMatchObject({ code: 'peer.unavailable' });
    town.neighboursAnswer();
  });

  it('is told to others once when the alarm rings, however often it rings', async () => {
    await ring('objection', '2030-12-20');
    await ring('objection', '2030-12-20');
    expect((await announced()).toSorted()).toEqual([0, 1, 2].map((index) => town.household(index)).toSorted());
    expect(await round()).toMatchObject({ state: 'published' });
  });

  it('is told for a household as soon as it was told itself', async () => {
    town.told.add(town.household(4));
    await town.service.hear('notification.settled', { owner: 'civility', notificationId: newId(), publicationId: null, subjectId: town.household(4), outcome: 'not-deliverable', settledOn: '2030-12-21' });
    expect(await announced()).toContain(town.household(4));
  });

  describe('a reconsideration', () => {
    const objectionId = newId();

    it('that changes the score holds the old one back even while nobody has told of it', async () => {
      town.open.delete(town.household(3));
      town.answers.set(objectionId, { objectionId, subjectId: town.household(3), publicationId: newId(), key: town.roundId, outcome: 'score-changed', changedHundredths: 8300, vetoLifted: false, answeredOn: '2030-12-21' });
      expect(await finality(3)).toMatchObject({ final: false, notFinalReason: 'objection-open', hundredths: 8000 });
      town.answers.clear();
    });

    it('that changes the score adds a version linked to its objection, applied once', async () => {
      expect(await town.service.ask(civilityReads.householdScore, { roundId: town.roundId, householdId: town.household(3) }, 'appeals')).toMatchObject([{ firstHundredths: 8000, setHundredths: 8000, version: 1, listVersionId: town.listVersionId }]);
      town.open.delete(town.household(3));
      town.answers.set(objectionId, { objectionId, subjectId: town.household(3), publicationId: newId(), key: town.roundId, outcome: 'score-changed', changedHundredths: 8300, vetoLifted: false, answeredOn: '2030-12-22' });
      await town.service.moveClockTo('2030-12-22');
      for (let times = 0; times < 2; times += 1) await town.service.hear('reconsideration.answered', { owner: 'civility', objectionId, subjectId: town.household(3), outcome: 'score-changed' });
      const { householdsByIds } = await town.query<{ householdsByIds: { civilityScores: unknown[] }[] }>('clerk', ownQuery, { ids: [town.household(3)] });
      expect(householdsByIds[0]?.civilityScores).toMatchObject([
        { score: '83.00', firstScore: '80.00', versions: [{ version: 1, score: '80.00', cause: 'group' }, { version: 2, score: '83.00', cause: 'reconsideration', objectionId }] },
      ]);
    });

    it('is not final before the outcome has hung its time', async () => {
      expect(await finality(3)).toMatchObject({ final: false, notFinalReason: 'outcome-in-publication', hundredths: 8300, version: 2 });
      town.publish('publication.reconsideration', { owner: 'appeals', key: objectionId, postedOn: '2030-12-23', lastDay: '2030-12-30' });
      await town.service.moveClockTo('2030-12-30T23:59:58+08:00');
      expect(await finality(3)).toMatchObject({ final: false, notFinalReason: 'outcome-in-publication' });
      expect(await announced()).not.toContain(town.household(3));
      await town.service.moveClockTo('2030-12-31T00:00:00+08:00');
      expect(await finality(3)).toMatchObject({ final: true, hundredths: 8300 });
    });

    it('wakes itself by an alarm of its own and then closes the round', async () => {
      expect((await town.service.told('deadline.set')).at(-1)).toMatchObject({ kind: 'outcome', key: town.roundId, lastDay: '2030-12-29' });
      await ring('outcome', '2030-12-29');
      expect(await announced()).toContain(town.household(3));
      expect(await round()).toMatchObject({ state: 'final' });
      expect(await town.service.ask(sharedReads.deadlines, {}, 'publicity')).toEqual([]);
    });

    it('of two answers about one household the later decision stands, whichever is heard first', async () => {
      const [earlier, later] = [newId(), newId()];
      const about = { subjectId: town.household(2), publicationId: newId(), key: town.roundId, outcome: 'score-changed' as const, vetoLifted: false };
      town.answers.set(earlier, { ...about, objectionId: earlier, changedHundredths: 9000, answeredOn: '2030-12-29' });
      town.answers.set(later, { ...about, objectionId: later, changedHundredths: 9100, answeredOn: '2030-12-30' });
      for (const objectionId of [later, earlier]) await town.service.hear('reconsideration.answered', { owner: 'civility', objectionId, subjectId: about.subjectId, outcome: 'score-changed' });
      expect(await finality(2)).toMatchObject({ hundredths: 9100, version: 3 });
    });

    it('that lifts a veto, even after the round closed, is a new version and final later', async () => {
      const late = newId();
      town.answers.set(late, { objectionId: late, subjectId: town.household(1), publicationId: newId(), key: town.roundId, outcome: 'score-changed', changedHundredths: 7800, vetoLifted: true, answeredOn: '2031-01-05' });
      await town.service.moveClockTo('2031-01-05');
      await town.service.hear('reconsideration.answered', { owner: 'civility', objectionId: late, subjectId: town.household(1), outcome: 'score-changed' });
      expect(await finality(1)).toMatchObject({ final: false, hundredths: 7800, vetoed: false, version: 2 });
      expect((await town.service.told('deadline.set')).at(-1)).toMatchObject({ kind: 'outcome', lastDay: '2031-01-12' });
    });
  });

  it('left no message behind that could not be applied', async () => {
    expect((await town.service.admin.query('SELECT 1 FROM civility.parked_message')).rowCount).toBe(0);
  });

  it('tells rating which groups kept to the process, and appeals who deliberates', async () => {
    await town.act('townSupervisor', 'recordFinding', 'findingId', { roundId: town.roundId, groupCode: groupTwo, kind: 'quorum', note: '签到表缺一人签字' });
    expect(await town.service.ask(civilityReads.processQuality, { villageCode: village }, 'rating')).toEqual([
      { groupCode: groupOne, quorate: true, openFindings: 0, filedOn: '2030-11-05' },
      { groupCode: groupTwo, quorate: true, openFindings: 1, filedOn: '2030-11-05' },
    ]);
    const [memberId = ''] = town.membersOf('village');
    await town.act('clerk', 'declareTies', 'added', { memberId, ties: [{ householdId: town.household(2), relation: 'spouse' }] });
    const deliberators = await town.service.ask(civilityReads.deliberators, { roundId: town.roundId, householdId: town.household(2) }, 'appeals');
    expect(deliberators).toHaveLength(5);
    expect(deliberators.filter(({ mustWithdraw }) => mustWithdraw)).toMatchObject([{ memberId, capacity: 'party-secretary', reason: 'kin' }]);
    await expect(town.service.ask(civilityReads.deliberators, { roundId: town.roundId, householdId: town.household(2) }, 'exchange')).rejects.toMatchObject({ code: 'peer.unavailable' });
  });
});
