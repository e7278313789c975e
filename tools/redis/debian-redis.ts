import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface RedisProgram {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
}

const patienceMs = 120_000;

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: patienceMs, env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' } });
  const [, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`${command} failed: ${complaint.trim().split('\n').at(-1) ?? code}`);
}

function unpackedProgram(root: string): RedisProgram {
  const libraries = existsSync(join(root, 'usr/lib')) ? readdirSync(join(root, 'usr/lib')).map((name) => join(root, 'usr/lib', name)) : [];
  return { command: join(root, 'usr/bin/redis-server'), environment: { LD_LIBRARY_PATH: libraries.join(':') } };
}

/** Asks apt for exactly the packages this system lacks, with state folders of our own: no root, nothing is installed. */
async function download(folder: string): Promise<string[]> {
  const archives = join(folder, 'cache/archives');
  for (const name of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, name), { recursive: true });
  const options = [`Dir::State::lists=${join(folder, 'lists')}`, `Dir::Cache=${join(folder, 'cache')}`, 'Debug::NoLocking=1', 'APT::Sandbox::User=root', 'Acquire::Retries=1', 'Acquire::http::Timeout=20', 'Acquire::Languages=none'].flatMap((option) => ['-o', option]);
  await run('apt-get', ['-q', ...options, 'update']);
  await run('apt-get', ['-qy', ...options, '--no-install-recommends', '--download-only', 'install', 'redis-server']);
  return readdirSync(archives).filter((name) => name.endsWith('.deb')).map((name) => join(archives, name));
}

/** Redis out of Debian's or Ubuntu's packages, unpacked once into a folder of the project. Rejects with the reason. */
export async function debianRedis(folder: string): Promise<RedisProgram> {
  const root = join(folder, 'root');
  if (existsSync(root)) return unpackedProgram(root);
  const half = join(folder, `new-${process.pid}`);
  try {
    for (const archive of await download(half)) await run('dpkg-deb', ['-x', archive, join(half, 'root')]);
    if (!existsSync(root)) renameSync(join(half, 'root'), root);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return unpackedProgram(root);
}
