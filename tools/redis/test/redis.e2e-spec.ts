import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis as RedisClient } from 'ioredis';
import { startRedis } from '../redis';

const given = process.env['REDIS_URL'];
const itOnRedis = given ? it : it.skip;

describe('the Redis of the tests', () => {
  itOnRedis('is a Redis that never evicts, as queues need', async () => {
    const client = new RedisClient(given ?? '', { lazyConnect: true });
    await client.connect();
    expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    client.disconnect();
  });

  itOnRedis('is a Redis of our own on a free port when none is given, and goes when it is stopped', async () => {
    delete process.env['REDIS_URL'];
    try {
      const redis = await startRedis(resolve(__dirname, '../../../.data/redis'));
      expect(redis.url).not.toBe(given);
      const client = new RedisClient(redis.url, { lazyConnect: true, retryStrategy: () => null });
      await client.connect();
      expect(await client.ping()).toBe('PONG');
      client.disconnect();
      await redis.stop();
      await expect(new RedisClient(redis.url, { lazyConnect: true, retryStrategy: () => null }).connect()).rejects.toThrow();
    } finally {
      process.env['REDIS_URL'] = given;
    }
  });

  it('is named as missing, with the reason, where neither a server nor apt can be had', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credit-village-no-redis-'));
    const before = { REDIS_URL: process.env['REDIS_URL'], PATH: process.env['PATH'] };
    try {
      delete process.env['REDIS_URL'];
      process.env['PATH'] = folder;
      await expect(startRedis(folder)).rejects.toThrow('no REDIS_URL, no redis-server in PATH, and no apt-get to fetch one');
    } finally {
      Object.assign(process.env, before);
      if (before.REDIS_URL === undefined) delete process.env['REDIS_URL'];
      rmSync(folder, { recursive: true });
    }
  });
});
