import { newId } from '@credit/platform';
import { expectInOrder, readPdf, textOf } from '@credit/testing';
import ExcelJS from 'exceljs';
import { groups, type Shown, Town, village } from './town';

describe('打印件', () => {
  let town: Town;
  let shown: Shown;
  beforeAll(async () => {
    town = await Town.open();
    town.unnamed.add(town.household(1));
    shown = await town.posted();
  });
  afterAll(() => town.close());

  async function paper(path: string, role = 'village-clerk'): Promise<{ status: number; type: string; bytes: Buffer }> {
    const answer = await fetch(`${town.service.url}${path}`, { headers: { authorization: `Bearer ${town.token(role)}` } });
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', bytes: Buffer.from(await answer.arrayBuffer()) };
  }
  const words = async (path: string) => {
    const { status, type, bytes } = await paper(path);
    expect([status, type]).toEqual([200, 'application/pdf']);
    return textOf(readPdf(bytes));
  };

  it('prints the notice of one group with its days written out, the door for objections and the place for the seal', async () => {
    const place = shown.places.find(({ divisionCode }) => divisionCode === groups[0]);
    const text = await words(`/notices/${shown.id}/notice.pdf?place=${place?.id}`);
    expectInOrder(text, [shown.title, '本份张贴于：上湾组', '2030年12月1日至2030年12月8日24:00止', '评议得分', '张*明', '95.00', `H${groups[0]}0002`, '截止时间：2030年12月18日24时', '（盖章处）', '大化坪村', '2030年12月1日']);
    expect(text).not.toContain('下湾组');
  });

  it('prints a draft as if it were posted on the day named, and the items of a content publication', async () => {
    expect(await words(`/notices/${(await town.draft()).id}/notice.pdf?postOn=2030-12-05`)).toContain('2030年12月5日至2030年12月12日');
    const content = await words(`/notices/${(await town.draft({ kind: 'publication.content' })).id}/notice.pdf`);
    expect(content).toContain('孝敬老人加3分');
    expect(content).not.toContain('截止时间');
  });

  it('prints the list, and gives it as a workbook with the very same rows', async () => {
    const text = await words(`/notices/${shown.id}/list.pdf`);
    expectInOrder(text, ['序号', '村民组', '农户（户主）', '评议得分', '1上湾组', '4下湾组', '第1页共1页']);
    const { type, bytes } = await paper(`/notices/${shown.id}/list.xlsx`);
    expect(type).toContain('spreadsheetml');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    const sheet = workbook.worksheets[0];
    expect(sheet?.getRow(2).values).toEqual([undefined, '序号', '村民组', '农户（户主）', '评议得分']);
    expect(sheet?.getRow(4).values).toEqual([undefined, '2', '上湾组', `H${groups[0]}0002`, '95.00']);
  });

  it('prints slips four to a page with each household’s own code, and the sheet to sign', async () => {
    const { bytes } = await paper(`/slips/slips.pdf?division=${village}&publication=${shown.id}`);
    const pages = readPdf(bytes);
    expect(pages).toHaveLength(2);
    const text = textOf(pages);
    for (const code of ['C0DE0', 'C0DE3', 'C0DE5']) expect(text).toContain(code);
    expect(text).toContain('公示至：2030年12月8日24时');
    expect(text).not.toContain('95.00');
    const sheet = await words(`/slips/sign-off.pdf?division=${groups[1]}&publication=${shown.id}`);
    expectInOrder(sheet, ['告知签收表', '村民组：下湾组', '共3户', '签名或手印', '张*明', '告知人（签名）']);
    expect(sheet).not.toContain('95.00');
  });

  it('prints slips and a sheet for what hangs nowhere', async () => {
    await town.service.hear('notification.requested', { owner: 'rating', template: 'rating-result', key: newId(), divisionCode: village, subjectId: town.household(4), role: null, publicationId: null });
    const slip = await words(`/slips/slips.pdf?division=${groups[1]}&template=rating-result`);
    expect(slip).toContain('年度信用评级');
    expect(slip).not.toContain('公示地点');
    expect(await words(`/slips/sign-off.pdf?division=${groups[1]}&template=rating-result`)).toContain('共1户');
  });

  it('is printed only for those who may, and says what is wrong with a request', async () => {
    for (const path of [`/notices/${shown.id}/notice.pdf`, `/notices/${shown.id}/list.pdf`, `/notices/${shown.id}/list.xlsx`, `/slips/slips.pdf?division=${village}&publication=${shown.id}`, `/slips/sign-off.pdf?division=${village}&publication=${shown.id}`]) {
      expect((await paper(path, 'system-admin')).status).toBe(403);
    }
    expect((await paper(`/notices/${newId()}/notice.pdf`)).status).toBe(404);
    const { status, bytes } = await paper('/slips/slips.pdf?division=here');
    expect([status, JSON.parse(bytes.toString('utf8'))]).toMatchObject([400, { code: 'input.invalid', faults: [{ path: 'division' }] }]);
    expect((await paper(`/notices/${shown.id}/notice.pdf?postOn=tomorrow`)).status).toBe(400);
  });
});
