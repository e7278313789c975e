import { join } from 'node:path';
import { collectionSheets } from '@credit/contracts';
import { loadRules, newId, repositoryRoot } from '@credit/platform';
import { residentIdCheckCharacter } from '@credit/policy';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import ExcelJS from 'exceljs';
import { archives } from '../src/archives.service';

export const town = '341525109000';
export const village = '341525109204';
export const group = '34152510920401';
export const household = (order: number): string => `H${group}${String(order).padStart(4, '0')}`;
export const residentId = (birth: string, order: number): string => {
  const first17 = `999999${birth}${String(order).padStart(3, '0')}`;
  return first17 + residentIdCheckCharacter(first17);
};
const sheets = collectionSheets(loadRules(join(repositoryRoot(), 'rules')).items);

export type Rows = Partial<Record<(typeof sheets)[number]['kind'], Record<string, string | number>[]>>;

export const people = { zhang: residentId('19700101', 1), li: residentId('19720202', 2), child: residentId('20150303', 3), wang: residentId('19650404', 5) };
export const sound = (): Rows => ({
  groups: [{ groupCode: group, name: '上湾组' }],
  households: [
    { householdNo: household(1), groupCode: group, address: '白莲崖村上湾组1号' },
    { householdNo: household(2), groupCode: group, address: '白莲崖村上湾组2号' },
  ],
  members: [
    { householdNo: household(1), name: '张晓明', residentId: people.zhang, relation: '户主', phone: '15400000001', economics: '是', credit: '是', publishName: '是' },
    { householdNo: household(1), name: '李秀英', residentId: people.li, relation: '配偶', economics: '是', credit: '否', publishName: '是' },
    { householdNo: household(1), name: '张小宝', residentId: people.child, relation: '儿子' },
    { householdNo: household(2), name: '王德华', residentId: people.wang, relation: '户主', economics: '是', credit: '是' },
  ],
  'household-items': [
    { householdNo: household(1), annualIncome: '80,000.50', ableWorkers: 2, skillCertificate: '是', collectiveContract: '无合同' },
    { householdNo: household(2), annualIncome: 30000, ableWorkers: 1 },
  ],
  entities: [{ name: '霍山县白莲崖茶叶专业合作社', creditCode: '93341525MA0TEY1X9A', revenue: 600000 }],
  collectives: [{ name: '白莲崖村股份经济合作社', creditCode: 'N2341525MF00TEY24R', operatingIncome: 200000 }],
});

export async function workbook(rows: Rows): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  for (const sheet of sheets) {
    const worksheet = book.addWorksheet(sheet.name);
    worksheet.addRow(sheet.columns.map((column) => column.header));
    for (const row of rows[sheet.kind] ?? []) worksheet.addRow(sheet.columns.map((column) => row[column.field] ?? null));
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A village whose workbook was loaded: two households, an entity, a collective. */
export class LoadedVillage {
  private constructor(
    readonly service: TestService,
    readonly clerk: SignedIn,
    readonly verifier: SignedIn,
    readonly officer: SignedIn,
  ) {}

  static async open(rows: Rows = sound()): Promise<LoadedVillage> {
    const service = await startTestService(archives);
    const clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
    const verifier = await service.account({ posts: [{ role: 'town-verifier', divisionCode: town }] });
    const officer = await service.account({ posts: [{ role: 'town-officer', divisionCode: town }] });
    const loaded = new LoadedVillage(service, clerk, verifier, officer);
    await loaded.load(rows);
    return loaded;
  }

  async load(rows: Rows): Promise<void> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await workbook(rows))]), 'village.xlsx');
    const answer = await fetch(`${this.service.url}/imports?villageCode=${village}`, { method: 'POST', headers: { authorization: `Bearer ${this.clerk.token}`, 'idempotency-key': newId() }, body: form });
    const { jobId } = (await answer.json()) as { jobId: string };
    await this.service.until(async () => {
      const { importJob } = await this.service.data<{ importJob: { state: string } }>('query ($id: ID!) { importJob(id: $id) { state } }', { id: jobId }, this.clerk.token);
      return importJob.state === 'done';
    }, 'the workbook to be loaded');
  }

  act<T>(who: SignedIn, mutation: string, type: string, given: object, answer: string): Promise<T> {
    return this.service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input: { requestId: newId(), ...given } }, who.token).then((data) => data[mutation] as T);
  }

  refused(who: SignedIn, mutation: string, type: string, given: object): ReturnType<TestService['refused']> {
    return this.service.refused(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, { input: { requestId: newId(), ...given } }, who.token);
  }

  async households(): Promise<{ id: string; householdNo: string; file: { id: string; version: number; state: string } }[]> {
    const { households } = await this.service.data<{ households: { rows: { id: string; householdNo: string; file: { id: string; version: number; state: string } }[] } }>(
      'query ($under: String!) { households(under: $under) { rows { id householdNo file { id version state } } } }',
      { under: village },
      this.clerk.token,
    );
    return households.rows;
  }
}
