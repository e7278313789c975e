import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@credit/contracts';
import { repositoryRoot } from '@credit/platform';
import { HealthController } from '../../libs/platform/src/http/health.controller';
import { routesOf } from './routes';

const root = repositoryRoot();
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const stages = read('Dockerfile').split(/^FROM /m).slice(1);
const final = stages.at(-1) ?? '';
const build = stages.find((stage) => stage.includes(' AS build')) ?? '';

describe('the image', () => {
  it('is built from the lockfile alone, and takes neither tools nor sources that do not run', () => {
    const installs = stages.flatMap((stage) => stage.match(/npm (?:ci|install|i)\b.*/g) ?? []);
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toMatch(/^npm ci .*--ignore-scripts/);
    expect(stages.find((stage) => stage.includes(' AS packages'))).toContain('--omit=dev');
    expect(final).not.toMatch(/npm|apt-get|curl|COPY \. /);
  });

  it('holds the entry, the rules and every service that the entry names', () => {
    const entry = read('tools/container-entry.mjs');
    for (const service of services) expect([service, entry.includes(`'${service}'`)]).toEqual([service, true]);
    for (const path of ['package.json', 'nest-cli.json', 'rules', 'tools/container-entry.mjs']) {
      expect(build).toMatch(new RegExp(`cp -r --parents .*${path}`));
      expect([path, existsSync(join(root, path))]).toEqual([path, true]);
    }
    for (const path of ['dist/apps', 'dist/libs', 'dist/tools/migrate', 'dist/tools/audit', 'dist/tools/backup', 'dist/tools/restore']) expect([path, build.includes(` ${path} `)]).toEqual([path, true]);
  });

  it('keeps the typefaces that are printed with', () => {
    const weights = [...read('libs/print/src/sheet/typeface.ts').matchAll(/'[^']*(_\w+\.ttf)'/g)].map(([, weight]) => weight ?? '');
    expect(weights).toHaveLength(2);
    for (const weight of weights) expect([weight, stages[0]?.includes(`! -name '*${weight}'`)]).toEqual([weight, true]);
  });

  it('runs as nobody special, and asks itself a path that the services answer', () => {
    expect(final).toMatch(/^USER 1000:1000$/m);
    expect(final).toMatch(/^ENV NODE_ENV=production /m);
    const asked = /HEALTHCHECK .*127\.0\.0\.1:\$\{process\.env\.PORT\}(\/\w+)`/.exec(final)?.[1];
    expect(routesOf(HealthController)).toContain(asked);
  });

  it('is never built with a secret', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['**/secrets', '.env', '.data', '.git']));
  });
});
