import { newId } from '@credit/platform';
import ExcelJS from 'exceljs';
import { household, LoadedVillage, residentId, sound, village, workbook } from './village';

interface Job {
  readonly state: string;
  readonly hasMarked: boolean;
  readonly preview: Readonly<Record<string, number>> | null;
}

describe('workbooks: template, preview, marked', () => {
  let county: LoadedVillage;
  beforeAll(async () => {
    county = await LoadedVillage.open();
  });
  afterAll(() => county.service.close());

  const get = (path: string, token = county.clerk.token): Promise<Response> => fetch(`${county.service.url}/imports/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const upload = async (bytes: Buffer, query = ''): Promise<string> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'village.xlsx');
    const answer = await fetch(`${county.service.url}/imports?villageCode=${village}${query}`, { method: 'POST', headers: { authorization: `Bearer ${county.clerk.token}`, 'idempotency-key': newId() }, body: form });
    return ((await answer.json()) as { jobId: string }).jobId;
  };
  const job = async (id: string): Promise<Job> =>
    (await county.service.data<{ importJob: Job }>('query ($id: ID!) { importJob(id: $id) { state hasMarked preview { newSubjects knownSubjects newMembers newValues changedValues sameValues } } }', { id }, county.clerk.token)).importJob;
  const ended = (id: string): Promise<Job> => county.service.until(async () => ((await job(id)).state !== 'waiting' ? job(id) : undefined), 'the import to end');
  const read = async (answer: Response): Promise<ExcelJS.Workbook> => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await answer.arrayBuffer()) as never);
    return book;
  };

  it('the template has every sheet with its heads, hints and drop-down lists, and an empty one is told what is missing', async () => {
    const answer = await get('template.xlsx');
    expect(answer.status).toBe(200);
    const book = await read(answer);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['村民小组', '农户', '家庭成员', '农户数据', '新型农业经营主体', '村集体经济组织']);
    const items = book.getWorksheet('农户数据');
    const heads = ((items?.getRow(1).values ?? []) as string[]).slice(1);
    expect(heads).toContain('家庭年总收入（元）');
    const column = heads.indexOf('与村集体合同履行') + 1;
    expect(items?.getCell(2, column).dataValidation).toMatchObject({ type: 'list', formulae: ['"无合同,无拖欠,按还款计划履行,违约"'] });
    expect(JSON.stringify(items?.getCell(1, heads.indexOf('家庭年总收入（元）') + 1).note)).toContain('不填表示不详，不等于零');
    expect((await get('template.xlsx', '')).status).toBe(401);
  });

  it('a dry run says what would be new, changed and the same, loads nothing, and is confirmed or discarded', async () => {
    const rows = sound();
    rows.households?.push({ householdNo: household(3), groupCode: rows.households[0]?.['groupCode'] ?? '', address: '三号' });
    rows.members?.push({ householdNo: household(3), name: '赵德福', residentId: residentId('19580101', 7), relation: '户主' });
    rows['household-items'] = [{ householdNo: household(1), annualIncome: 90000, ableWorkers: 2 }, { householdNo: household(3), annualIncome: 20000 }];
    const bytes = await workbook(rows);
    const id = await upload(bytes, '&dryRun=true');
    expect(await ended(id)).toEqual({ state: 'previewed', hasMarked: false, preview: { newSubjects: 1, knownSubjects: 4, newMembers: 1, newValues: 1, changedValues: 1, sameValues: 3 } });
    expect(await county.households()).toHaveLength(2);
    const { rows: kept } = await county.service.admin.query<{ text: string }>(`SELECT encode(kept, 'escape') AS text FROM archives.import_job WHERE job_id = $1`, [id]);
    expect(kept[0]?.text).not.toMatch(/xl\/worksheets|UEsDBBQ/);
    await county.act(county.clerk, 'confirmImport', 'ConfirmImportArgs', { jobId: id, load: true }, 'state');
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect(await county.households()).toHaveLength(3);
    expect(await county.refused(county.clerk, 'confirmImport', 'ConfirmImportArgs', { jobId: id, load: true })).toMatchObject({ code: 'import.not-previewed' });
    const again = await upload(bytes, '&dryRun=true');
    expect(await ended(again)).toMatchObject({ preview: { newSubjects: 0, newValues: 0, changedValues: 0 } });
    expect(await county.act(county.clerk, 'confirmImport', 'ConfirmImportArgs', { jobId: again, load: false }, 'state')).toEqual({ state: 'discarded' });
  });

  it('a faulty workbook comes back with its cells marked, its formulas dead, to those of the village only', async () => {
    const rows = sound();
    rows['household-items']?.push({ householdNo: household(2), skillCertificate: '大概有' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await workbook(rows)) as never);
    const address = book.getWorksheet('农户')?.getCell(2, 3);
    if (address) address.value = { formula: 'HYPERLINK("http://evil.example","住址")', result: '白莲崖村' } as never;
    const id = await upload(Buffer.from(await book.xlsx.writeBuffer()));
    expect(await ended(id)).toMatchObject({ state: 'failed', hasMarked: true });
    const marked = await read(await get(`${id}/marked.xlsx`));
    const sheet = marked.getWorksheet('农户数据');
    const column = ((sheet?.getRow(1).values as string[]) ?? []).indexOf('有无技能证书或培训');
    expect(JSON.stringify(sheet?.getCell(4, column).note)).toContain('请填“是”或“否”');
    expect(sheet?.getCell(4, column).fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(marked.getWorksheet('问题清单')?.rowCount).toBeGreaterThan(1);
    expect(marked.getWorksheet('农户')?.getCell(2, 3).formula).toBeUndefined();
    const neighbour = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109201' }] });
    expect((await get(`${id}/marked.xlsx`, neighbour.token)).status).toBe(403);
    expect((await get(`${newId()}/marked.xlsx`)).status).toBe(404);
  });
});
