import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, localHost } from '../free-port';
import { findPlace, holdsDatabase, makeDatabase, type Place, speaksEnglish } from './database-folder';
import { readPidFile, stopStaleServer } from './stale-server';
import { explain } from './start-problem';

export { DatabaseStartError } from './start-problem';

export interface EmbeddedPostgresOptions {
  /** Where the data is kept between starts. Beside it: its password (`.password`), its log (`.log`). */
  readonly dataDir: string;
  /** A free one by default. */
  readonly port?: number;
  /** `false` gives up crash safety for speed: only for data that may be lost, such as a test's. */
  readonly durable?: boolean;
  readonly log?: (line: string) => void;
}

/** 内置数据库 — a PostgreSQL from npm, reachable only from this machine and only with its password. */
export interface EmbeddedPostgres {
  readonly adminUrl: string;
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

const startPatienceMs = 180_000;
const stopPatienceMs = 20_000;
const attemptsOnFreePorts = 5;
const leastFreeBytes = 64 * 1024;

function settings(port: number, durable: boolean): string[] {
  const values = [`listen_addresses=${localHost}`, `port=${port}`, 'unix_socket_directories=', 'max_connections=200', 'timezone=UTC'];
  if (!durable) values.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB');
  return values.flatMap((value) => ['-c', value]);
}

/** The last words of the server. On a full disk it cannot even write those. */
function lastWords({ dataDir, logFile }: Place): string {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize < leastFreeBytes ? 'No space left on device' : readFileSync(logFile, 'utf8');
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null || server.pid === undefined;
}

async function untilReady(server: ChildProcess, place: Place): Promise<void> {
  let spawnFailure: Error | undefined;
  server.once('error', (error) => (spawnFailure = error));
  for (const deadline = performance.now() + startPatienceMs; performance.now() < deadline; await delay(10)) {
    if (spawnFailure) throw spawnFailure;
    if (hasEnded(server) && server.pid !== undefined) throw new Error(lastWords(place));
    const file = readPidFile(place.dataDir);
    if (file?.pid === server.pid && file?.status === 'ready') return;
  }
  throw new Error(`not ready after ${startPatienceMs / 1000} s, see ${place.logFile}`);
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return;
  server.ref();
  const ended = once(server, 'exit');
  const impatience = setTimeout(() => server.kill('SIGQUIT'), stopPatienceMs);
  server.kill('SIGINT');
  await ended;
  clearTimeout(impatience);
}

/** Runs apart from the terminal's Ctrl-C, so that services can finish their work before the database goes. */
async function runServer(place: Place, port: number, durable: boolean): Promise<() => Promise<void>> {
  const log = openSync(place.logFile, 'w', 0o600);
  const server = spawn(place.binaries.postgres, ['-D', place.dataDir, ...settings(port, durable)], {
    ...place.user,
    cwd: dirname(place.binaries.postgres),
    env: speaksEnglish,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  server.unref();
  const stopAtExit = (): void => void server.kill('SIGINT');
  process.once('exit', stopAtExit);
  const stop = async (): Promise<void> => {
    await stopServer(server);
    process.off('exit', stopAtExit);
    rmSync(place.ownerFile, { force: true });
  };
  try {
    writeFileSync(place.ownerFile, String(process.pid));
    await untilReady(server, place);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Another program may take a free port before the server does: then the next free one is tried. */
async function runOnSomePort(place: Place, wanted: number | undefined, durable: boolean): Promise<{ port: number; stop: () => Promise<void> }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(wanted);
    try {
      return { port, stop: await runServer(place, port, durable) };
    } catch (error) {
      const taken = String(error).includes('Address already in use');
      if (!taken || wanted !== undefined || attempt === attemptsOnFreePorts) throw error;
    }
  }
}

async function start(place: Place, { port: wanted, durable = true, log = () => undefined }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await stopStaleServer(place.dataDir, place.ownerFile, log);
  if (wanted !== undefined) await freePort(wanted);
  if (!holdsDatabase(place)) {
    log('初始化数据库 / creating the database');
    makeDatabase(place, durable);
  }
  const { port, stop } = await runOnSomePort(place, wanted, durable);
  const password = readFileSync(place.passwordFile, 'utf8');
  return { adminUrl: `postgres://postgres:${password}@${localHost}:${port}/postgres`, host: localHost, port, stop };
}

/**
 * 启动内置数据库 — makes the database at the first start (about a second), stops a server left by a killed program, and
 * answers when connections are accepted. Throws `DatabaseStartError` with one sentence to show; nothing is left running.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  let dataDir = options.dataDir;
  try {
    const place = findPlace(options.dataDir, options.log ?? (() => undefined));
    dataDir = place.dataDir;
    return await start(place, options);
  } catch (error) {
    throw explain(error, { dataDir, port: options.port });
  }
}
