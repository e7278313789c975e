import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that a row may fill. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all that is left. */
  fill(): void;
  empty(): void;
  remove(): void;
}

const size = '700m';

function mount(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder]).status === 0;
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder]);
}

export function smallDisksAllowed(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'credit-disk-'));
  const allowed = mount(folder);
  if (allowed) unmount(folder);
  rmSync(folder, { recursive: true, force: true });
  return allowed;
}

/** Only an administrator of the machine may make one; nothing where that is not allowed. */
export function mountSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  if (!mount(folder)) return undefined;
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'w');
      for (const piece of [1 << 20, 1 << 12]) {
        try {
          for (const bytes = Buffer.alloc(piece); ; ) writeSync(file, bytes);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
    remove: () => unmount(folder),
  };
}
