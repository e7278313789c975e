import { Redis as RedisClient } from 'ioredis';
import type { Row } from '../row';

const rounds = { short: 1, usual: 5, long: 20 } as const;
const loadMs = 1_500;
const mostSeconds = 60;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** 5 — the queue is emptied, filled to its limit, killed and comes back without anything it held. */
export const lostQueue: Row = {
  no: 5,
  what: 'queue flushed, full, killed and back empty',
  needs: { queues: 'redis' },
  async run(town, length) {
    const { redis } = town;
    if (!redis) throw new Error('this row needs a Redis');
    const load = town.load('queue').start(4);
    let reads = 0;
    for (let round = 0; round < rounds[length]; round += 1) {
      const client = new RedisClient(redis.url, { maxRetriesPerRequest: 1 });
      client.on('error', () => undefined);
      await pause(loadMs);
      await client.flushall();
      await pause(loadMs);
      await client.config('SET', 'maxmemory', '1mb');
      await pause(loadMs);
      await client.config('SET', 'maxmemory', '0');
      client.disconnect();
      await redis.restart(async () => {
        const { status } = await fetch(`${town.system.urls.archives}/healthz`);
        if (status === 200) reads += 1;
        await pause(loadMs);
      });
    }
    await load.stop();
    const seconds = await town.caughtUp(load.mark);
    return {
      injected: `${rounds[length]} × flush, full, killed`,
      acknowledged: load.acknowledged.length,
      recoveredSeconds: seconds,
      verdicts: [
        ...(await town.verdicts(load)),
        { name: 'the services answer without their queue', ok: reads === rounds[length], detail: `${reads} of ${rounds[length]}` },
        { name: `caught up in ${mostSeconds} s`, ok: seconds <= mostSeconds, detail: `${seconds.toFixed(1)} s`, timed: true },
      ],
    };
  },
};
