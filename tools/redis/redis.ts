import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort, localHost } from '../free-port';
import { debianRedis, type RedisProgram } from './debian-redis';

/** A Redis to put queues on: it never evicts and keeps nothing on disk. */
export interface Redis {
  readonly url: string;
  /** The process to end should we die; `undefined` for one that is not ours. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** 没有 Redis — the reason, to be shown beside the tests that were skipped for it. */
export class RedisMissing extends Error {}

function runs(command: string): boolean {
  return spawnSync(command, ['--version'], { env: process.env }).status === 0;
}

function programInPath(): RedisProgram | undefined {
  const command = ['redis-server', 'valkey-server'].find(runs);
  return command === undefined ? undefined : { command, environment: {} };
}

async function findProgram(folder: string): Promise<RedisProgram> {
  const installed = programInPath();
  if (installed) return installed;
  if (!runs('apt-get')) throw new RedisMissing('no REDIS_URL, no redis-server in PATH, and no apt-get to fetch one');
  return debianRedis(folder).catch((error: Error) => {
    throw new RedisMissing(`no REDIS_URL, no redis-server in PATH, and ${error.message}`);
  });
}

async function untilReady(server: ChildProcess): Promise<void> {
  if (!server.stdout) throw new RedisMissing('redis-server cannot be heard');
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready to accept connections')) {
      server.stdout.resume();
      return;
    }
    said.push(line);
  }
  throw new RedisMissing(`redis-server ended: ${said.at(-1) ?? 'without a word'}`);
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill();
  await ended;
}

/** `REDIS_URL`, or a server of our own on a free port: `redis-server` from PATH, else from Debian packages kept in `folder`. */
export async function startRedis(folder: string): Promise<Redis> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: given, pid: undefined, stop: () => Promise.resolve() };
  const program = await findProgram(folder);
  const port = await freePort();
  const server = spawn(program.command, ['--port', String(port), '--bind', localHost, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'], {
    cwd: folder,
    env: { ...process.env, ...program.environment },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  process.once('exit', () => server.kill());
  await untilReady(server);
  return { url: `redis://${localHost}:${port}`, pid: server.pid, stop: () => stopServer(server) };
}
