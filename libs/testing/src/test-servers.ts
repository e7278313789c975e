import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmbeddedPostgres } from '../../../tools/embedded-postgres/embedded-postgres';
import { findProcess } from '../../../tools/embedded-postgres/processes';
import { stopStaleServer } from '../../../tools/embedded-postgres/stale-server';
import { RedisMissing, startRedis } from '../../../tools/redis/redis';
import { repositoryRoot } from '../../platform/src/config/repository-root';

/** Named after the process that owns it. */
const folder = join(tmpdir(), `credit-village-test-${process.pid}`);
const ownedFolder = /^credit-village-test-(\d+)/;
const redisPackages = join(repositoryRoot(), '.data/redis');
const stops: (() => Promise<void>)[] = [];

/** A run that was killed could not stop its servers: the next run does. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = ownedFolder.exec(name)?.[1];
    const abandoned = join(tmpdir(), name);
    const isOurs = statSync(abandoned, { throwIfNoEntry: false })?.uid === (process.getuid?.() ?? 0);
    if (owner === undefined || !isOurs || findProcess(Number(owner))) continue;
    await stopStaleServer(join(abandoned, 'postgres'), join(abandoned, 'postgres.owner'), () => undefined);
    const redisPid = join(abandoned, 'redis.pid');
    if (existsSync(redisPid)) {
      const pid = Number(readFileSync(redisPid, 'utf8'));
      if (findProcess(pid)?.command.includes('redis-server')) process.kill(pid);
    }
    rmSync(abandoned, { recursive: true, force: true });
  }
}

async function provideDatabase(): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return;
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  stops.push(() => database.stop());
  process.env['TEST_DATABASE_URL'] = database.adminUrl;
}

/** Where no Redis can be had its tests are skipped and `REDIS_MISSING` says why; `REDIS_REQUIRED=true` makes that an error. */
async function provideRedis(): Promise<void> {
  try {
    mkdirSync(redisPackages, { recursive: true });
    const redis = await startRedis(redisPackages);
    stops.push(() => redis.stop());
    if (redis.pid !== undefined) writeFileSync(join(folder, 'redis.pid'), String(redis.pid));
    process.env['REDIS_URL'] = redis.url;
  } catch (error) {
    if (!(error instanceof RedisMissing) || process.env['REDIS_REQUIRED'] === 'true') throw error;
    process.env['REDIS_MISSING'] = error.message;
  }
}

/** Services that a test runs in processes of their own are started as they are in production: built. */
async function build(): Promise<void> {
  const program = `import(${JSON.stringify(pathToFileURL(join(repositoryRoot(), 'tools/build.mjs')).href)}).then(({ build }) => build())`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error('the services could not be built');
}

/** One PostgreSQL (and one Redis, where it can be had) for a whole run: `TEST_DATABASE_URL` and `REDIS_URL` for every worker. */
export async function startTestServers(): Promise<void> {
  await removeAbandoned();
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopTestServers().finally(() => process.exit(1)));
  const failure = (await Promise.allSettled([provideDatabase(), provideRedis(), build()])).find((result) => result.status === 'rejected');
  if (!failure) return;
  await stopTestServers();
  throw failure.reason;
}

export async function stopTestServers(): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
}
