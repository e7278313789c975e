import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules, repositoryRoot, storingServices } from '@credit/platform';
import { createTestDatabase, type TestDatabase } from '@credit/testing';
import { Client } from 'pg';
import { Random } from '../demo/random';
import { makeTown } from '../demo/town';
import { assemble, type Cast } from '../journey/cast';
import { addDays, Clock } from '../journey/clock';
import { collect } from '../journey/collect';
import { CountyGraphClient } from '../journey/graph-client';
import { prepareReview, review } from '../journey/review';
import { Story } from '../journey/story';
import { type RunningSystem, startSystem } from '../system/system';
import { caseDays, casePlan, mustBeFinal, villagePlans } from './plan';
import { type HouseholdCase, VillageCase } from './village-case';

const households = 200;
const lastDay = 53;
const atOnce = 4;
const accidentEvery = 5;
/** Days on which every household is compared with the reference; on the others every twentieth. */
const thorough = new Set([17, 18, 32, lastDay]);
/** The last day on which anything is done; then only time passes. */
const lastAct = 44;

interface Score {
  readonly score: string;
  readonly firstScore: string;
  readonly finality: { readonly final: boolean; readonly reason: string | null };
}

describe('200 households whose cases cross each other, on the database', () => {
  let database: TestDatabase;
  let system: RunningSystem | undefined;
  let admin: Client;
  let cast: Cast;
  let clock: Clock;
  let villages: VillageCase[] = [];
  const random = new Random(20_221_201);

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    system = await startSystem({
      adminUrl: database.adminUrl,
      roleSecret: database.roleSecret,
      dataDir: mkdtempSync(join(tmpdir(), 'credit-interleavings-')),
      port: 0,
      sandbox: true,
      environment: { LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent', REPAIR_EVERY_SECONDS: '1' },
    });
    const { urls, issuer, bootstrapFile } = system;
    const story = new Story(() => undefined);
    const town = makeTown(households);
    const graph = await CountyGraphClient.open(urls.gateway, { issuer, clientId: 'county-frontend', redirectUri: `${urls.gateway}/sign-in/callback`, audience: 'urn:credit-village' });
    cast = await assemble(graph, town, bootstrapFile);
    clock = new Clock(urls.publicity, cast.systemAdmin, story);
    await collect(cast, town, loadRules(join(repositoryRoot(), 'rules')), urls, story);
    const rounds = await prepareReview(cast, town.countyCode, clock, story);
    await review(cast, rounds, urls.civility, clock, story);
    const plans = villagePlans(random, rounds.length);
    villages = rounds.map((round, index) => new VillageCase(round, plans[index] ?? { kind: 'quiet' }, cast.townSupervisor, round.households.map(() => casePlan(random))));
  }, 180_000);
  afterAll(async () => {
    await system?.close();
    await admin.end();
    await database.drop();
  }, 60_000);

  const cases = (): HouseholdCase[] => villages.flatMap((village) => village.cases);

  /** Messages are lost on their way, and others are sent a second time and so out of order. */
  async function accident(): Promise<void> {
    await admin.query("DELETE FROM bullmq.job WHERE state = 'waiting' AND random() < 0.5");
    for (const service of storingServices) await admin.query(`UPDATE "${service}".outbox SET relayed_at = NULL WHERE relayed_at IS NOT NULL AND random() < 0.02`);
  }

  async function scoresOf(village: VillageCase, asked: readonly HouseholdCase[]): Promise<Map<string, Score>> {
    const scores = new Map<string, Score>();
    for (let from = 0; from < asked.length; from += 20) {
      const ids = asked.slice(from, from + 20).map(({ householdId }) => householdId);
      const query = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id civilityScores { score firstScore finality { final reason } } } }';
      const { householdsByIds } = await village.round.staff.clerk.ask<{ householdsByIds: { id: string; civilityScores: Score[] }[] }>(query, { ids });
      for (const { id, civilityScores } of householdsByIds) if (civilityScores[0]) scores.set(id, civilityScores[0]);
    }
    return scores;
  }

  const sampled = (village: VillageCase, today: number): HouseholdCase[] => village.cases.filter((_one, index) => thorough.has(today) || (index + today) % 20 === 0);

  /** Final exactly when the reference says so, whatever messages have come. */
  async function finalityHolds(village: VillageCase, today: number): Promise<void> {
    const asked = sampled(village, today);
    const scores = await scoresOf(village, asked);
    for (const { householdId, plan } of asked) {
      const about = { today, plan, village: village.plan };
      expect({ ...about, final: scores.get(householdId)?.finality.final }).toEqual({ ...about, final: mustBeFinal(village.plan, plan, today) });
    }
  }

  /** Once every message has come: the first score untouched, the present one as filed or as answered. */
  async function scoresHold(village: VillageCase, today: number): Promise<void> {
    const asked = sampled(village, today);
    const scores = await scoresOf(village, asked);
    for (const one of asked) {
      const shown = scores.get(one.householdId);
      const before = filed.get(one.householdId);
      const { changedTo } = one.plan;
      const changed = one.expected === 'admitted' && changedTo !== null && today >= caseDays(one.plan).answeredOn;
      const about = { today, plan: one.plan, village: village.plan };
      expect({ ...about, first: shown?.firstScore, score: shown?.score }).toEqual({ ...about, first: before?.firstScore, score: changed ? (changedTo / 100).toFixed(2) : before?.score });
    }
  }
  const filed = new Map<string, Score>();

  it('are lawful on every day, and end as the policy says', async () => {
    for (const village of villages) for (const [id, score] of await scoresOf(village, village.cases)) filed.set(id, score);
    const began = await clock.today();
    const calendarDay = (day: number): string => addDays(began, day);
    for (const today of [...Array.from({ length: lastAct + 1 }, (_, day) => day), lastDay]) {
      if (today > 0) await clock.to(`${calendarDay(today)}T09:00:00+08:00`);
      for (const village of villages) await village.day(today, calendarDay);
      const waiting = shuffled(cases().filter(({ plan }) => today >= plan.objectOn));
      const workers = Array.from({ length: atOnce }, async () => {
        for (let one = waiting.pop(); one; one = waiting.pop()) await one.day(today, calendarDay);
      });
      for (const outcome of await Promise.allSettled([...workers, ...(today % accidentEvery === 0 ? [accident()] : [])])) if (outcome.status === 'rejected') throw outcome.reason;
      for (const village of villages) await finalityHolds(village, today);
      await settled();
      for (const village of villages) await scoresHold(village, today);
    }
  }, 600_000);

  it('leaves every objection refused, taken back or closed, with the reason of its day', async () => {
    for (const village of villages) {
      for (const one of village.cases) {
        for (const id of one.objectionIds) {
          const { objection } = await village.round.staff.secretary.ask<{ objection: { objection: { state: string; refusal: string | null } } }>('query ($id: ID!) { objection(id: $id) { objection { state refusal } } }', { id });
          const { state, refusal } = objection.objection;
          expect({ id, plan: one.plan, village: village.plan, state, refusal }).toEqual({
            id,
            plan: one.plan,
            village: village.plan,
            ...{
              'not-posted': { state: 'refused', refusal: 'not-posted' },
              late: { state: 'refused', refusal: 'late' },
              'taken-back': { state: 'withdrawn', refusal: null },
              admitted: { state: 'closed', refusal: null },
            }[one.expected],
          });
        }
      }
    }
    expect(cases().filter(({ objectionIds }) => objectionIds.length > 0)).toHaveLength(households);
    expect(new Set(cases().map((one) => one.expected))).toEqual(new Set(['admitted', 'late', 'not-posted', 'taken-back']));
  });

  /** Every message of the day has been handled by everybody who hears it. */
  async function settled(): Promise<void> {
    const handled = storingServices.map((service) => `SELECT '${service}' AS hearer, message_id FROM "${service}".inbox`).join(' UNION ALL ');
    const unheard = storingServices.map((service) => `SELECT o.id FROM "${service}".outbox o, unnest(o.hearers) h WHERE NOT EXISTS (SELECT 1 FROM handled i WHERE i.hearer = h AND i.message_id = o.id)`).join(' UNION ALL ');
    while ((await admin.query<{ n: number }>(`WITH handled AS MATERIALIZED (${handled}) SELECT count(*)::int AS n FROM (${unheard}) u`)).rows[0]?.n !== 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  function shuffled<T>(rows: T[]): T[] {
    return rows.map((row) => ({ row, at: random.next() })).toSorted((a, b) => a.at - b.at).map(({ row }) => row);
  }
});
