// Makes a bare clone ready: checks Node, and installs the packages of the lockfile when they are missing or have changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const stampFile = join(root, 'node_modules', '.credit-village-lock');

/** A sentence for the person at the keyboard; the launcher prints it without a stack and ends with 1. */
export class LauncherError extends Error {}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new LauncherError(`需要 Node 20.19 或更新版本，当前是 ${process.versions.node}。 / Node 20.19 or newer is needed, this is ${process.versions.node}: see https://nodejs.org`);
}

function lockStamp() {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(`${process.platform} ${process.arch}`).digest('hex');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Packages that this system must have: all but the optional ones, and of those the ones built for exactly this system. */
function isNeeded(entry) {
  const forThisSystem = entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch) && !entry.libc?.includes('musl');
  return !entry.optional || forThisSystem;
}

/** npm keeps its own list of what it installed: then `npm install` by hand counts as well. */
function isInstalled() {
  const installed = JSON.parse(read(join(root, 'node_modules', '.package-lock.json')) ?? '{"packages":{}}').packages;
  const { '': _project, ...wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => installed[path]?.version === entry.version || (!installed[path] && !isNeeded(entry)));
}

/** Packages' own install scripts do not run: none is needed, and none may report to its maker. */
function install() {
  console.log('安装依赖（第一次需要一两分钟） / installing packages (the first time takes a minute or two)');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (npm.error) throw new LauncherError(`找不到 npm：请安装 Node 自带的 npm。 / npm was not found: install the npm that comes with Node. (${npm.error.message})`);
  if (npm.status !== 0) {
    throw new LauncherError('依赖安装失败：请检查网络（或 npm 镜像设置）和磁盘空间，然后重试。 / Installing packages failed: check the network (or the npm registry setting) and the disk, then try again.');
  }
}

export function prepare() {
  checkNode();
  const wanted = lockStamp();
  if (read(stampFile) === wanted) return;
  if (!isInstalled()) install();
  writeFileSync(stampFile, wanted);
}

/** Runs a launcher: a known problem is one sentence, an unknown one keeps its stack; both end with 1. */
export async function launch(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof LauncherError ? error.message : error);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await launch(prepare);
