import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Service } from '@credit/contracts';
import { repositoryRoot } from '@credit/platform';

const patienceMs = 60_000;
const pollMs = 25;

/** One service in a process of its own, as it was built; it may be killed at any moment and never outlives its parent. */
export interface ServiceProcess {
  readonly service: Service;
  readonly url: string;
  readonly pid: number;
  /** Ends it by this signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended with ${child.exitCode ?? child.signalCode}`);
    if (performance.now() > deadline) throw new Error(`not ready after ${patienceMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Starts `apps/<service>` with this environment, `PORT` included; resolves when it is ready, rejects with its last words. */
export async function startServiceProcess(service: Service, environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const root = repositoryRoot();
  const child = spawn(process.execPath, [join(root, `dist/apps/${service}/src/main.js`)], {
    cwd: root,
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  const gone = once(child, 'exit').then(() => void running.delete(child));
  const complaint = text(child.stderr);
  const url = `http://127.0.0.1:${environment['PORT']}`;
  try {
    await untilReady(url, child);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${service}: ${(error as Error).message}: ${(await complaint).trim()}`, { cause: error });
  }
  return {
    service,
    url,
    pid: child.pid ?? 0,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
