import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Binaries, findBinaries } from './binaries';
import { canEnter, give, type ServerUser, serverUser, shelterFor } from './server-user';
import { DatabaseStartError } from './start-problem';

/** 数据库的位置 — its folder, what lies beside it, and who runs the server. */
export interface Place {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly dataDir: string;
  readonly passwordFile: string;
  readonly ownerFile: string;
  readonly logFile: string;
}

const majorVersion = '18';

/** The programs answer in English whatever the system's language, so that `explain` understands them. */
export const speaksEnglish = { ...process.env, LC_ALL: 'C' };

/** Tells a folder from another one that stood at the same path before, whose sheltered data is not its own. */
function identityOf(dataDir: string): string {
  const file = `${dataDir}.identity`;
  if (!existsSync(file)) writeFileSync(file, randomBytes(12).toString('hex'));
  return readFileSync(file, 'utf8');
}

export function findPlace(wanted: string, log: (line: string) => void): Place {
  const user = serverUser();
  let dataDir = resolve(wanted);
  mkdirSync(dirname(dataDir), { recursive: true });
  if (!canEnter(dirname(dataDir), user)) {
    dataDir = join(shelterFor(`${dataDir} ${identityOf(dataDir)}`), basename(dataDir));
    log(`数据库放在 ${dataDir} / the database is kept in ${dataDir}`);
  }
  return { binaries: findBinaries(user), user, dataDir, passwordFile: `${dataDir}.password`, ownerFile: `${dataDir}.owner`, logFile: `${dataDir}.log` };
}

/** An existing database of this version with its password, or an empty place; anything else is not touched. */
export function holdsDatabase({ dataDir, passwordFile }: Place): boolean {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return false;
  const versionFile = join(dataDir, 'PG_VERSION');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'none';
  if (version !== majorVersion) {
    throw new DatabaseStartError(`${dataDir} 不是 PostgreSQL ${majorVersion} 的数据：请换一个文件夹。 / ${dataDir} does not hold data of PostgreSQL ${majorVersion} (found: ${version}): choose another folder.`);
  }
  if (!existsSync(passwordFile)) {
    throw new DatabaseStartError(`缺少密码文件 ${passwordFile}：请从备份恢复，或删除 ${dataDir} 重新开始。 / The password file ${passwordFile} is missing: restore it, or delete ${dataDir} to begin anew.`);
  }
  return true;
}

/** Names of one UTF-8 character type per system; without one, trigram search finds nothing in Chinese. */
const characterTypes = process.platform === 'win32' ? ['C'] : ['C.UTF-8', 'en_US.UTF-8'];

/** Made beside its place and moved there whole: an interrupted start leaves no half database. */
export function makeDatabase({ binaries, user, dataDir, passwordFile }: Place, durable: boolean): void {
  const half = `${dataDir}.new`;
  rmSync(half, { recursive: true, force: true });
  try {
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    give(passwordFile, user);
    let complaint = '';
    for (const characterType of characterTypes) {
      mkdirSync(half, { mode: 0o700 });
      give(half, user);
      const { status, stderr, error } = spawnSync(
        binaries.initdb,
        ['-D', half, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${characterType}`, '--no-instructions', ...(durable ? [] : ['--no-sync'])],
        { ...user, cwd: dirname(binaries.initdb), env: speaksEnglish, encoding: 'utf8' },
      );
      if (status === 0) {
        rmSync(dataDir, { recursive: true, force: true });
        renameSync(half, dataDir);
        return;
      }
      complaint = error?.message ?? stderr;
      rmSync(half, { recursive: true, force: true });
      if (!complaint.includes('invalid locale name')) break;
    }
    throw new Error(complaint);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    throw error;
  }
}
