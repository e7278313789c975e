import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { archives } from '../src/archives.service';
import { sound, village, workbook } from './village';
import { sheets } from './zip-parts';

interface Job {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly values: number | null;
  readonly errors: readonly { readonly sheet: string; readonly row: number; readonly column: string; readonly message: string }[];
}

const runs = 100;
const plain = { noNullPrototype: true } as const;
const names: readonly string[] = sheets.map(({ name }) => name);
const headers = new Set(sheets.flatMap(({ columns }) => columns.map(({ header }) => header)));

/** What people and programs put into cells. */
const written = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 150, maxLength: 300 }),
  fc.constantFrom('是', '否', '户主', '34152510920401', 'H341525109204010001', '999999197001010017', '_x0000_', '_xD800_', '=1+1', "'; DROP TABLE subject;--", '𰻝', '１２３', '80,000.5', '-0', '1e999', '\u202e'),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.constant(null),
  fc.record({ formula: fc.constant('HYPERLINK("http://evil.example")'), result: fc.string({ maxLength: 10 }) }, plain),
  fc.record({ error: fc.constantFrom('#N/A', '#REF!') }, plain),
  fc.record({ richText: fc.array(fc.record({ text: fc.string({ maxLength: 8 }) }, plain), { maxLength: 3 }) }, plain),
);
const slip = fc.record({ sheet: fc.nat(5), row: fc.integer({ min: 1, max: 6 }), column: fc.integer({ min: 1, max: 25 }), value: written });
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const attempt = fc.record({
  slips: fc.array(slip, { maxLength: 3 }),
  withoutSheet: seldom(fc.nat(5)),
  /** Where the file itself was damaged on its way. */
  flips: seldom(fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 4 })),
  cutAt: seldom(fc.double({ min: 0, max: 1, noNaN: true })),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

async function spoiled({ slips, withoutSheet, flips, cutAt }: Attempt): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await workbook(sound())) as never);
  for (const { sheet, row, column, value } of slips) {
    const cell = book.worksheets[sheet]?.getCell(row, column);
    if (cell) cell.value = value as ExcelJS.CellValue;
  }
  if (withoutSheet !== null) book.removeWorksheet(book.worksheets[withoutSheet]?.id ?? 0);
  const bytes = Buffer.from(await book.xlsx.writeBuffer());
  for (const [place, byte] of flips ?? []) bytes[Math.floor(place * bytes.length)] = byte;
  return cutAt === null ? bytes : bytes.subarray(0, Math.floor(cutAt * bytes.length));
}

describe('whatever is uploaded', () => {
  let service: TestService;
  let clerk: SignedIn;
  beforeAll(async () => {
    service = await startTestService(archives);
    clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
  });
  afterAll(() => service.close());

  const counted = async (): Promise<string> => {
    const { rows } = await service.admin.query<{ rows: string }>(
      `SELECT concat_ws(' ', (SELECT count(*) FROM archives.subject), (SELECT count(*) FROM archives.member), (SELECT count(*) FROM archives.item_value), (SELECT count(*) FROM archives.credit_file),
         (SELECT count(*) FROM archives.consent), (SELECT count(*) FROM archives.division WHERE level = 'group')) AS rows`,
    );
    return rows[0]?.rows ?? '';
  };
  const upload = async (bytes: Buffer): Promise<Job | { readonly refused: number; readonly title: string }> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'village.xlsx');
    const answer = await fetch(`${service.url}/imports?villageCode=${village}`, { method: 'POST', headers: { authorization: `Bearer ${clerk.token}`, 'idempotency-key': newId() }, body: form });
    const body = (await answer.json()) as { jobId: string; title: string };
    if (answer.status !== 202) return { refused: answer.status, title: body.title };
    const query = 'query ($id: ID!) { importJob(id: $id) { state done total values errors { sheet row column message } } }';
    return service.until(async () => {
      const { importJob } = await service.data<{ importJob: Job }>(query, { id: body.jobId }, clerk.token);
      return importJob.state === 'waiting' ? undefined : importJob;
    }, 'the import to end');
  };

  it('is loaded whole or not at all, never breaks anything, and is always explained in Chinese by sheet, row and column', async () => {
    const ends = { loaded: 0, explained: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(attempt, async (given) => {
        const bytes = await spoiled(given);
        const before = await counted();
        const job = await upload(bytes);
        if ('refused' in job) {
          ends.refused += 1;
          expect([job.refused, /\p{Script=Han}/u.test(job.title), await counted()]).toEqual([expect.any(Number), true, before]);
          expect([400, 413]).toContain(job.refused);
        } else if (job.state === 'failed') {
          ends.explained += 1;
          expect(await counted()).toBe(before);
          expect(job.errors.length).toBeGreaterThan(0);
          for (const { sheet, row, column, message } of job.errors) {
            expect(message).toMatch(/\p{Script=Han}{2}/u);
            if (sheet === '') expect([row, column, message.startsWith('系统')]).toEqual([0, '', false]);
            else expect([names.includes(sheet), row >= 1, column === '' || headers.has(column)]).toEqual([true, true, true]);
          }
        } else {
          ends.loaded += 1;
          expect([job.state, job.done]).toEqual(['done', job.total]);
          const loaded = await counted();
          expect(await upload(bytes)).toMatchObject({ state: 'done', values: 0 });
          expect(await counted()).toBe(loaded);
        }
      }),
      { numRuns: runs },
    );
    expect(Object.entries(ends).filter(([, count]) => count === 0)).toEqual([]);
  }, 120_000);
});
