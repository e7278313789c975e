import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Secrets as an operator makes them: by receiver, then by the name of the file. */
export interface MadeSecrets {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  remove(): void;
}

/** 部署密钥 — runs the very command of the operations manual into a folder of its own. */
export function makeSecrets(...options: string[]): MadeSecrets {
  const home = mkdtempSync(join(tmpdir(), 'credit-village-secrets-'));
  const folder = join(home, 'secrets');
  execFileSync(process.execPath, [join(__dirname, 'make-secrets.mjs'), folder, '--public-url', 'https://credit.county.example', ...options]);
  const names = readdirSync(folder).flatMap((receiver) => readdirSync(join(folder, receiver)).map((name) => `${receiver}/${name}`));
  return {
    folder,
    files: new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
