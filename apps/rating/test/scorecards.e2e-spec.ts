import { appealsReads, archivesReads, civilityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { rating } from '../src/rating.service';
import { type File, household } from './facts';

const county = '341525000000';
const villages = ['341525109204', '341525109201'];

interface Card {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly yaml: string;
  readonly issues: { readonly severity: string }[];
}

describe('a scorecard that the county owns', () => {
  let service: TestService;
  let officer: SignedIn;
  let director: SignedIn;
  let first: string;
  let next: string;
  const [good, middling, other] = [newId(), newId(), newId()];

  beforeAll(async () => {
    service = await startTestService(rating);
    officer = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    director = await service.account({ posts: [{ role: 'county-director', divisionCode: county }] });
    const facets = { headAdultFrom: '1990-01-01', size: 4 } as const;
    const files: Readonly<Record<string, File[]>> = {
      [villages[0] ?? '']: [household(good, {}, { facets } as never), household(middling, { longestOverdueDays24m: '20', netAssets: '-1.00', transfersOnly: 'yes' }, { facets: { headAdultFrom: '1960-01-01', size: 7 } } as never)],
      [villages[1] ?? '']: [household(other, {}, { facets } as never), household(newId(), {}, { fileState: 'submitted' })],
    };
    service.peer.answer(archivesReads.divisions, villages.map((code) => ({ code, name: code, level: 'village' as const, parentCode: '341525109000' as never })) as never);
    service.peer.answer(archivesReads.ratingFiles, ({ villageCode }) => files[villageCode] ?? []);
    const final = { roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null, hundredths: 9000 };
    service.peer.answer(civilityReads.finalScores, [good, middling, other].map((householdId) => ({ ...final, householdId })));
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
    await service.moveClockTo('2031-01-01');
  });
  afterAll(() => service.close());

  const input = (given: object): { input: object } => ({ input: { requestId: newId(), divisionCode: county, ...given } });
  const act = <T>(who: SignedIn, mutation: string, type: string, given: object, answer = 'scorecardId'): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, input(given), who.token).then((data) => data[mutation] as T);
  const refused = (who: SignedIn, mutation: string, type: string, given: object) => service.refused(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, input(given), who.token);
  const edit = (given: object) => act<{ scorecardId: string; version: number }>(officer, 'editScorecard', 'EditScorecardArgs', given, 'scorecardId version');
  const card = async (id: string): Promise<Card | undefined> =>
    (await service.data<{ scorecards: Card[] }>('{ scorecards { id version state yaml issues { severity } } }', {}, officer.token)).scorecards.find((one) => one.id === id);
  const simulate = async (scorecardId: string): Promise<string> => {
    const { simulationId } = await act<{ simulationId: string }>(officer, 'simulateScorecard', 'StartSimulationArgs', { scorecardId }, 'simulationId villages');
    await service.until(async () => (await service.data<{ scorecardSimulation: { state: string } }>('query ($id: ID!) { scorecardSimulation(id: $id) { state } }', { id: simulationId }, officer.token)).scorecardSimulation.state === 'computed', 'the trial to end');
    return simulationId;
  };

  it('starts as the version of the rule files, which needs no trial: it changes nobody’s grade', async () => {
    ({ scorecardId: first } = await act<{ scorecardId: string }>(officer, 'draftScorecard', 'DraftScorecardArgs', { kind: 'H', version: 1 }));
    expect(await card(first)).toMatchObject({ state: 'draft' });
    await act(director, 'approveScorecard', 'ApproveScorecardArgs', { scorecardId: first });
    expect(await card(first)).toMatchObject({ state: 'in-force' });
  });

  it('is exported as YAML and comes back the same; a faulty one is told everything at once, with lines', async () => {
    const yaml = (await card(first))?.yaml ?? '';
    expect(await refused(officer, 'importScorecard', 'ImportScorecardArgs', { yaml })).toMatchObject({ code: 'scorecard.known' });
    const faulty = yaml.replace('vetoGradeCap: none\n', '').replace('points: 20', 'points: 25').replace('version: 1', 'version: 7');
    const problem = await refused(officer, 'importScorecard', 'ImportScorecardArgs', { yaml: faulty });
    expect(problem).toMatchObject({ code: 'scorecard.invalid' });
    const sentences = JSON.stringify(problem);
    expect(sentences).toMatch(/第 \d+ 行：各指标分值之和为/);
    expect(sentences).toMatch(/一票否决对等级的影响/);
    expect(await refused(officer, 'importScorecard', 'ImportScorecardArgs', { yaml: 'kind: [H' })).toMatchObject({ code: 'scorecard.invalid' });
    const { scorecardId, version } = await act<{ scorecardId: string; version: number }>(officer, 'importScorecard', 'ImportScorecardArgs', { yaml: yaml.replace('version: 1', 'version: 7').replace('effectiveFrom: 2022-11-14', 'effectiveFrom: 2031-06-01') }, 'scorecardId version');
    expect(version).toBe(7);
    expect((await card(scorecardId))?.yaml.replace('version: 7', 'version: 1').replace('effectiveFrom: 2031-06-01', 'effectiveFrom: 2022-11-14')).toBe(yaml);
  });

  it('is edited into a next version; the approved one stays, a faulty edit is refused whole', async () => {
    const grades = [['AAA', 95], ['AA', 88], ['A', 80], ['B', 60], ['C', 50], ['D', 0]].map(([grade, from]) => ({ grade, from, source: '县联席办〔2031〕1号' }));
    expect(await refused(officer, 'editScorecard', 'EditScorecardArgs', { scorecardId: first, grades: grades.slice(0, 5), removed: ['H01'] })).toMatchObject({ code: 'scorecard.invalid', faults: expect.arrayContaining([expect.objectContaining({ path: 'grades' }), expect.objectContaining({ path: 'indicators' })]) as never });
    const made = await edit({ scorecardId: first, grades, effectiveFrom: '2031-02-01', vetoGradeCap: 'B' });
    expect(made).toMatchObject({ version: 8 });
    next = made.scorecardId;
    expect(await card(next)).toMatchObject({ state: 'draft', issues: [] });
    expect((await card(first))?.yaml).toContain('from: 90');
    expect(await edit({ scorecardId: next, gates: [{ id: 'G02', zh: '当前不良贷款', item: 'nonPerformingLoan', is: 'yes', cap: 'B', source: '县联席办〔2031〕1号' }] })).toEqual({ scorecardId: next, version: 8 });
    expect(await refused(director, 'editScorecard', 'EditScorecardArgs', { scorecardId: next, vetoGradeCap: 'none' })).toMatchObject({ code: 'access.denied' });
  });

  it('takes the place of another only after a trial of this very wording, by another person, from today on', async () => {
    expect(await refused(director, 'approveScorecard', 'ApproveScorecardArgs', { scorecardId: next })).toMatchObject({ code: 'scorecard.not-tried' });
    await simulate(next);
    expect(await card(next)).toMatchObject({ state: 'tried' });
    await edit({ scorecardId: next, removed: ['G02'] });
    expect(await refused(director, 'approveScorecard', 'ApproveScorecardArgs', { scorecardId: next })).toMatchObject({ code: 'scorecard.not-tried' });
    await edit({ scorecardId: next, effectiveFrom: '2030-12-31' });
    await simulate(next);
    expect(await refused(director, 'approveScorecard', 'ApproveScorecardArgs', { scorecardId: next })).toMatchObject({ code: 'scorecard.retroactive' });
    await edit({ scorecardId: next, effectiveFrom: '2031-02-01' });
  });

  it('shows in a trial who moves where, by what, and the share of each group, and rates nobody', async () => {
    const id = await simulate(next);
    const { scorecardSimulation } = await service.data<{ scorecardSimulation: { subjects: number; matrix: object[]; movers: object[]; shares: { facet: string; value: string; subjects: number; creditBefore: number; creditAfter: number }[] } }>(
      'query ($id: ID!) { scorecardSimulation(id: $id) { done total subjects besideId matrix { from to count } movers { indicator up down } shares { facet value subjects creditBefore creditAfter } } }',
      { id },
      officer.token,
    );
    expect(scorecardSimulation).toMatchObject({ done: 2, total: 2, subjects: 3, besideId: first });
    const moved = scorecardSimulation.matrix as { from: string; to: string; count: number }[];
    expect(moved.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(moved.some(({ from, to }) => from !== to)).toBe(true);
    expect(scorecardSimulation.movers).toEqual([{ indicator: 'card', up: 0, down: expect.any(Number) as number }]);
    const share = (facet: string, value: string) => scorecardSimulation.shares.find((one) => one.facet === facet && one.value === value);
    expect(share('户主年龄', '60岁及以上')).toMatchObject({ subjects: 1 });
    expect(share('家庭人口', '6人及以上')).toMatchObject({ subjects: 1 });
    expect(share('困难情况', '仅有转移性收入')).toMatchObject({ subjects: 1 });
    expect(share('村', villages[0] ?? '')).toMatchObject({ subjects: 2 });
    const { rows } = await service.admin.query('SELECT 1 FROM rating.result UNION ALL SELECT 1 FROM rating.rating');
    expect(rows).toEqual([]);
    await act(director, 'approveScorecard', 'ApproveScorecardArgs', { scorecardId: next });
    expect([(await card(first))?.state, (await card(next))?.state]).toEqual(['in-force', 'approved']);
    await service.moveClockTo('2031-02-01');
    expect([(await card(first))?.state, (await card(next))?.state]).toEqual(['past', 'in-force']);
  });
});
