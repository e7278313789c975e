import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules, newId, repositoryRoot } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import ExcelJS from 'exceljs';
import { writeImportWorkbook } from '../../../tools/bench/import-workbook';
import { archives } from '../src/archives.service';
import { village } from './village';

interface Job {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly values: number | null;
  readonly hasMarked: boolean;
  readonly errors: readonly { readonly sheet: string; readonly row: number; readonly column: string; readonly message: string }[];
}

describe('a large workbook', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-size-'));
  let service: TestService;
  let clerk: SignedIn;
  beforeAll(async () => {
    service = await startTestService(archives);
    clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const made = async (rows: number): Promise<{ bytes: Buffer; rows: number; values: number; households: number }> => {
    const file = join(folder, `${rows}.xlsx`);
    const counts = await writeImportWorkbook(file, loadRules(join(repositoryRoot(), 'rules')), village, rows);
    return { bytes: readFileSync(file), ...counts };
  };
  const upload = async (bytes: Buffer): Promise<string> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'village.xlsx');
    const answer = await fetch(`${service.url}/imports?villageCode=${village}`, { method: 'POST', headers: { authorization: `Bearer ${clerk.token}`, 'idempotency-key': newId() }, body: form });
    return ((await answer.json()) as { jobId: string }).jobId;
  };
  const job = async (id: string): Promise<Job> =>
    (await service.data<{ importJob: Job }>('query ($id: ID!) { importJob(id: $id) { state done total values hasMarked errors { sheet row column message } } }', { id }, clerk.token)).importJob;

  it('shows its progress while nothing of it is loaded yet, is loaded whole, and changes nothing the second time', async () => {
    const { bytes, rows, values, households } = await made(3_000);
    const id = await upload(bytes);
    const moving = await service.until(async () => {
      const { done, total } = await job(id);
      return done > 0 && done < total ? { done, total } : undefined;
    }, 'the progress to move');
    expect(moving.total).toBe(rows);
    const ended = await service.until(async () => ((await job(id)).state === 'done' ? job(id) : undefined), 'the import to end');
    expect(ended).toMatchObject({ done: rows, total: rows, values });
    const again = await upload(bytes);
    expect(await service.until(async () => ((await job(again)).state === 'done' ? job(again) : undefined), 'the second import to end')).toMatchObject({ values: 0 });
    const { rows: counts } = await service.admin.query<{ files: number; versions: number }>('SELECT count(*)::int AS files, max(version) AS versions FROM archives.credit_file');
    expect(counts).toEqual([{ files: households, versions: 1 }]);
    expect((await service.admin.query('SELECT 1 FROM archives.import_progress')).rowCount).toBe(0);
  }, 60_000);

  it('with faults comes back as their list alone, and loads nothing', async () => {
    const { bytes } = await made(6_004);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as never);
    const cell = book.getWorksheet('农户')?.getCell(1_000, 1);
    if (cell) cell.value = 'H1';
    const id = await upload(Buffer.from(await book.xlsx.writeBuffer()));
    const ended = await service.until(async () => ((await job(id)).state === 'failed' ? job(id) : undefined), 'the import to be refused');
    expect(ended.errors).toContainEqual(expect.objectContaining({ sheet: '农户', row: 1_000, column: '户编号' }));
    const answer = await fetch(`${service.url}/imports/${id}/marked.xlsx`, { headers: { authorization: `Bearer ${clerk.token}` } });
    const marked = new ExcelJS.Workbook();
    await marked.xlsx.load((await answer.arrayBuffer()) as never);
    expect(marked.worksheets.map(({ name }) => name)).toEqual(['问题清单']);
    expect(marked.worksheets[0]?.rowCount).toBe(ended.errors.length + 1);
  }, 60_000);

  it('that fails for a reason of ours is tried again and given up after some tries, and does not stand in the way of the next', async () => {
    const { bytes, values } = await made(404);
    await service.admin.query(`CREATE FUNCTION archives.break_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`);
    await service.admin.query('CREATE TRIGGER broken BEFORE INSERT ON archives.item_value FOR EACH ROW EXECUTE FUNCTION archives.break_down()');
    await service.admin.query('TRUNCATE archives.subject CASCADE');
    const id = await upload(bytes);
    const ended = await service.until(async () => ((await job(id)).state === 'failed' ? job(id) : undefined), 'the import to be given up');
    expect(ended.errors).toEqual([{ sheet: '', row: 0, column: '', message: '系统未能办理这份采集表，没有入库，请联系管理员' }]);
    await service.admin.query('DROP TRIGGER broken ON archives.item_value');
    const next = await upload(bytes);
    expect(await service.until(async () => ((await job(next)).state === 'done' ? job(next) : undefined), 'the next to be loaded')).toMatchObject({ values });
  }, 60_000);
});
