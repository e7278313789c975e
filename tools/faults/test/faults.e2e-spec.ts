import type { Row } from '../row';
import { rows } from '../rows';
import { smallDisksAllowed } from '../small-disk';
import { Town } from '../town';

/** Services that give up sooner, so that the short form is short. */
const impatient = { DATABASE_PATIENCE_SECONDS: '4' };
const redisThere = Boolean(process.env['REDIS_URL']);
const disksAllowed = smallDisksAllowed();
const possible = ({ needs }: Row): boolean => (redisThere || needs?.queues !== 'redis') && (disksAllowed || !needs?.disk);

describe('what no fault may break, in short', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open(redisThere ? { queues: 'redis' } : {});
  }, 120_000);
  afterAll(() => town.close(), 60_000);

  for (const row of rows) {
    (possible(row) ? it : it.skip)(`${row.no}. ${row.what}`, async () => {
      const own = row.needs?.environment || row.needs?.cables || row.needs?.disk ? await Town.open({ ...row.needs, environment: { ...impatient, ...row.needs.environment } }) : undefined;
      try {
        const { verdicts } = await row.run(own ?? town, 'short');
        expect(verdicts.filter(({ ok, timed }) => !ok && !timed)).toEqual([]);
      } finally {
        await own?.close();
      }
    }, 180_000);
  }
});
