import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { createTestDatabase } from '@credit/testing';
import { Client } from 'pg';
import { type Redis, startRedis, startRedisCluster } from '../redis/redis';
import { startProcesses } from '../system/processes';
import { auditFindings, parkedMessages } from './aftermath';
import { liveOneCycle } from './journey';
import { Story } from './story';

const packages = join(repositoryRoot(), '.data/redis');
const itOnRedis = process.env['REDIS_URL'] ? it : it.skip;

describe('one whole cycle with every service in a process of its own', () => {
  itOnRedis.each<{ shape: string; replicas: number; redis: (folder: string) => Promise<Redis> }>([
    { shape: 'one process each, queues on Redis', replicas: 1, redis: () => startRedis(packages) },
    { shape: 'two replicas each, queues on a Redis Cluster of three masters', replicas: 2, redis: (folder) => startRedisCluster(packages, folder) },
  ])('$shape', async ({ replicas, redis: open }) => {
    const folder = mkdtempSync(join(tmpdir(), 'credit-processes-'));
    mkdirSync(join(folder, 'redis'));
    const database = await createTestDatabase();
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const redis = await open(join(folder, 'redis'));
    const system = await startProcesses({
      adminUrl: database.adminUrl,
      roleSecret: database.roleSecret,
      dataDir: folder,
      port: 0,
      sandbox: true,
      queueUrl: redis.url,
      replicas,
      environment: { LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent' },
    });
    try {
      const lines: string[] = [];
      await liveOneCycle({ system, households: 40, story: new Story((line) => lines.push(line)) });
      expect(lines.join('\n')).toContain('已到期');
      expect(await parkedMessages(admin)).toEqual([]);
      expect(await auditFindings(admin, system)).toEqual([]);
    } finally {
      await system.close();
      await redis.stop();
      await admin.end();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
