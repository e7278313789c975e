import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Redis as RedisClient } from 'ioredis';
import { freePort, localHost } from '../free-port';
import { debianRedis, type RedisProgram } from './debian-redis';

/** A Redis to put queues on: it never evicts and keeps nothing on disk. */
export interface Redis {
  readonly url: string;
  /** The process to end should we die; `undefined` for one that is not ours. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export interface OwnRedis extends Redis {
  /** Killed, and back with nothing it held once `meanwhile` is over. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
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

async function serve({ command, environment }: RedisProgram, folder: string, port: number, more: readonly string[] = []): Promise<ChildProcess> {
  const server = spawn(command, ['--port', String(port), '--bind', localHost, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', ...more], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  process.once('exit', () => server.kill());
  await untilReady(server);
  return server;
}

/** `REDIS_URL`, or a server of our own on a free port: `redis-server` from PATH, else from Debian packages kept in `folder`. */
export async function startRedis(folder: string): Promise<Redis> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: given, pid: undefined, stop: () => Promise.resolve() };
  return startOwnRedis(folder, folder);
}

/** A server of our own, even where `REDIS_URL` names another: it may be killed. */
export async function startOwnRedis(packages: string, folder: string): Promise<OwnRedis> {
  const [program, port] = [await findProgram(packages), await freePort()];
  let server = await serve(program, folder, port);
  return {
    url: `redis://${localHost}:${port}`,
    pid: server.pid,
    stop: () => stopServer(server),
    async restart(meanwhile) {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      await meanwhile();
      server = await serve(program, folder, port);
    },
  };
}

const masters = 3;
const slots = 16_384;

/** A Redis Cluster of three masters on this machine, with a third of the slots each; its configuration is kept in `folder` while it runs. */
export async function startRedisCluster(packages: string, folder: string): Promise<Redis> {
  const program = await findProgram(packages);
  const ports = await Promise.all(Array.from({ length: masters * 2 }, () => freePort()));
  const nodes = ports.slice(0, masters).map((port, index) => ({ port, bus: ports[masters + index] ?? 0 }));
  const servers = await Promise.all(nodes.map(({ port, bus }) => serve(program, folder, port, ['--cluster-enabled', 'yes', '--cluster-config-file', `${port}.conf`, '--cluster-port', String(bus), '--protected-mode', 'no'])));
  const clients = nodes.map(({ port }) => new RedisClient({ host: localHost, port }));
  try {
    const bounds = Array.from({ length: masters + 1 }, (_, index) => Math.floor((slots * index) / masters));
    await Promise.all(clients.map((client, index) => client.call('CLUSTER', 'ADDSLOTSRANGE', bounds[index] ?? 0, (bounds[index + 1] ?? 0) - 1)));
    for (const { port, bus } of nodes.slice(1)) await clients[0]?.call('CLUSTER', 'MEET', localHost, port, bus);
    for (const client of clients) while (!/cluster_state:ok[^]*cluster_known_nodes:3/.test(String(await client.call('CLUSTER', 'INFO')))) await new Promise((resolve) => setTimeout(resolve, 50));
  } finally {
    for (const client of clients) client.disconnect();
  }
  return {
    url: `redis-cluster://${nodes.map(({ port }) => `${localHost}:${port}`).join(',')}`,
    pid: undefined,
    stop: async () => void (await Promise.all(servers.map(stopServer))),
  };
}
