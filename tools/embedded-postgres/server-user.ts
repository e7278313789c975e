import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, lchownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseStartError } from './start-problem';

/** PostgreSQL refuses to run as root: then it runs as `nobody`. `undefined` means the user who started us. */
export type ServerUser = { readonly uid: number; readonly gid: number } | undefined;

export function serverUser(): ServerUser {
  if (process.geteuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout || 65534);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export function give(path: string, user: ServerUser): void {
  if (user) chownSync(path, user.uid, user.gid);
}

export function giveTree(folder: string, user: ServerUser): void {
  if (!user) return;
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) lchownSync(join(folder, name), user.uid, user.gid);
}

/** Whether the server's user may walk into the folder; a home of root is usually closed to `nobody`. */
export function canEnter(folder: string, user: ServerUser): boolean {
  return !user || spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}

/**
 * The place for what the server's user cannot reach where it is: a folder of root's in the temporary folder that outlives
 * a restart of the machine, the same one for the same `purpose`.
 */
export function shelterFor(purpose: string): string {
  const temporary = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const folder = join(temporary, `credit-village-${createHash('sha256').update(purpose).digest('hex').slice(0, 16)}`);
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== 0) {
    throw new DatabaseStartError(`文件夹 ${folder} 不属于 root，不能使用：请检查后删除它。 / The folder ${folder} does not belong to root and is not used: look at it and delete it.`);
  }
  chmodSync(folder, 0o755);
  return folder;
}
