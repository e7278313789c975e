import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcess } from './processes';
import { DatabaseStartError } from './start-problem';

export interface PidFile {
  readonly pid: number;
  readonly dataDir: string;
  readonly status: string;
}

/** What the server itself says of its state (`postmaster.pid`); `undefined` when none runs or it is only beginning. */
export function readPidFile(dataDir: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), dataDir: lines[1] ?? '', status: lines[7]?.trim() ?? '' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function readOwner(ownerFile: string): number | undefined {
  try {
    return Number(readFileSync(ownerFile, 'utf8'));
  } catch {
    return undefined;
  }
}

async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const deadline = performance.now() + milliseconds; performance.now() < deadline; await delay(20)) {
    if (!findProcess(pid)) return true;
  }
  return false;
}

/**
 * Stops the server that a killed program left behind on this data. A server whose program still lives is in use and is
 * left alone: then this start is refused.
 */
export async function stopStaleServer(dataDir: string, ownerFile: string, log: (line: string) => void): Promise<void> {
  const file = readPidFile(dataDir);
  if (!file) return;
  const server = findProcess(file.pid);
  if (!server?.command.replaceAll('\\', '/').includes(file.dataDir)) {
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
    return;
  }
  if (server.parentPid === readOwner(ownerFile)) {
    throw new DatabaseStartError(
      `另一个正在运行的程序（进程 ${server.parentPid}）在使用 ${dataDir}：请先停止它。 / A running program (process ${server.parentPid}) is using ${dataDir}: stop it first.`,
    );
  }
  log(`停止上次遗留的数据库进程 ${file.pid} / stopping the database process ${file.pid} left from before`);
  for (const [signal, patience] of [['SIGINT', 15_000], ['SIGQUIT', 5_000]] as const) {
    try {
      process.kill(file.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    if (await endsWithin(file.pid, patience)) return;
  }
  throw new Error('lock file "postmaster.pid" already exists');
}
