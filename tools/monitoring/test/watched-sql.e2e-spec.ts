import { backlogSql, dutySql, storingServices } from '@credit/platform';
import { createTestDatabase, type TestDatabase } from '@credit/testing';
import { Client } from 'pg';
import { definitions } from '../../system/definitions';

/** Tables with a few rows for each village or round, where reading all of them costs nothing. */
const smallTables = ['correction_request', 'round_step', 'work_item'];

const watched = definitions.flatMap(({ service, duties = [], backlogs = [] }) => [
  ...duties.map((duty) => ({ service, name: duty.duty, sql: dutySql(duty) })),
  ...backlogs.map((backlog) => ({ service, name: backlog.work, sql: backlogSql(backlog) })),
]);

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.adminUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('what services are watched by', () => {
  it('is something in every service with duties, each name once', () => {
    expect(watched.length).toBeGreaterThan(20);
    expect(new Set(watched.map(({ name }) => name)).size).toBe(watched.length);
    for (const { service } of watched) expect(storingServices).toContain(service);
  });

  it.each(watched)('$service $name is read from the service’s own tables by an index of what is open', async ({ service, sql }) => {
    await client.query(`SET search_path = "${service}", platform`);
    const { rows } = await client.query<Record<string, unknown>>(sql);
    expect(rows).toHaveLength(1);
    await client.query('SET enable_seqscan = off');
    const plan = (await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`)).rows.map((row) => row['QUERY PLAN']);
    const readWhole = plan.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? []);
    expect(readWhole.filter((table) => !smallTables.includes(table))).toEqual([]);
  });
});
