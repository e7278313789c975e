import { rows } from '../rows';
import { Town } from '../town';

const redisThere = Boolean(process.env['REDIS_URL']);

describe('what no fault may break, in short', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open(redisThere ? 'redis' : 'postgres');
  }, 120_000);
  afterAll(() => town.close(), 60_000);

  for (const row of rows) {
    (row.queues === 'redis' && !redisThere ? it.skip : it)(`${row.no}. ${row.what}`, async () => {
      const own = row.environment && (await Town.open('postgres', row.environment));
      try {
        const { verdicts } = await row.run(own ?? town, 'short');
        expect(verdicts.filter(({ ok, timed }) => !ok && !timed)).toEqual([]);
      } finally {
        await own?.close();
      }
    }, 180_000);
  }
});
