import { sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { dutyNow } from '@credit/testing';
import type { SignedIn } from '@credit/testing';
import { groupTwo, negative, positive, ReviewTown, veto, village } from './town';

const elders = { itemCode: 'N01', factText: '经村调委会查实不赡养老人', factOn: '2030-08-02' };
const measures = ['与老人签订赡养协议并按月履行', '参加村里的家风教育活动'];
const fields = `id householdId state moves overdue score presentScore vetoed startsOn checkOn version helperAccountId endedOn endReason
  versions { version measures helperAccountId checkOn reason check { result seen seenOn checkedByAccountId checkedOn } }`;

interface Plan {
  readonly id: string;
  readonly householdId: string;
  readonly state: string;
  readonly overdue: boolean;
  readonly versions: readonly { readonly version: number; readonly reason: string | null; readonly check: { readonly result: string; readonly seen: string } | null }[];
}

interface CandidatePage {
  readonly rows: readonly { readonly householdId: string; readonly score: string; readonly vetoed: boolean; readonly improvementId: string | null }[];
  readonly nextCursor: string | null;
}

describe('improvement after a review', () => {
  let town: ReviewTown;
  let relative: SignedIn;
  let helper: SignedIn;
  let outsider: SignedIn;
  let improvementId: string;
  beforeAll(async () => {
    town = await ReviewTown.open();
    relative = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: village }] });
    helper = await town.service.account({ posts: [{ role: 'collector', divisionCode: groupTwo }] });
    outsider = await town.service.account({ posts: [{ role: 'collector', divisionCode: '34152510920901' }] });
    await town.openRound();
    await town.form('village', ReviewTown.deliberation({ capacity: 'party-representative', accountId: relative.accountId }), { reason: '增加党员代表' });
    await town.fileRound([
      { householdId: town.household(0), marks: [positive, negative] },
      { householdId: town.household(1), marks: [veto] },
      { householdId: town.household(2), marks: [elders, negative] },
    ]);
    await town.postResults('2030-11-20', '2030-11-27');
    await town.act(relative, 'declareTies', 'added', { memberId: town.membersOf('village')[5] ?? '', ties: [{ householdId: town.household(1), relation: 'in-law' }] });
    for (const { householdId } of town.households) town.told.add(householdId);
  });
  afterAll(() => town.service.close());

  const candidates = async (person: Parameters<ReviewTown['query']>[0], more: Readonly<Record<string, unknown>> = {}): Promise<CandidatePage> => {
    const query = 'query ($roundId: ID!, $first: Int, $after: String, $withPlan: Boolean) { page: improvementCandidates(roundId: $roundId, first: $first, after: $after, withPlan: $withPlan) { rows { householdId score vetoed improvementId } nextCursor } }';
    return (await town.query<{ page: CandidatePage }>(person, query, { first: 50, withPlan: false, ...more })).page;
  };
  const list = async (person: Parameters<ReviewTown['query']>[0], name: string): Promise<Plan[]> => {
    const perRound = ['improvements', 'earlierImprovements'].includes(name);
    const query = perRound ? `query ($roundId: ID!) { page: ${name}(roundId: $roundId) { rows { ${fields} } } }` : `{ page: ${name} { rows { ${fields} } } }`;
    return (await town.query<{ page: { rows: Plan[] } }>(person, query)).page.rows;
  };
  const plan = (given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    roundId: town.roundId,
    householdId: town.household(2),
    measures,
    helperAccountId: helper.accountId,
    startsOn: '2030-12-10',
    checkOn: '2031-01-09',
    ...given,
  });
  const scores = async (): Promise<unknown> => {
    const { rows } = await town.service.admin.query('SELECT household_id, version, hundredths, vetoed FROM civility.score ORDER BY 1, 2');
    return rows;
  };

  it('nobody is asked to improve for a score that may still change', async () => {
    expect((await candidates('cadre')).rows).toEqual([]);
    expect(await town.refused('cadre', 'planImprovement', plan())).toMatchObject({ code: 'improvement.not-final', facts: { reason: 'window-open' } });
    await town.service.moveClockTo('2030-12-08');
    town.open.add(town.household(2));
    expect(await town.refused('cadre', 'planImprovement', plan())).toMatchObject({ code: 'improvement.not-final', facts: { reason: 'objection-open' } });
    expect((await candidates('cadre')).rows).toMatchObject([{ householdId: town.household(1) }]);
    town.open.clear();
  });

  it('candidates are the households below the limit or with a veto, without those from which the reader must withdraw', async () => {
    const expected = [
      { householdId: town.household(1), score: '0.00', vetoed: true, improvementId: null },
      { householdId: town.household(2), score: '65.00', vetoed: false, improvementId: null },
    ];
    expect(await candidates('townOfficer')).toEqual({ rows: expected, nextCursor: null });
    expect((await candidates(relative)).rows).toEqual(expected.slice(1));
    const first = await candidates('secretary', { first: 1 });
    expect(first.rows).toEqual(expected.slice(0, 1));
    expect((await candidates('secretary', { first: 1, after: first.nextCursor })).rows).toEqual(expected.slice(1));
    const query = 'query ($roundId: ID!) { improvementCandidates(roundId: $roundId) { nextCursor } }';
    for (const person of ['clerk', 'supervisor'] as const) expect(await town.service.refused(query, { roundId: town.roundId }, town.tokenOf(person))).toMatchObject({ code: 'access.denied' });
  });

  it('a plan names measures, a helper of the village who need not withdraw, and a check day that leaves time', async () => {
    expect(await town.refused('cadre', 'planImprovement', plan({ householdId: town.household(0) }))).toMatchObject({ code: 'improvement.not-needed' });
    expect(await town.refused('cadre', 'planImprovement', plan({ measures: [] }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'measures' }] });
    expect(await town.refused('cadre', 'planImprovement', plan({ helperAccountId: outsider.accountId }))).toMatchObject({ code: 'improvement.helper' });
    expect(await town.refused('cadre', 'planImprovement', plan({ helperAccountId: town.people.supervisor.accountId }))).toMatchObject({ code: 'improvement.helper' });
    expect(await town.refused('cadre', 'planImprovement', plan({ householdId: town.household(1), helperAccountId: relative.accountId }))).toMatchObject({ code: 'improvement.helper', faults: [{ message: '帮扶人须对这一户回避，请改选' }] });
    expect(await town.refused('cadre', 'planImprovement', plan({ startsOn: '2030-12-07' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'startsOn', message: '开始之日最早为异议期届满次日 2030-12-08' }] });
    expect(await town.refused('cadre', 'planImprovement', plan({ checkOn: '2031-01-08' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'checkOn', message: '核查日最早为 2031-01-09，请改为这一天或以后' }] });
    expect(await town.refused('cadre', 'planImprovement', plan({ checkOn: '2031-12-11' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'checkOn' }] });
    expect(await town.refused(relative, 'planImprovement', plan({ householdId: town.household(1) }))).toMatchObject({ code: 'recusal.required' });
    expect(await town.refused('townOfficer', 'planImprovement', plan())).toMatchObject({ code: 'access.denied' });

    const made = await town.act<{ improvementId: string }>('cadre', 'planImprovement', 'improvementId version checkOn', plan());
    expect(made).toMatchObject({ version: 1, checkOn: '2031-01-09' });
    ({ improvementId } = made);
    expect(await town.refused('secretary', 'planImprovement', plan())).toMatchObject({ code: 'improvement.exists' });
    expect((await candidates('cadre')).rows.map(({ householdId }) => householdId)).toEqual([town.household(1)]);
    expect((await candidates('cadre', { withPlan: true })).rows.map((row) => row.improvementId)).toEqual([null, improvementId]);
    expect((await town.service.told('deadline.set')).at(-1)).toEqual({ owner: 'civility', kind: 'improvement-check', key: improvementId, version: 1, lastDay: '2031-01-09' });
    expect(await list(helper, 'helpedImprovements')).toMatchObject([{ id: improvementId, householdId: town.household(2), score: '65.00', state: 'under-way' }]);
  });

  it('the household sees its own plan, and no other', async () => {
    const query = `{ myImprovement { ${fields} } }`;
    const own = await town.service.villager({ householdId: town.household(2), memberId: newId() });
    const neighbour = await town.service.villager({ householdId: town.household(1), memberId: newId() });
    expect(await town.query(own, query)).toMatchObject({ myImprovement: { id: improvementId, versions: [{ version: 1, measures, check: null }] } });
    expect(await town.query(neighbour, query)).toEqual({ myImprovement: null });
    expect(await town.service.refused(`{ overdueImprovements { rows { id } } }`, {}, own.token)).toMatchObject({ code: 'access.denied' });
  });

  it('is changed with a reason; what was agreed before stays, and an older version decides nothing', async () => {
    const change = { improvementId, version: 1, measures, helperAccountId: town.people.cadre.accountId, checkOn: '2031-01-20', reason: '原帮扶人工作调动' };
    expect(await town.refused('secretary', 'changeImprovement', { ...change, reason: ' ' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'reason' }] });
    expect(await town.refused('secretary', 'changeImprovement', { ...change, checkOn: '2031-01-08' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'checkOn' }] });
    expect(await town.act('secretary', 'changeImprovement', 'version checkOn', change)).toEqual({ version: 2, checkOn: '2031-01-20' });
    expect(await town.refused('cadre', 'changeImprovement', change)).toMatchObject({ code: 'conflict.changed', facts: { version: 2 } });
    expect(await list('secretary', 'improvements')).toMatchObject([
      { id: improvementId, version: 2, checkOn: '2031-01-20', versions: [{ version: 1, helperAccountId: helper.accountId, reason: null }, { version: 2, helperAccountId: town.people.cadre.accountId, reason: '原帮扶人工作调动' }] },
    ]);
    expect(await list(helper, 'helpedImprovements')).toEqual([]);
  });

  it('is checked on the day or later by somebody else than the helper, and is overdue from the day after', async () => {
    const check = { improvementId, version: 2, result: 'partly-met', seen: '已签协议，尚欠一个月赡养费', seenOn: '2031-01-20' };
    expect(await town.refused('secretary', 'checkImprovement', check)).toMatchObject({ code: 'improvement.too-early' });
    const ring = () => town.service.hear('deadline.passed', { owner: 'civility', kind: 'improvement-check', lastDay: '2031-01-20' });
    const reminders = async () => (await town.service.told('notification.requested')).filter(({ template }) => template === 'improvement-check-overdue');
    const alarms = async () => (await town.service.ask(sharedReads.deadlines, {}, 'publicity')).filter(({ kind }) => kind === 'improvement-check');
    expect(await alarms()).toEqual([{ kind: 'improvement-check', key: improvementId, version: 2, lastDay: '2031-01-20' }]);
    await town.service.moveClockTo('2031-01-20');
    await ring();
    expect(await reminders()).toEqual([]);
    expect(await list('townOfficer', 'overdueImprovements')).toEqual([]);
    expect(await dutyNow(town.service.url, 'check-improvement')).toEqual({ open: 1, dueToday: 1, overdue: 0 });
    await town.service.moveClockTo('2031-01-21');
    expect(await dutyNow(town.service.url, 'check-improvement')).toEqual({ open: 1, dueToday: 0, overdue: 1 });
    expect(await list('townOfficer', 'overdueImprovements')).toMatchObject([{ id: improvementId, overdue: true }]);
    for (let rings = 0; rings < 2; rings += 1) await ring();
    expect(await reminders()).toMatchObject([{ owner: 'civility', key: `${improvementId}:2`, divisionCode: village, subjectId: null, role: 'village-secretary' }]);
    expect(await town.refused('cadre', 'checkImprovement', check)).toMatchObject({ code: 'improvement.same-person' });
    expect(await town.refused('secretary', 'checkImprovement', { ...check, seenOn: '2031-01-19' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'seenOn' }] });
    expect(await town.refused('secretary', 'checkImprovement', { ...check, seenOn: '2031-01-22' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'seenOn' }] });
    const before = await scores();
    expect(await town.act('townOfficer', 'checkImprovement', 'state', check)).toEqual({ state: 'partly-met' });
    expect(await scores()).toEqual(before);
    expect(await list('townOfficer', 'overdueImprovements')).toEqual([]);
    expect(await dutyNow(town.service.url, 'check-improvement')).toEqual({ open: 0, dueToday: 0, overdue: 0 });
    expect([await alarms(), await town.service.told('deadline.cleared')]).toEqual([[], [{ owner: 'civility', kind: 'improvement-check', key: improvementId }]]);
    expect(await town.refused('secretary', 'checkImprovement', check)).toMatchObject({ code: 'state.illegal-move' });
  });

  it('goes on after a check that was not met, and is done with when it was', async () => {
    const again = { improvementId, version: 2, measures: ['补齐赡养费并按月履行'], helperAccountId: town.people.cadre.accountId, checkOn: '2031-02-20', reason: '部分达到，继续帮扶' };
    expect(await town.refused('secretary', 'changeImprovement', { ...again, checkOn: '2031-02-19' })).toMatchObject({ code: 'input.invalid', faults: [{ message: '核查日最早为 2031-02-20，请改为这一天或以后' }] });
    await town.act('secretary', 'changeImprovement', 'version', again);
    await town.service.moveClockTo('2031-02-22');
    const before = await scores();
    await town.act('secretary', 'checkImprovement', 'state', { improvementId, version: 3, result: 'met', seen: '赡养费已付清，老人满意', seenOn: '2031-02-21' });
    expect(await scores()).toEqual(before);
    expect(await town.refused('secretary', 'endImprovement', { improvementId, reason: '已经完成' })).toMatchObject({ code: 'state.illegal-move' });
    const [plan] = await list('secretary', 'improvements');
    expect(plan).toMatchObject({ state: 'met', moves: [], overdue: false, score: '65.00', presentScore: '65.00' });
    expect(plan?.versions.map(({ check }) => check?.result ?? null)).toEqual([null, 'partly-met', 'met']);
  });

  it('is ended with a reason, and another may follow', async () => {
    const made = await town.act<{ improvementId: string }>('secretary', 'planImprovement', 'improvementId', plan({ householdId: town.household(1), helperAccountId: helper.accountId, startsOn: '2031-02-22', checkOn: '2031-03-24' }));
    expect((await list(relative, 'improvements')).map(({ householdId }) => householdId)).toEqual([town.household(2)]);
    expect(await town.refused(relative, 'endImprovement', { improvementId: made.improvementId, reason: '没有必要' })).toMatchObject({ code: 'recusal.required' });
    await town.act('secretary', 'endImprovement', 'endedOn', { improvementId: made.improvementId, reason: '户主服刑，待回村后另订' });
    const ended = (await list('secretary', 'improvements')).find(({ id }) => id === made.improvementId);
    expect(ended).toMatchObject({ state: 'ended', endReason: '户主服刑，待回村后另订', endedOn: '2031-02-22', moves: [] });
    await town.act('secretary', 'planImprovement', 'improvementId', plan({ householdId: town.household(1), startsOn: '2031-02-22', checkOn: '2031-03-24' }));
  });

  it('the next round’s deliberation sees what came of it', async () => {
    expect(await list('secretary', 'earlierImprovements')).toEqual([]);
    await town.service.moveClockTo('2031-11-01');
    await town.prepare(2031);
    expect(await list('secretary', 'improvements')).toEqual([]);
    expect((await list('secretary', 'earlierImprovements')).map(({ householdId, state, overdue }) => ({ householdId, state, overdue }))).toEqual([
      { householdId: town.household(2), state: 'met', overdue: false },
      { householdId: town.household(1), state: 'ended', overdue: false },
      { householdId: town.household(1), state: 'under-way', overdue: true },
    ]);
    expect((await list(relative, 'earlierImprovements')).map(({ householdId }) => householdId)).toEqual([town.household(2)]);
    expect(await list('secretary', 'overdueImprovements')).toMatchObject([{ householdId: town.household(1), overdue: true }]);
  });

  it('keeps its words sealed', async () => {
    const { rows } = await town.service.admin.query<{ words: Buffer }>(
      `SELECT measures || coalesce(reason, '') AS words FROM civility.improvement_version UNION ALL SELECT seen FROM civility.improvement_check
       UNION ALL SELECT end_reason FROM civility.improvement WHERE end_reason IS NOT NULL UNION ALL SELECT convert_to(audit::text, 'UTF8') FROM civility.audit`,
    );
    expect(rows.length).toBeGreaterThan(6);
    for (const word of ['赡养', '服刑', '调动']) expect(rows.some(({ words }) => words.includes(word))).toBe(false);
  });
});
