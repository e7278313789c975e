import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot } from '@credit/platform';
import { z } from 'zod';
import { batchReceipt, holding, offered, recordReceipt, villageSummary } from '../src/province/province-adapter';
import { provinceRules } from '../src/province/province-rules';
import { examples, gzipped } from './province-examples';

const folder = join(repositoryRoot(), 'docs/province');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const json = (name: string): unknown => JSON.parse(read(name));

describe('the examples in docs/province', () => {
  it('are what the code makes', () => {
    expect(Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]))).toEqual(examples);
  });

  it('are answers the adapter understands', () => {
    expect(offered.parse(json('offered.json'))).toEqual({ missing: [1] });
    expect(batchReceipt.parse(json('receipt.json')).state).toBe('done');
    z.object({ villages: z.array(villageSummary) }).parse(json('summary.json'));
    z.object({ records: z.array(holding) }).parse(json('holdings.json'));
    z.object({ receipts: z.array(recordReceipt) }).parse(json('receipts.json'));
  });

  it('are sent compressed, and hold listed items only', () => {
    expect(gunzipSync(gzipped()).toString()).toBe(read('chunk-1.ndjson'));
    expect(read('chunk-1.ndjson')).not.toContain('notListed');
  });

  it('are described in docs/province.md with every code the county has a sentence for', () => {
    const text = readFileSync(join(repositoryRoot(), 'docs/province.md'), 'utf8');
    for (const name of Object.keys(examples)) expect(text).toContain(`province/${name}`);
    for (const [code, zh] of Object.entries(provinceRules('2031-03-01').rejections)) expect(text).toContain(`| \`${code}\` | ${zh} |`);
  });
});
