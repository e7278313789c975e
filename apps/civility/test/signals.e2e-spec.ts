import { newId } from '@credit/platform';
import { dutyNow } from '@credit/testing';
import type { SignedIn } from '@credit/testing';
import { allPositives, groupOne, groupTwo, type Person, positive, ReviewTown, type RowGiven, townCode, village } from './town';

interface Signal {
  readonly kind: string;
  readonly groupCode: string;
  readonly householdIds: string[];
  readonly memberIds: string[];
  readonly figures: { readonly name: string; readonly zh: string; readonly value: string }[];
  readonly sentence: string;
  readonly digest: string;
  readonly findingId: string | null;
}

const signalsQuery = 'query ($roundId: ID!) { supervisionSignals(roundId: $roundId) { kind groupCode householdIds memberIds figures { name zh value } sentence digest findingId } }';
const findingsQuery = 'query ($roundId: ID!) { findings(roundId: $roundId) { id kind groupCode state note signal { kind householdIds figures { name value } } answerDueOn overdue answers { answer answeredOn returnReason returnedOn } settledOn } }';
const unansweredQuery = 'query ($under: String, $overdueOnly: Boolean, $first: Int, $after: String) { unansweredFindings(under: $under, overdueOnly: $overdueOnly, first: $first, after: $after) { rows { id roundId villageCode overdue } nextCursor } }';
const scoresQuery = 'query ($roundId: ID!) { roundHouseholds(roundId: $roundId) { rows { householdId firstScore score version } } }';

interface Finding {
  readonly id: string;
  readonly state: string;
  readonly signal: { readonly kind: string; readonly householdIds: string[] } | null;
}

/** The review's town with twelve households in each group. */
async function crowdedTown(): Promise<ReviewTown> {
  const town = await ReviewTown.open();
  for (let no = 6; no <= 24; no += 1) {
    const groupCode = no <= 14 ? groupOne : groupTwo;
    town.households.push({ householdId: newId(), householdNo: `H${groupCode}${String(no).padStart(4, '0')}`, groupCode, adults: 2, filed: true });
  }
  return town;
}

const householdsOf = (town: ReviewTown, groupCode: string): string[] => town.households.filter((one) => one.groupCode === groupCode).map(({ householdId }) => householdId);

describe('supervision signals', () => {
  let town: ReviewTown;
  let memberOfficer: SignedIn;
  let favoured: string[];
  let others: string[];

  /** In the first group two members' own households stand out, in the second nobody does. */
  beforeAll(async () => {
    town = await crowdedTown();
    [favoured, others] = [householdsOf(town, groupOne).slice(0, 2), householdsOf(town, groupOne).slice(2)];
    memberOfficer = await town.service.account({ posts: [{ role: 'town-officer', divisionCode: townCode }] });
    await town.openRound();
    const reason = '成员外出，改由他人参加';
    const seats = ReviewTown.review().map((seat, index) => ({ ...seat, ...(index === 3 ? { householdId: favoured[0] ?? '' } : index === 4 ? { householdId: favoured[1] ?? '' } : {}) }));
    await town.form(groupOne, seats, { reason });
    await town.form('village', ReviewTown.deliberation({ capacity: 'party-representative', accountId: memberOfficer.accountId }), { reason });
  });
  afterAll(() => town.service.close());

  const signals = async (person: Person | SignedIn = 'townSupervisor'): Promise<Signal[]> => (await town.query<{ supervisionSignals: Signal[] }>(person, signalsQuery)).supervisionSignals;
  const findings = async (person: Person | SignedIn): Promise<Finding[]> => (await town.query<{ findings: Finding[] }>(person, findingsQuery)).findings;
  const scores = (): Promise<unknown> => town.query('committee', scoresQuery);
  const unanswered = async (given: Readonly<Record<string, unknown>> = {}): Promise<{ rows: { id: string; overdue: boolean }[]; nextCursor: string | null }> =>
    (await town.query<{ unansweredFindings: { rows: { id: string; overdue: boolean }[]; nextCursor: string | null } }>('townSupervisor', unansweredQuery, given)).unansweredFindings;

  it('read confirmed tables only', async () => {
    const [, , , first = '', second = ''] = town.membersOf(groupOne);
    const rows: RowGiven[] = [
      { householdId: favoured[0] ?? '', withdrawnMemberIds: [first], marks: allPositives },
      { householdId: favoured[1] ?? '', withdrawnMemberIds: [second], marks: allPositives },
      ...others.map((householdId, index) => ({ householdId, marks: index < 5 ? [positive] : [] })),
    ];
    const { tableId, digest } = await town.act<{ tableId: string; digest: string }>('clerk', 'recordGroupTable', 'tableId digest', town.table(groupOne, rows));
    expect(await signals()).toEqual([]);
    await town.act('cadre', 'confirmGroupTable', 'confirmedOn', { tableId, digest });
    expect((await signals()).map(({ kind, groupCode }) => [kind, groupCode])).toEqual([['mutual-favour', groupOne]]);
    await town.confirmTable(groupTwo);
    expect((await signals()).map(({ kind, groupCode }) => [kind, groupCode])).toEqual([
      ['zero-variance', groupTwo],
      ['identical-sheets', groupTwo],
      ['mutual-favour', groupOne],
    ]);
  });

  it('carry the figures and a sentence', async () => {
    const favour = (await signals()).find(({ kind }) => kind === 'mutual-favour');
    expect(favour?.householdIds).toEqual(favoured.toSorted());
    expect(favour?.memberIds).toEqual(town.membersOf(groupOne).slice(3, 5).toSorted());
    expect(favour?.figures).toEqual([
      { name: 'firstScoreHundredths', zh: '第一户得分', value: '100.00' },
      { name: 'firstGroupMeanHundredths', zh: '第一户所在组平均分', value: '84.58' },
      { name: 'secondScoreHundredths', zh: '第二户得分', value: '100.00' },
      { name: 'secondGroupMeanHundredths', zh: '第二户所在组平均分', value: '84.58' },
      { name: 'limitHundredths', zh: '界限', value: '5.00' },
    ]);
    expect(favour?.sentence).toContain('请了解是否有人情分');
  });

  it.each<Person>(['supervisor', 'secretary', 'clerk', 'committee'])('are not for the %s', async (person) => {
    expect(await town.service.refused(signalsQuery, { roundId: town.roundId }, town.tokenOf(person))).toMatchObject({ code: 'access.denied' });
  });

  it('are not for supervisors of another town', async () => {
    const stranger = await town.service.account({ posts: [{ role: 'town-supervisor', divisionCode: '341525110000' }] });
    expect(await town.service.refused(signalsQuery, { roundId: town.roundId }, stranger.token)).toMatchObject({ code: 'access.outside-division' });
  });

  it('leave out the households from which their reader must withdraw', async () => {
    const kin = town.membersOf('village').at(-1) ?? '';
    expect((await signals(memberOfficer)).map(({ kind }) => kind)).toEqual(['zero-variance', 'identical-sheets', 'mutual-favour']);
    const households = [favoured[0], householdsOf(town, groupTwo)[0]];
    await town.act(memberOfficer, 'declareTies', 'added', { memberId: kin, ties: households.map((householdId) => ({ householdId, relation: 'in-law' })) });
    const seen = await signals(memberOfficer);
    expect(seen.map(({ kind, figures }) => [kind, figures.find(({ name }) => name === 'households')?.value])).toEqual([['zero-variance', '11'], ['identical-sheets', '11']]);
    expect(seen.flatMap(({ householdIds }) => householdIds)).not.toContain(households[1]);
  });

  describe('raised as a finding', () => {
    const favourDigest = async (): Promise<string> => (await signals()).find(({ kind }) => kind === 'mutual-favour')?.digest ?? '';
    const note = '请核查两户成员是否应当相互回避';

    it('need a signal that is there, and a supervisor of the town', async () => {
      const raising = { roundId: town.roundId, digest: await favourDigest(), note };
      expect(await town.refused('townOfficer', 'raiseSignalFinding', raising)).toMatchObject({ code: 'access.denied' });
      expect(await town.refused('townSupervisor', 'raiseSignalFinding', { ...raising, digest: 'f'.repeat(64) })).toMatchObject({ code: 'signal.changed' });
      expect(await town.refused('townSupervisor', 'raiseSignalFinding', { ...raising, note: ' ' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'note' }] });
    });

    it('keep kind and figures, are raised once, and change no score', async () => {
      const before = await scores();
      const raising = { roundId: town.roundId, digest: await favourDigest(), note };
      const { findingId, answerDueOn } = await town.act<{ findingId: string; answerDueOn: string }>('townSupervisor', 'raiseSignalFinding', 'findingId answerDueOn', raising);
      expect(answerDueOn).toBe('2030-11-10');
      expect(await town.refused('townSupervisor', 'raiseSignalFinding', raising)).toMatchObject({ code: 'signal.raised', facts: { findingId } });
      expect((await signals()).map((signal) => signal.findingId)).toEqual([null, null, findingId]);
      expect(await findings('townSupervisor')).toMatchObject([{ id: findingId, kind: 'mutual-favour', groupCode: groupOne, state: 'unanswered', note, answerDueOn, signal: { kind: 'mutual-favour', figures: expect.arrayContaining([{ name: 'firstScoreHundredths', value: '100.00' }]) as unknown[] } }]);
      expect(await scores()).toEqual(before);
    });

    it('show their figures only to those who may see scores and need not withdraw', async () => {
      const seen = async (person: Person | SignedIn): Promise<unknown[]> => (await findings(person)).map(({ signal }) => signal?.kind ?? null);
      expect(await seen('supervisor')).toEqual([null]);
      expect(await seen('secretary')).toEqual(['mutual-favour']);
      expect(await seen('committee')).toEqual(['mutual-favour']);
      expect(await seen('townOfficer')).toEqual(['mutual-favour']);
      expect(await seen(memberOfficer)).toEqual([null]);
    });

    it('are answered by somebody who need not withdraw', async () => {
      const [finding] = await findings('secretary');
      const relative = await town.service.account({ posts: [{ role: 'village-cadre', divisionCode: village }] });
      const seats = await town.form('village', ReviewTown.deliberation({ capacity: 'party-representative', accountId: relative.accountId }), { reason: '调整党员代表' });
      await town.act(relative, 'declareTies', 'added', { memberId: seats[5], ties: [{ householdId: favoured[0], relation: 'spouse' }] });
      const answer = '两户无亲属关系，加分事项均有记录';
      expect(await town.refused(relative, 'answerFinding', { findingId: finding?.id, answer })).toMatchObject({ code: 'recusal.required' });
      expect(await town.refused('supervisor', 'answerFinding', { findingId: finding?.id, answer })).toMatchObject({ code: 'access.denied' });
      expect(await town.act('secretary', 'answerFinding', 'answeredOn', { findingId: finding?.id, answer })).toEqual({ answeredOn: '2030-11-05' });
      expect((await findings('townSupervisor')).map(({ state }) => state)).toEqual(['answered']);
    });
  });

  describe('findings', () => {
    let findingId = '';
    const settlement = '已核查，程序合规';

    it('are settled only after the village has answered', async () => {
      ({ findingId } = await town.act<{ findingId: string }>('supervisor', 'recordFinding', 'findingId answerDueOn', { roundId: town.roundId, groupCode: groupTwo, kind: 'favour', note: '全组得分相同' }));
      expect(await town.refused('townSupervisor', 'settleFinding', { findingId, settlement })).toMatchObject({ code: 'finding.unanswered', facts: { answerDueOn: '2030-11-10' } });
      expect(await town.refused('townSupervisor', 'returnFindingAnswer', { findingId, reason: '没有说明原因' })).toMatchObject({ code: 'finding.unanswered' });
    });

    it('are overdue the day after the last', async () => {
      expect(await unanswered({ under: village })).toMatchObject({ rows: [{ id: findingId, overdue: false }], nextCursor: null });
      await town.service.moveClockTo('2030-11-10');
      expect((await unanswered({ overdueOnly: true })).rows).toEqual([]);
      expect(await dutyNow(town.service.url, 'answer-finding')).toMatchObject({ dueToday: 1, overdue: 0 });
      await town.service.moveClockTo('2030-11-11');
      expect(await dutyNow(town.service.url, 'answer-finding')).toMatchObject({ dueToday: 0, overdue: 1 });
      expect((await unanswered({ overdueOnly: true })).rows).toMatchObject([{ id: findingId, overdue: true }]);
      expect((await unanswered({ under: '341525109205' })).rows).toEqual([]);
    });

    it('whose answer answers nothing is asked again, and the answer stays', async () => {
      await town.act('secretary', 'answerFinding', 'answeredOn', { findingId, answer: '已知悉此事' });
      expect(await town.refused('cadre', 'answerFinding', { findingId, answer: '再次答复内容' })).toMatchObject({ code: 'finding.answered' });
      expect(await town.act('townSupervisor', 'returnFindingAnswer', 'answerDueOn', { findingId, reason: '没有说明原因' })).toEqual({ answerDueOn: '2030-11-16' });
      expect((await unanswered()).rows).toMatchObject([{ id: findingId, overdue: false }]);
      const answers = (['cadre', 'secretary'] as const).map((person) => town.act(person, 'answerFinding', 'answeredOn', { findingId, answer: '组内确无加减分事项，已逐户复核' }));
      const refused = (await Promise.allSettled(answers)).flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
      expect(refused).toEqual([expect.stringContaining('finding.answered')]);
      const found = (await findings('supervisor')).find(({ id }) => id === findingId);
      expect(found).toMatchObject({
        state: 'answered',
        answers: [
          { answer: '已知悉此事', answeredOn: '2030-11-11', returnReason: '没有说明原因', returnedOn: '2030-11-11' },
          { answer: '组内确无加减分事项，已逐户复核', returnReason: null, returnedOn: null },
        ],
      });
    });

    it('left open do not stop the filing, and stand on its receipt', async () => {
      await town.act('supervisor', 'recordFinding', 'findingId', { roundId: town.roundId, kind: 'publication', note: '二组公示栏字迹不清' });
      const round = (): Promise<unknown> => town.query('committee', 'query ($roundId: ID!) { round(id: $roundId) { openFindings unansweredFindings } }');
      expect(await round()).toEqual({ round: { openFindings: 3, unansweredFindings: 1 } });
      await town.beginDeliberation();
      await town.act('secretary', 'examineHouseholds', 'examined', { roundId: town.roundId, rows: town.households.map(({ householdId }) => ({ householdId, withdrawnMemberIds: householdId === favoured[0] ? [town.membersOf('village')[5]] : [] })) });
      await town.act('secretary', 'confirmExamined', 'confirmed', { roundId: town.roundId });
      await town.act('secretary', 'handIn', 'state', { roundId: town.roundId });
      expect(await town.act('committee', 'fileRound', 'state openFindings unansweredFindings', { roundId: town.roundId })).toEqual({ state: 'filed', openFindings: 3, unansweredFindings: 1 });
      await town.act('townSupervisor', 'settleFinding', 'settledOn', { findingId, settlement });
      expect(await round()).toEqual({ round: { openFindings: 2, unansweredFindings: 1 } });
      expect(await town.refused('cadre', 'answerFinding', { findingId, answer: '办结后再答复' })).toMatchObject({ code: 'finding.settled' });
    });
  });
});

it('of a round by individual marks show the member who marks unlike the others, and no single mark', async () => {
  const town = await crowdedTown();
  await town.openRound(2030, { marking: 'individual' });
  const households = householdsOf(town, groupOne);
  const [generous = '', ...members] = town.membersOf(groupOne).toReversed();
  for (const memberId of [generous, ...members]) {
    const rows = households.map((householdId, index) => ({ householdId, marks: memberId === generous ? allPositives : index < 4 ? [positive] : [] }));
    await town.act('clerk', 'recordIndividualMarks', 'households', { roundId: town.roundId, groupCode: groupOne, memberId, rows, scanSha256: 'c'.repeat(64) });
  }
  const { rows: _rows, ...held } = town.table(groupOne);
  const { tableId, digest } = await town.act<{ tableId: string; digest: string }>('clerk', 'countIndividualMarks', 'tableId digest', held);
  await town.act('cadre', 'confirmGroupTable', 'confirmedOn', { tableId, digest });
  const { supervisionSignals } = await town.query<{ supervisionSignals: Signal[] }>('townSupervisor', signalsQuery);
  expect(supervisionSignals).toMatchObject([{ kind: 'scorer-bias', groupCode: groupOne, householdIds: [], memberIds: [generous] }]);
  expect(supervisionSignals[0]?.figures.map(({ name, value }) => [name, value])).toEqual([
    ['marks', '12'],
    ['meanHundredths', '100.00'],
    ['otherMarks', '48'],
    ['otherMeanHundredths', '81.00'],
    ['differenceHundredths', '19.00'],
    ['limitHundredths', '5.00'],
  ]);
  await town.service.close();
});
