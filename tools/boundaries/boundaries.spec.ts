import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '../..');

/** A small house in which every file breaks one rule, or none. */
const files: readonly (readonly [path: string, source: string, broken: string | null])[] = [
  ['libs/policy/src/index.ts', 'export const days = 7;', null],
  ['libs/policy/src/clock.ts', "import { hrtime } from 'node:process'; export const now = hrtime;", 'policy-is-pure'],
  ['libs/policy/src/shape.ts', "import { z } from 'zod'; export const day = z.string();", 'policy-is-pure'],
  ['libs/policy/src/days.spec.ts', "import { days } from './index'; import { test } from 'fast-check'; test(days);", null],
  ['libs/contracts/src/index.ts', "import { z } from 'zod'; export const id = z.uuid();", null],
  ['libs/contracts/src/calls.ts', "import { request } from 'node:http'; export const call = request;", 'contracts-know-only-their-schemas'],
  ['libs/platform/src/index.ts', "import { DataSource } from 'typeorm'; export const source = DataSource;", null],
  ['libs/platform/src/upwards.ts', "import { post } from '../../../apps/publicity/src/publications/post-publication'; export const up = post;", 'libraries-never-import-apps'],
  ['libs/platform/src/sideways.ts', "import { now } from '../../policy/src/clock'; export const side = now;", 'libraries-by-their-public-face'],
  ['libs/platform/src/launch.ts', "import { start } from '../../../tools/start'; export const launch = start;", 'only-the-testing-library-knows-tools'],
  ['tools/start.ts', 'export const start = 1;', null],
  ['apps/publicity/src/publications/post-publication.ts', "import { days } from '@credit/policy'; export const post = days;", null],
  ['apps/publicity/src/publications/neighbour.ts', "import { appeal } from '../../../appeals/src/file-objection'; export const other = appeal;", 'apps-never-import-each-other'],
  ['apps/publicity/src/publications/a-type.ts', "import type { Appeal } from '../../../appeals/src/file-objection'; export type Other = Appeal;", 'apps-never-import-each-other'],
  ['apps/publicity/src/publications/speaks-graphql.ts', "import { Args } from '@nestjs/graphql'; export const args = Args;", 'use-cases-know-no-transport'],
  ['apps/publicity/src/publications/speaks-http.ts', "import type { FastifyRequest } from 'fastify'; export type Request = FastifyRequest;", 'use-cases-know-no-transport'],
  ['apps/publicity/src/publications/queues.ts', "import { Queue } from 'bullmq'; export const queue = Queue;", 'use-cases-know-no-transport'],
  ['apps/publicity/src/publications/asks-database.ts', "import { EntityManager } from 'typeorm'; export const manager = EntityManager;", 'only-stores-know-the-database'],
  ['apps/publicity/src/publications/publication.resolver.ts', "import { Args } from '@nestjs/graphql'; export const args = Args;", null],
  ['apps/publicity/src/publications/publication.row.ts', "import { Entity } from 'typeorm'; export const row = Entity;", null],
  ['apps/publicity/src/publications/guesses.ts', "import { test } from 'fast-check'; export const guess = test;", 'no-development-packages-in-services'],
  ['apps/publicity/src/publications/lost.ts', "import { gone } from './gone'; export const lost = gone;", 'everything-resolves'],
  ['apps/appeals/src/file-objection.ts', "export type Appeal = string; export const appeal = 'x';", null],
  ['apps/appeals/src/hen.ts', "import { egg } from './egg'; export const hen = egg;", 'no-cycles'],
  ['apps/appeals/src/egg.ts', "import { hen } from './hen'; export const egg = hen;", 'no-cycles'],
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
  readonly cycle?: readonly { readonly name: string }[];
}

let house: string;
let violations: readonly Violation[];

beforeAll(() => {
  house = realpathSync(mkdtempSync(join(tmpdir(), 'credit-village-house-')));
  for (const [path, source] of files) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), source);
  }
  mkdirSync(join(house, 'tools/boundaries'));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', 'tools/boundaries/aliases.cjs']) copyFileSync(join(repository, file), join(house, file));
  symlinkSync(join(repository, 'node_modules'), join(house, 'node_modules'));
  const cruise = spawnSync(process.execPath, [join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs', 'tools'], { cwd: house, encoding: 'utf8' });
  violations = (JSON.parse(cruise.stdout) as { summary: { violations: Violation[] } }).summary.violations;
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

/** A cycle is reported once, at one of its files. */
function brokenBy(path: string): string[] {
  return violations.filter(({ from, cycle }) => from === path || cycle?.some(({ name }) => name === path)).map(({ rule }) => rule.name);
}

describe('the boundaries of the house', () => {
  it.each(files.filter(([, , broken]) => broken !== null))('%s: %s', (path, _source, broken) => {
    expect(brokenBy(path)).toContain(broken);
  });

  it.each(files.filter(([, , broken]) => broken === null))('%s may say: %s', (path) => {
    expect(brokenBy(path)).toEqual([]);
  });
});

describe('the purity of the policy', () => {
  function complaintsAbout(source: string): string[] {
    const folder = mkdtempSync(join(house, 'policy-'));
    writeFileSync(join(folder, 'rule.ts'), source);
    writeFileSync(join(folder, 'rule.spec.ts'), 'Date.now();');
    const { stderr } = spawnSync(process.execPath, [join(repository, 'tools/boundaries/purity.mjs'), folder], { encoding: 'utf8' });
    return stderr.split('\n').filter((line) => line !== '');
  }

  it.each(['Date.now()', 'new Date()', 'Math.random()', 'process.env', 'performance.now()', 'setTimeout(() => 1, 1)'])('finds %s', (expression) => {
    expect(complaintsAbout(`export const rule = (): unknown => ${expression};`)).toHaveLength(1);
  });

  it('takes no offence at comments, names of properties, or dates made from numbers', () => {
    expect(complaintsAbout('// Date.now()\nexport const rule = (process_: { process: number }) => [process_.process, Date.UTC(2022, 0, 1), new Date(0)];')).toEqual([]);
  });

  it('holds for the policy as it is', () => {
    expect(execFileSync(process.execPath, [join(repository, 'tools/boundaries/purity.mjs'), join(repository, 'libs/policy/src')], { encoding: 'utf8' })).toBe('');
  });
});
