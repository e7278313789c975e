import { appealsReads, archivesReads, civilityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { rating } from '../src/rating.service';
import { type File, household } from './facts';

const county = '341525000000';
const villages = Array.from({ length: 12 }, (_, index) => `3415251092${String(index + 1).padStart(2, '0')}`);
const perVillage = 3;

interface Run {
  readonly state: string;
  readonly done: number;
  readonly subjects: number;
  readonly unchanged: number;
  readonly estimatedEndAt: string | null;
}

describe('a rating run over many villages', () => {
  let service: TestService;
  let officer: SignedIn;
  const files = new Map<string, File[]>(villages.map((code) => [code, Array.from({ length: perVillage }, (_, index) => household(newId(), { netAssets: String(1000 * (index + 1)) }))]));
  const everybody = [...files.values()].flat().map(({ subjectId }) => subjectId);

  beforeAll(async () => {
    service = await startTestService(rating);
    officer = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    const director = await service.account({ posts: [{ role: 'county-director', divisionCode: county }] });
    service.peer.answer(archivesReads.divisions, ({ under }) =>
      villages.filter((code) => under === county || code === under).map((code) => ({ code, name: code, level: 'village' as const, parentCode: null })),
    );
    archivesAnswer();
    const final = { roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null, hundredths: 9000 };
    service.peer.answer(civilityReads.finalScores, everybody.map((householdId) => ({ ...final, householdId })));
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
    const { scorecardId } = await act<{ scorecardId: string }>('draftScorecard', 'DraftScorecardArgs', { divisionCode: county, kind: 'H', version: 1 }, 'scorecardId');
    await act('approveScorecard', 'ApproveScorecardArgs', { divisionCode: county, scorecardId }, 'scorecardId', director);
  });
  afterAll(() => service.close());

  const archivesAnswer = (): void => service.peer.answer(archivesReads.ratingFiles, ({ villageCode }) => files.get(villageCode) ?? []);
  const act = <T>(mutation: string, type: string, given: object, answer: string, who: SignedIn = officer): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input: { requestId: newId(), ...given } }, who.token).then((data) => data[mutation] as T);
  const refused = (mutation: string, type: string, given: object) => service.refused(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, { input: { requestId: newId(), ...given } }, officer.token);
  const start = async (given: object = {}): Promise<string> => (await act<{ runId: string }>('startRating', 'StartRunArgs', { divisionCode: county, ...given }, 'runId')).runId;
  const look = async (id: string): Promise<Run> => (await service.data<{ ratingRun: Run }>('query ($id: ID!) { ratingRun(id: $id) { state done subjects unchanged estimatedEndAt } }', { id }, officer.token)).ratingRun;
  const computed = (id: string): Promise<Run> => service.until(async () => ((await look(id)).state === 'computed' ? look(id) : undefined), 'the run to be computed');
  /** What the run came to, without ids and moments. */
  const canonical = async (id: string): Promise<string> => {
    const { ratingResults } = await service.data<{ ratingResults: { rows: { subjectId: string }[] } }>(
      'query ($id: ID!) { ratingResults(runId: $id, first: 100) { rows { subjectId status reasons total grade civility quantitative lines { indicator value band points nearest } } } }',
      { id },
      officer.token,
    );
    return JSON.stringify(ratingResults.rows.toSorted((a, b) => (a.subjectId < b.subjectId ? -1 : 1)));
  };

  it('excludes every other run of a scope that overlaps with it', async () => {
    const id = await start({ divisionCode: villages[3] });
    expect(await refused('startRating', 'StartRunArgs', { divisionCode: county })).toMatchObject({ code: 'run.scope-busy', facts: { divisionCode: villages[3] } });
    const beside = await start({ divisionCode: villages[4] });
    await Promise.all([computed(id), computed(beside)]);
    expect(await refused('startRating', 'StartRunArgs', { divisionCode: villages[3] })).toMatchObject({ code: 'run.scope-busy' });
    for (const runId of [id, beside]) await act('cancelRating', 'RunArgs', { runId }, 'runId');
  });

  it('is paused and goes on with the villages still due', async () => {
    service.peer.fail(archivesReads.ratingFiles);
    const runId = await start();
    await act('pauseRating', 'RunArgs', { runId }, 'runId');
    expect(await refused('pauseRating', 'RunArgs', { runId })).toMatchObject({ code: 'conflict.changed' });
    expect(await refused('confirmRating', 'RunArgs', { runId })).toMatchObject({ code: 'run.not-computed' });
    archivesAnswer();
    expect(await look(runId)).toMatchObject({ state: 'paused', done: 0, estimatedEndAt: null });
    expect(await act('resumeRating', 'RunArgs', { runId }, 'villages')).toEqual({ villages: villages.length });
    expect(await computed(runId)).toMatchObject({ done: villages.length, subjects: villages.length * perVillage });
    await act('cancelRating', 'RunArgs', { runId }, 'runId');
  });

  it('ends with the same results, to the letter, when it is stopped in the middle', async () => {
    const whole = await start();
    await computed(whole);
    const expected = await canonical(whole);
    await act('cancelRating', 'RunArgs', { runId: whole }, 'runId');
    const interrupted = await start();
    for (let times = 0; times < 3; times += 1) await service.restart();
    await computed(interrupted);
    expect(await canonical(interrupted)).toBe(expected);
    await act('cancelRating', 'RunArgs', { runId: interrupted }, 'runId');
  });

  it('over what changed only, rates those whose facts, score or consents are others than last time', async () => {
    const quiet = await start({ changedOnly: true });
    expect(await computed(quiet)).toMatchObject({ subjects: 0, unchanged: everybody.length });
    await act('cancelRating', 'RunArgs', { runId: quiet }, 'runId');
    const own = files.get(villages[0] ?? '') ?? [];
    files.set(villages[0] ?? '', own.map((file, index) => (index === 0 ? { ...file, items: { ...file.items, longestOverdueDays24m: '45' } } : index === 1 ? { ...file, consent: { economics: false, credit: true } } : file)));
    const changed = await start({ changedOnly: true });
    expect(await computed(changed)).toMatchObject({ subjects: 2, unchanged: everybody.length - 2 });
    const { ratingResults } = await service.data<{ ratingResults: { rows: { subjectId: string }[] } }>('query ($id: ID!) { ratingResults(runId: $id) { rows { subjectId } } }', { id: changed }, officer.token);
    expect(new Set(ratingResults.rows.map(({ subjectId }) => subjectId))).toEqual(new Set(own.slice(0, 2).map(({ subjectId }) => subjectId)));
  });
});
