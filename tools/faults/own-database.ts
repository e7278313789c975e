import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import { readPidFile } from '../embedded-postgres/stale-server';
import { freePort } from '../free-port';

/** A PostgreSQL that a row may kill and starve: whenever it has ended it is started again, as a supervisor would do it. */
export interface OwnDatabase {
  readonly adminUrl: string;
  /** `kill -9` of the server and of everything it started. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const lookEveryMs = 200;

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

function killAll(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  for (const one of [pid, ...children]) process.kill(one, 'SIGKILL');
  return [pid, ...children];
}

export async function startOwnDatabase(folder: string): Promise<OwnDatabase> {
  mkdirSync(folder, { recursive: true });
  const options = { dataDir: join(folder, 'postgres'), port: await freePort(), durable: true };
  let server: EmbeddedPostgres = await startEmbeddedPostgres(options);
  let ending = false;
  const watching = (async () => {
    while (!ending) {
      const running = readPidFile(options.dataDir);
      // A full disk may end it again at once; the next look tries again.
      if (!running || !alive(running.pid)) server = await startEmbeddedPostgres(options).catch(() => server);
      await delay(lookEveryMs);
    }
  })();
  return {
    adminUrl: server.adminUrl,
    kill: async () => {
      const running = readPidFile(options.dataDir);
      const killed = running ? killAll(running.pid) : [];
      while (killed.some(alive)) await delay(10);
    },
    stop: async () => {
      ending = true;
      await watching;
      await server.stop();
    },
  };
}
