import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';

const text = readFileSync(join(repositoryRoot(), 'docs/due-process.md'), 'utf8');
const rows = text.split('\n').filter((line) => line.startsWith('| 三') || line.startsWith('| 二') || line.startsWith('| 四'));
const plain = (source: string): string => source.replaceAll("\\'", "'").replaceAll('’', "'");

describe('docs/due-process.md', () => {
  it('has a row per clause', () => expect(rows.length).toBeGreaterThan(30));

  it.each(rows.map((row) => [row.split('|')[2]?.trim() ?? '', row] as const))('%s', (_what, row) => {
    const files = [...row.matchAll(/`((?:apps|libs|tools)\/[^`]+)`/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(files.filter((file) => !existsSync(join(repositoryRoot(), file)))).toEqual([]);
    const tests = [...row.matchAll(/`([^`]+spec\.ts)` “([^”]+)”/g)];
    expect(tests.length).toBeGreaterThan(0);
    for (const [, file = '', name = ''] of tests) expect(plain(readFileSync(join(repositoryRoot(), file), 'utf8'))).toContain(plain(name));
  });
});
