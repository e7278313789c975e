import { gzipSync } from 'node:zlib';
import { manifestOf } from '../src/province/province-manifest';
import { digestOf, lineOf, upsertRow } from '../src/province/province-row';
import { provinceRules } from '../src/province/province-rules';

const rules = provinceRules('2031-03-01');
const household = upsertRow(
  {
    fileId: '0195aa00-0000-7000-8000-000000000001',
    subjectKind: 'household',
    subjectNo: 'H341525109204010001',
    groupCode: '34152510920401',
    version: 2,
    verifiedOn: '2031-02-20',
    items: { ableWorkers: '2', annualIncome: '80000.00', mainIndustry: '茶叶', notListed: 'stays here' },
    consent: { economics: true, credit: false },
  },
  1001,
  rules,
);
const erased = { schema: rules.schema, op: 'delete', recordId: '0195aa00-0000-7000-8000-000000000002', sequence: 1002, version: 3, villageCode: '341525109204', reason: 'erased' } as const;
const lines = [household, erased].map(lineOf);
const manifest = manifestOf({ schema: rules.schema, county: '341525000000', village: '341525109204', period: '2031-03-01' }, [lines]);
const rowDigest = digestOf(lineOf(household));
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const records = [
  { recordId: household.recordId, sequence: household.sequence, outcome: 'rejected', code: 'field.invalid', field: 'annualIncome' },
  { recordId: erased.recordId, sequence: erased.sequence, outcome: 'accepted' },
];

/** The chunk as it is sent. */
export const gzipped = (): Buffer => gzipSync(lines.join(''));

/** 示例报文 — the files of `docs/province`, made by the code that makes the real ones; the signature alone stands for one. */
export const examples: Readonly<Record<string, string>> = {
  'chunk-1.ndjson': lines.join(''),
  'offer.json': pretty({ manifest, signature: { algorithm: 'EdDSA', value: 'eyJhbGciOiJFZERTQSJ9.…' } }),
  'offered.json': pretty({ missing: [1] }),
  'receipt.json': pretty({ state: 'done', records }),
  'summary.json': pretty({ villages: [{ villageCode: '341525109204', count: 1, sha256: digestOf(`${household.recordId} ${rowDigest}\n`) }] }),
  'holdings.json': pretty({ records: [{ recordId: household.recordId, sha256: rowDigest }] }),
  'changes.json': pretty({ changes: [household, erased], nextCursor: '1002' }),
  'receipts.json': pretty({ receipts: records }),
};
