import { randomInt } from 'node:crypto';
import { appealsReads, archivesReads, civilityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { rating } from '../src/rating.service';
import { household } from './facts';

const county = '341525000000';
const villages = Array.from({ length: 60 }, (_, index) => `3415251092${String(index + 1).padStart(2, '0')}`);
const perVillage = 20;

interface Page {
  readonly nextCursor: string | null;
  readonly rows: readonly { readonly subjectId: string }[];
}

describe('a rating run whose process is killed', () => {
  let service: TestService;
  let officer: SignedIn;
  const files = new Map(villages.map((code) => [code, Array.from({ length: perVillage }, (_, index) => household(newId(), { netAssets: String(700 * index) }, { groupCode: `${code}01` }))]));
  const everybody = [...files.values()].flat().map(({ subjectId }) => subjectId);

  beforeAll(async () => {
    service = await startTestService(rating, { environment: { MESSAGE_SILENCE_SECONDS: '1' } });
    officer = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
    const director = await service.account({ posts: [{ role: 'county-director', divisionCode: county }] });
    service.peer.answer(archivesReads.divisions, () => villages.map((code) => ({ code, name: code, level: 'village' as const, parentCode: null })));
    service.peer.answer(archivesReads.ratingFiles, ({ villageCode }) => files.get(villageCode) ?? []);
    const final = { roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null, hundredths: 9000 };
    service.peer.answer(civilityReads.finalScores, ({ villageCode }) => (files.get(villageCode) ?? []).map(({ subjectId }) => ({ ...final, householdId: subjectId })));
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
    const { scorecardId } = await act<{ scorecardId: string }>('draftScorecard', 'DraftScorecardArgs', { divisionCode: county, kind: 'H', version: 1 }, 'scorecardId');
    await act('approveScorecard', 'ApproveScorecardArgs', { divisionCode: county, scorecardId }, 'scorecardId', director);
  });
  afterAll(() => service.close());

  const act = <T>(mutation: string, type: string, given: object, answer: string, who: SignedIn = officer): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input: { requestId: newId(), ...given } }, who.token).then((data) => data[mutation] as T);
  const start = async (): Promise<string> => (await act<{ runId: string }>('startRating', 'StartRunArgs', { divisionCode: county }, 'runId')).runId;
  const done = async (runId: string): Promise<number> => (await service.admin.query<{ done: number }>(`SELECT count(*)::int AS done FROM rating.run_village WHERE run_id = $1 AND state = 'computed'`, [runId])).rows[0]?.done ?? 0;
  const atLeast = (runId: string, villagesDone: number): Promise<number | undefined> => service.until(async () => ((await done(runId)) >= villagesDone ? done(runId) : undefined), `${villagesDone} villages`);

  /** What the run came to, read through the door, without ids and moments. */
  const canonical = async (runId: string): Promise<string> => {
    const rows: { subjectId: string }[] = [];
    for (let after: string | null = null; ; ) {
      const { ratingResults }: { ratingResults: Page } = await service.data<{ ratingResults: Page }>(
        'query ($id: ID!, $after: String) { ratingResults(runId: $id, first: 200, after: $after) { nextCursor rows { subjectId status reasons total grade civility quantitative lines { indicator value band points nearest } } } }',
        { id: runId, after },
        officer.token,
      );
      rows.push(...ratingResults.rows);
      after = ratingResults.nextCursor;
      if (after === null) return JSON.stringify(rows.toSorted((a, b) => (a.subjectId < b.subjectId ? -1 : 1)));
    }
  };

  it('goes on when it is back, and ends with the same results to the letter', async () => {
    const whole = await start();
    await atLeast(whole, villages.length);
    const expected = await canonical(whole);
    await act('cancelRating', 'RunArgs', { runId: whole }, 'runId');

    let process = await service.inProcess();
    const killed = await start();
    const killedAt: number[] = [];
    for (let from = 0; from < villages.length; from = (killedAt.at(-1) ?? 0) + 12) {
      await atLeast(killed, from);
      await new Promise((resolve) => setTimeout(resolve, randomInt(20)));
      await process.end('SIGKILL');
      killedAt.push(await done(killed));
      process = await service.inProcess();
    }
    await atLeast(killed, villages.length);
    expect(killedAt.filter((villagesDone) => villagesDone < villages.length).length).toBeGreaterThanOrEqual(3);
    expect(await canonical(killed)).toBe(expected);
    expect(JSON.parse(expected)).toHaveLength(everybody.length);
    const { rows } = await service.admin.query(`SELECT 1 FROM rating.audit WHERE subject = $1 AND action = 'run.village-computed'`, [killed]);
    expect(rows).toHaveLength(villages.length);
  }, 180_000);
});
