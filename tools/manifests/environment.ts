import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, knownVariables, loadConfig } from '@credit/platform';
import { ManifestFault } from './objects';

export type Environment = Readonly<Record<string, string>>;

/** What the container runtime and Node read for themselves. */
const notOurs = new Set(['TZ', 'NODE_OPTIONS']);

/** Variables that no service reads: a slip of the pen, or one the code gave up. */
export function unreadVariables(environment: Environment): string[] {
  return Object.keys(environment).filter((name) => !notOurs.has(name) && !knownVariables.includes(name.replace(/_FILE$/, '')));
}

/**
 * 试读配置 — reads a container's environment with the very code of the service, after the files it names were laid out in
 * `folder`. `mounted` holds each file's text by the path the container sees.
 */
export function readConfig(environment: Environment, mounted: ReadonlyMap<string, string>, folder: string): Config {
  const onThisMachine = Object.entries(environment).map(([name, value], index) => {
    if (!name.endsWith('_FILE')) return [name, value];
    const text = mounted.get(value);
    if (text === undefined) throw new ManifestFault(`${name}: nothing is mounted at ${value}`);
    const file = join(folder, String(index));
    writeFileSync(file, text);
    return [name, file];
  });
  return loadConfig(Object.fromEntries(onThisMachine));
}
