import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(resolve(__dirname, '../package-lock.json'), 'utf8')) as { packages: Readonly<Record<string, LockedPackage>> };

/** Node looks beside the package first, then upwards, folder by folder. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

describe('the lockfile', () => {
  it('holds the binaries of every system, so that a bare clone installs on each of them', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        .filter(([name]) => !isLocked(name, path))
        .map(([name, version]) => `${name}@${version}`),
    );
    expect(missing).toEqual([]);
  });
});
