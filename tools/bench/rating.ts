import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createReadStream, createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { services } from '@credit/contracts';
import { newId, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { rating } from '../../apps/rating/src/rating.service';
import { cardKindOf, compiledCard, rateFile } from '../../apps/rating/src/runs/rate-subject';
import { RateVillage } from '../../apps/rating/src/runs/rate-village';
import { ResultStore } from '../../apps/rating/src/runs/result.store';
import { RunStore } from '../../apps/rating/src/runs/run.store';
import { ScorecardStore } from '../../apps/rating/src/scorecards/scorecard.store';
import { filesOf, perVillage, scoresOf, villagesFor } from './rating-town';
import type { Section } from './section';

const county = '341525000000';
const seconds = (since: number): number => (performance.now() - since) / 1000;
const residentMiB = (): number => Math.round(process.memoryUsage().rss / 1024 / 1024);

/** 全县测评 — from the officer's request to the last village's results, against the least that must be done: scoring in memory, and COPY of the same rows. */
export const ratingSection: Section = {
  name: 'rating',
  what: 'a run over a county, end to end',
  run: ({ households = 109_000 }) =>
    amongNeighbours(households, async (service) => {
      const cards = await scorecardInForce(service);
      const before = residentMiB();
      const began = performance.now();
      const { startRating } = await service.data<{ startRating: { runId: string } }>('mutation ($input: StartRunArgs!) { startRating(input: $input) { runId } }', { input: { requestId: newId(), divisionCode: county } }, cards.officer);
      let most = before;
      while ((await service.admin.query(`SELECT 1 FROM rating.run WHERE run_id = $1 AND state = 'computed'`, [startRating.runId])).rowCount !== 1) {
        most = Math.max(most, residentMiB());
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const took = seconds(began);
      const rows = Number((await service.admin.query<{ rows: string }>('SELECT count(*) AS rows FROM rating.result WHERE run_id = $1', [startRating.runId])).rows[0]?.rows);
      const [copying, scoring] = [await copyAgain(service), scoreInMemory(cards.card, households)];
      const ratio = took / (copying + scoring);
      return [
        { figure: `${rows} results, end to end`, value: `${took.toFixed(1)} s`, target: '≤ 30 s', met: took <= 30 },
        { figure: `against the floor (COPY ${copying.toFixed(1)} s + scoring ${scoring.toFixed(1)} s)`, value: `${ratio.toFixed(2)} ×`, target: '≤ 3 ×', met: ratio <= 3 },
        { figure: 'memory of the process before, and at most', value: `${before} MiB, ${most} MiB`, target: null, met: true },
      ];
    }),
};

/** 试算 — a draft over the whole county beside the version in force. */
export const whatIfSection: Section = {
  name: 'what-if',
  what: 'a draft of a scorecard tried on a county',
  run: ({ households = 100_000 }) =>
    amongNeighbours(households, async (service) => {
      const { officer, scorecardId } = await scorecardInForce(service);
      const grades = ([['AAA', 95], ['AA', 88], ['A', 80], ['B', 60], ['C', 50], ['D', 0]] as const).map(([grade, from]) => ({ grade, from, source: 'bench' }));
      const { editScorecard } = await service.data<{ editScorecard: { scorecardId: string } }>('mutation ($input: EditScorecardArgs!) { editScorecard(input: $input) { scorecardId } }', { input: { requestId: newId(), divisionCode: county, scorecardId, grades, effectiveFrom: '2099-01-01' } }, officer);
      const began = performance.now();
      const { simulateScorecard } = await service.data<{ simulateScorecard: { simulationId: string } }>('mutation ($input: StartSimulationArgs!) { simulateScorecard(input: $input) { simulationId } }', { input: { requestId: newId(), divisionCode: county, scorecardId: editScorecard.scorecardId } }, officer);
      const look = async () => (await service.data<{ scorecardSimulation: { state: string; subjects: number } }>('query ($id: ID!) { scorecardSimulation(id: $id) { state subjects } }', { id: simulateScorecard.simulationId }, officer)).scorecardSimulation;
      let seen = await look();
      while (seen.state !== 'computed') {
        await new Promise((resolve) => setTimeout(resolve, 100));
        seen = await look();
      }
      const took = seconds(began);
      return [{ figure: `${seen.subjects} households under both cards, with matrix, movers and shares`, value: `${took.toFixed(1)} s`, target: '≤ 60 s', met: took <= 60 && seen.subjects >= households }];
    }),
};

/** The service on a database of its own; archives and civility are played by a process that has by heart what it is asked for. */
async function amongNeighbours<T>(households: number, work: (service: TestService) => Promise<T>): Promise<T> {
  const neighbours = fork(join(__dirname, 'rating-neighbours'), [String(households)], { execArgv: process.execArgv });
  const [port] = (await once(neighbours, 'message')) as [number];
  const service = await startTestService(rating, { environment: { PEERS: JSON.stringify(Object.fromEntries(services.map((name) => [name, `http://127.0.0.1:${port}`]))) } });
  try {
    return await work(service);
  } finally {
    await service.close();
    neighbours.kill();
  }
}

/** 百万户 — scoring and writing alone, village after village: does a household cost more when many are there already? */
export const ratingGrowthSection: Section = {
  name: 'rating-growth',
  what: 'scoring and writing, a million households against a hundred thousand',
  async run({ households = 1_000_000 }) {
    const service = await startTestService(rating);
    try {
      const { card, scorecardId } = await scorecardInForce(service);
      const [work, vault, rate] = [UnitOfWork, Vault, RateVillage].map((token) => service.app.get(token, { strict: false })) as [UnitOfWork, Vault, RateVillage];
      const runId = newId();
      const villages = villagesFor(households);
      await work.run(systemActor(), (tx) => new RunStore(tx).insert({ runId, divisionCode: county, ratingOn: tx.today, scorecards: { H: scorecardId }, engine: '1', changedOnly: false, startedBy: 'bench' }, villages));
      const run = await work.run(systemActor(), (tx) => new RunStore(tx).byId(runId));
      const cards = new Map([['H', { scorecardId, kind: 'H' as const, card }]]) as never;
      const costs: number[] = [];
      const memory: number[] = [];
      for (const village of villages) {
        const files = filesOf(village, perVillage);
        const facts = { files, scores: new Map(scoresOf(files).map((score) => [score.householdId, score])), cards, medians: { netIncomePerHead: '20000' } };
        const began = performance.now();
        await work.run(systemActor(), async (tx) => {
          const seals = await vault.sealsFor(tx, files.map(({ subjectId }) => subjectId));
          await new ResultStore(tx).insertAll(files.flatMap((file) => seals.get(file.subjectId) ?? []).map((seal, order) => rate.resultOf(run, 'run', village, files[order] as never, facts, seal)));
        });
        costs.push((performance.now() - began) / files.length);
        memory.push(residentMiB());
      }
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      const tenth = Math.ceil(villages.length / 10);
      const [first, all] = [mean(costs.slice(0, tenth)), mean(costs)];
      const [early, late] = [memory.slice(0, tenth), memory.slice(-tenth)].map((part) => Math.max(...part)) as [number, number];
      return [
        { figure: `microseconds a household over the first ${tenth * perVillage}, over all ${villages.length * perVillage}`, value: `${(first * 1000).toFixed(0)}, ${(all * 1000).toFixed(0)}: ${(all / first).toFixed(2)} ×`, target: '≤ 1.3 ×', met: all / first <= 1.3 },
        { figure: 'most memory over the first tenth, over the last', value: `${early} MiB, ${late} MiB`, target: '≤ 1.3 ×', met: late <= early * 1.3 },
      ];
    } finally {
      await service.close();
    }
  },
};

async function scorecardInForce(service: TestService) {
  const { token: officer } = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
  const { token: director } = await service.account({ posts: [{ role: 'county-director', divisionCode: county }] });
  const { draftScorecard } = await service.data<{ draftScorecard: { scorecardId: string } }>('mutation ($input: DraftScorecardArgs!) { draftScorecard(input: $input) { scorecardId } }', { input: { requestId: newId(), divisionCode: county, kind: 'H', version: 1 } }, officer);
  const { scorecardId } = draftScorecard;
  await service.data('mutation ($input: ApproveScorecardArgs!) { approveScorecard(input: $input) { scorecardId } }', { input: { requestId: newId(), divisionCode: county, scorecardId } }, director);
  const stored = await service.app.get(UnitOfWork, { strict: false }).run(systemActor(), (tx) => new ScorecardStore(tx).byId(scorecardId));
  if (!stored) throw new Error('the scorecard is not there');
  return { officer, scorecardId, card: stored.card };
}

/** The same rows into a table with the same columns, key and indexes, in one transaction. */
async function copyAgain({ admin }: TestService): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-rows-'));
  const file = join(folder, 'rows');
  try {
    await admin.query('CREATE TABLE rating.result_again (LIKE rating.result INCLUDING ALL)');
    await pipeline(admin.query(copyTo('COPY rating.result TO STDOUT')), createWriteStream(file));
    if (statSync(file).size === 0) throw new Error('no rows to copy');
    const began = performance.now();
    await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), admin.query(copyFrom('COPY rating.result_again FROM STDIN')));
    return seconds(began);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scoreInMemory(card: Parameters<typeof compiledCard>[1], households: number): number {
  const compiled = compiledCard('bench', card);
  const villages = villagesFor(households).map((village) => filesOf(village, perVillage));
  const scores = new Map(villages.flatMap((files) => scoresOf(files).map((score) => [score.householdId, score])));
  const began = performance.now();
  for (const files of villages) for (const file of files) if (rateFile(compiled, file, scores.get(file.subjectId), { netIncomePerHead: '20000' }).outcome.totalHundredths === undefined) throw new Error(cardKindOf[file.subjectKind]);
  return seconds(began);
}
