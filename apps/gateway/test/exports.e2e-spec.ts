import ExcelJS from 'exceljs';
import { type County, startCounty } from './county';

describe('导出清单', () => {
  let county: County;
  beforeAll(async () => {
    county = await startCounty();
  });
  beforeEach(() => {
    county.exports.allowed = true;
    county.exports.noted.length = 0;
  });
  afterAll(() => county.close());

  const ask = async (path: string) => fetch(`${county.url}/exports/${path}`, { headers: { authorization: `Bearer ${await county.issuer.token()}` } });

  it('gives any list as a workbook, all its pages, with the heads people read and no cell that is a formula', async () => {
    const answer = await ask('register?under=341525109204&filed=true');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await answer.arrayBuffer()) as ExcelJS.Buffer);
    const sheet = workbook.worksheets[0];
    expect(sheet?.name).toBe('农户名册');
    expect([2, 3, 4].map((row) => sheet?.getCell(row, 1).value)).toEqual(['户主', '=1+1*', 'h-9*']);
    expect(sheet?.getCell(3, 1).type).toBe(ExcelJS.ValueType.String);
    expect(county.exports.noted).toEqual(['register']);
  });

  it('notes it first, and gives nothing to whoever may not export', async () => {
    county.exports.allowed = false;
    county.peers.archives.asked.length = 0;
    const answer = await ask('register?under=341525109204');
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'access.denied' }]);
    expect(county.peers.archives.asked).toEqual([]);
  });

  it('hands the problem of the owner on, and says what is wrong with a request', async () => {
    const outside = await ask('register?under=outside');
    expect([outside.status, await outside.json()]).toMatchObject([403, { code: 'access.outside-division' }]);
    const nothing = await ask('everything');
    expect([nothing.status, await nothing.json()]).toMatchObject([404, { code: 'export.unknown-list' }]);
    expect(await (await ask('register?under=341525109204&colour=red')).json()).toMatchObject({ code: 'input.invalid', faults: [{ path: 'colour', message: expect.stringContaining('under、filed') as string }] });
    expect(await (await ask('register')).json()).toMatchObject({ status: 400 });
    expect((await fetch(`${county.url}/exports/register`)).status).toBe(401);
    expect(county.exports.noted).toEqual(['register', 'register']);
  });
});
