import { createHash } from 'node:crypto';
import { archivesReads, type RowOf } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { recordShape, sampleFaults } from '../../../tools/sample-verify/sample-faults';
import { archives } from '../src/archives.service';
import { group, household, people, residentId, sound, town, village, workbook } from './village';

describe('archives', () => {
  let service: TestService;
  let clerk: SignedIn;
  let verifier: SignedIn;
  let officer: SignedIn;
  let request = 0;
  const requestId = (): string => `request-${(request += 1)}`;

  beforeAll(async () => {
    service = await startTestService(archives);
    clerk = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
    verifier = await service.account({ posts: [{ role: 'town-verifier', divisionCode: town }] });
    officer = await service.account({ posts: [{ role: 'town-officer', divisionCode: town }] });
  });
  afterAll(() => service.close());

  const upload = (bytes: Buffer, options: { key?: string; villageCode?: string; token?: string } = {}): Promise<Response> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'village.xlsx');
    return fetch(`${service.url}/imports?villageCode=${options.villageCode ?? village}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${options.token ?? clerk.token}`, 'idempotency-key': options.key ?? requestId() },
      body: form,
    });
  };
  interface Job {
    state: string;
    done: number;
    values: number | null;
    households: number | null;
    errors: { sheet: string; row: number; column: string; message: string }[];
  }
  const imported = async (bytes: Buffer): Promise<Job> => {
    const answer = await upload(bytes);
    expect(answer.status).toBe(202);
    const { jobId } = (await answer.json()) as { jobId: string };
    return service.until(async () => {
      const { importJob } = await service.data<{ importJob: Job }>('query ($id: ID!) { importJob(id: $id) { state done total values households errors { sheet row column message } } }', { id: jobId }, clerk.token);
      return importJob.state !== 'waiting' && importJob;
    }, 'the import to end');
  };
  const mutate = <T>(field: string, type: string, input: object, who: SignedIn, answer: string): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} } }`, { input: { requestId: requestId(), ...input } }, who.token).then((data) => data[field] as T);
  const refused = (field: string, type: string, input: object, who: SignedIn, answer: string) =>
    service.refused(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} } }`, { input: { requestId: requestId(), ...input } }, who.token);
  const files = async (state: string, who: SignedIn = verifier): Promise<{ id: string; subjectId: string; subjectKind: string; state: string }[]> =>
    (await service.data<{ files: { rows: { id: string; subjectId: string; subjectKind: string; state: string }[] } }>('query ($under: String!, $state: String) { files(under: $under, state: $state) { rows { id subjectId subjectKind state } } }', { under: town, state }, who.token)).files.rows;
  const register = async (): Promise<RowOf<typeof archivesReads.households>[]> => service.ask(archivesReads.households, { under: village }, 'civility');

  it('knows the county’s real divisions', async () => {
    const { divisions } = await service.data<{ divisions: { code: string; name: string; level: string }[] }>('query ($under: String!) { divisions(under: $under) { code name level } }', { under: town });
    expect(divisions.find((division) => division.code === village)).toMatchObject({ name: '白莲崖村委会', level: 'village' });
    expect(divisions.filter((division) => division.level === 'village')).toHaveLength(14);
  });

  it('tells every fault by sheet, row and column, and loads nothing', async () => {
    const rows = sound();
    rows.members?.push({ householdNo: household(9), name: '赵六', residentId: people.wang, relation: '户主' });
    rows.members?.push({ householdNo: household(2), name: '钱七', residentId: '341525190103079982', relation: '儿子' });
    rows.households?.push({ householdNo: `H${group}0000`, groupCode: group, address: '某处' });
    rows['household-items']?.push({ householdNo: household(2), skillCertificate: '大概有' });
    rows.entities?.push({ name: '某某', creditCode: 'N2341525MF00TSY24R' });
    const job = await imported(await workbook(rows));
    expect(job.state).toBe('failed');
    expect(job.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sheet: '家庭成员', row: 6, column: '户编号' }),
        expect.objectContaining({ sheet: '家庭成员', row: 7, column: '身份证号', message: expect.stringContaining('校验位') as string }),
        expect.objectContaining({ sheet: '农户', row: 4, column: '户编号', message: expect.stringContaining('0001') as string }),
        expect.objectContaining({ sheet: '农户数据', row: 4, column: '有无技能证书或培训', message: '请填“是”或“否”' }),
        expect.objectContaining({ sheet: '新型农业经营主体', row: 3, column: '统一社会信用代码' }),
      ]),
    );
    expect(await register()).toEqual([]);
  });

  it.each([
    ['what is no workbook', Buffer.from('not a zip'), 'import.not-a-workbook'],
    ['an empty file', Buffer.alloc(0), 'import.not-a-workbook'],
  ])('refuses %s at the door', async (_what, bytes, code) => {
    expect(((await (await upload(bytes)).json()) as { code: string }).code).toBe(code);
  });

  it('refuses a village outside the division of the post, and a request without its key', async () => {
    expect(((await (await upload(await workbook(sound()), { villageCode: '341525110200' })).json()) as { code: string }).code).toBe('access.outside-division');
    const form = new FormData();
    form.set('file', new Blob(['x']), 'a.xlsx');
    const answer = await fetch(`${service.url}/imports?villageCode=${village}`, { method: 'POST', headers: { authorization: `Bearer ${clerk.token}` }, body: form });
    expect(((await answer.json()) as { code: string }).code).toBe('request.key-missing');
  });

  it('loads a sound workbook whole, and the same again changes nothing', async () => {
    const bytes = await workbook(sound());
    expect(await imported(bytes)).toMatchObject({ state: 'done', households: 2, values: 8 });
    expect(await imported(bytes)).toMatchObject({ state: 'done', values: 0 });
    expect(await register()).toEqual([
      expect.objectContaining({ householdNo: household(1), groupCode: group, adults: 2, filed: false }),
      expect.objectContaining({ householdNo: household(2), adults: 1 }),
    ]);
  });

  it('shows names masked, and unmasked only with a reason and a trace', async () => {
    const { households } = await service.data<{ households: { rows: { id: string; headMasked: string; members: { maskedName: string }[] }[] } }>('query ($under: String!) { households(under: $under) { rows { id headMasked members { maskedName } } } }', { under: village }, clerk.token);
    expect(households.rows[0]).toMatchObject({ headMasked: '张*明', members: [{ maskedName: '张*明' }, { maskedName: '李*英' }, { maskedName: '张*宝' }] });
    const query = 'query ($id: ID!, $reason: String!) { unmaskedMembers(householdId: $id, reason: $reason) { name residentId } }';
    expect(await service.refused(query, { id: households.rows[0]?.id, reason: '' }, clerk.token)).toMatchObject({ code: 'input.invalid' });
    const { unmaskedMembers } = await service.data<{ unmaskedMembers: { name: string }[] }>(query, { id: households.rows[0]?.id, reason: '核对身份' }, clerk.token);
    expect(unmaskedMembers[0]).toEqual({ name: '张晓明', residentId: people.zhang });
    expect((await service.admin.query("SELECT 1 FROM archives.audit WHERE action = 'members.unmasked'")).rowCount).toBe(1);
  });

  it('never has one person in two households on a day', async () => {
    const rows = sound();
    rows.households?.push({ householdNo: household(3), groupCode: group, address: '三号' });
    rows.members?.push({ householdNo: household(3), name: '张晓明', residentId: people.zhang, relation: '户主' });
    rows.members?.splice(0, 1);
    const job = await imported(await workbook(rows));
    expect(job.errors).toContainEqual(expect.objectContaining({ sheet: '家庭成员', column: '身份证号', message: expect.stringContaining('另一户') as string }));
    const [other] = await register();
    await expect(
      service.admin.query(
        `INSERT INTO archives.member (member_id, household_id, name, resident_id, resident_hash, tail_hash, relation, head, adult_from, from_on)
         SELECT $1, $2, name, resident_id, resident_hash, tail_hash, relation, false, adult_from, from_on FROM archives.member LIMIT 1`,
        [newId(), other?.householdId],
      ),
    ).rejects.toThrow('member_person');
  });

  it('has files verified by somebody else than the collector, after the village handed them in', async () => {
    const [file] = await files('collected');
    expect(await refused('verifyFiles', 'VerifyFilesArgs', { fileIds: [file?.id], verdict: 'verified' }, verifier, 'files')).toMatchObject({ code: 'file.not-submitted' });
    await mutate('submitVillage', 'SubmitVillageArgs', { villageCode: village }, clerk, 'submitted');
    const collector = await service.account({ accountId: clerk.accountId, posts: [{ role: 'town-verifier', divisionCode: town }] });
    expect(await refused('verifyFiles', 'VerifyFilesArgs', { fileIds: [file?.id], verdict: 'verified' }, collector, 'files')).toMatchObject({ code: 'file.verifier-collected' });
    await expect(service.admin.query('UPDATE archives.credit_file SET verified_by = collected_by WHERE file_id = $1', [file?.id])).rejects.toThrow('check');
    expect(await refused('verifyFiles', 'VerifyFilesArgs', { fileIds: [file?.id], verdict: 'returned' }, verifier, 'files')).toMatchObject({ code: 'input.invalid' });
  });

  it('lets a member from a bank see and verify the files assigned to that person, and no others', async () => {
    const banker = await service.account({ posts: [{ role: 'bank-verifier', divisionCode: town }] });
    const [first, second] = await files('submitted');
    await mutate('assignFiles', 'AssignFilesArgs', { fileIds: [first?.id], verifierId: banker.accountId }, officer, 'assigned');
    expect((await files('submitted', banker)).map((file) => file.id)).toEqual([first?.id]);
    const items = 'query ($id: ID!) { fileItems(subjectId: $id) { item value } }';
    expect(await service.refused(items, { id: second?.subjectId }, banker.token)).toMatchObject({ code: 'file.not-assigned' });
    expect(await refused('verifyFiles', 'VerifyFilesArgs', { fileIds: [second?.id], verdict: 'verified' }, banker, 'files')).toMatchObject({ code: 'file.not-assigned' });
    await mutate('verifyFiles', 'VerifyFilesArgs', { fileIds: [first?.id], verdict: 'verified' }, banker, 'files');
    expect((await service.told('file.verified')).map((one) => one.fileId)).toEqual([first?.id]);
  });

  it('gives rating the verified items with the consent of every adult, and asks again after a change', async () => {
    await mutate('verifyFiles', 'VerifyFilesArgs', { fileIds: (await files('submitted')).map((file) => file.id), verdict: 'verified' }, verifier, 'files');
    const rows = await service.ask(archivesReads.ratingFiles, { villageCode: village }, 'rating');
    expect(rows).toHaveLength(4);
    expect(rows.find((row) => row.subjectNo === household(1))).toMatchObject({ fileState: 'verified', items: { annualIncome: '80000.50', ableWorkers: '2', skillCertificate: 'yes', collectiveContract: 'none' }, consent: { economics: true, credit: false } });
    const changed = sound();
    changed['household-items'] = [{ householdNo: household(1), annualIncome: 90000 }];
    expect(await imported(await workbook(changed))).toMatchObject({ state: 'done', values: 1 });
    const again = await service.ask(archivesReads.ratingFiles, { villageCode: village }, 'rating');
    expect(again.find((row) => row.subjectNo === household(1))).toMatchObject({ fileState: 'collected', fileVersion: 2, items: { annualIncome: '90000', ableWorkers: '2' } });
  });

  it('takes a consent back from the same moment', async () => {
    const before = await service.ask(archivesReads.ratingFiles, { villageCode: village }, 'rating');
    const subject = before.find((row) => row.subjectNo === household(2));
    const [adult] = await service.ask(archivesReads.adults, { householdId: subject?.subjectId ?? '' }, 'exchange');
    await mutate('recordCollectionConsent', 'CollectionConsentArgs', { householdId: subject?.subjectId, memberId: adult?.memberId, kind: 'economics', given: false }, clerk, 'given');
    const after = await service.ask(archivesReads.ratingFiles, { villageCode: village }, 'rating');
    expect(after.find((row) => row.subjectNo === household(2))?.consent).toEqual({ economics: false, credit: true });
  });

  it('labels for notices are masked, and by number without consent', async () => {
    const rows = await register();
    const labels = await service.ask(archivesReads.labels, { subjectIds: rows.map((row) => row.householdId) }, 'publicity');
    expect(labels.find((label) => label.subjectNo === household(1))).toMatchObject({ label: '张*明', mayPublishName: true, divisionCode: group });
    expect(labels.find((label) => label.subjectNo === household(2))).toMatchObject({ mayPublishName: false });
  });

  it('finds a subject by a number, an adult by the last four of the ID, and nobody else', async () => {
    const [found] = await service.ask(archivesReads.resolveSubject, { residentId: people.zhang.toLowerCase() }, 'exchange');
    expect(found).toMatchObject({ subjectKind: 'household', divisionCode: village });
    expect(await service.ask(archivesReads.resolveSubject, { residentId: residentId('19800101', 77) }, 'exchange')).toEqual([]);
    const householdId = found?.subjectId ?? '';
    expect(await service.ask(archivesReads.memberByTail, { householdId, tail: people.li.slice(-4) }, 'identity')).toHaveLength(1);
    expect(await service.ask(archivesReads.memberByTail, { householdId, tail: people.child.slice(-4) }, 'identity')).toEqual([]);
  });

  it('counts the filing rate against the register', async () => {
    await mutate('setRegisterCount', 'SetRegisterArgs', { villageCode: village, subjectKind: 'household', count: 4, source: '户籍登记' }, officer, 'count');
    const { coverage } = await service.data<{ coverage: { subjectKind: string; registered: number; filed: number; verified: number; rate: number; goal: number }[] }>('query ($under: String!) { coverage(under: $under) { subjectKind registered filed verified rate goal } }', { under: village }, officer.token);
    expect(coverage.find((row) => row.subjectKind === 'household')).toEqual({ subjectKind: 'household', registered: 4, filed: 2, verified: 1, rate: 0.25, goal: 0.95 });
  });

  it('draws a county sample that anybody can draw again from the seed, and sends a bad batch back', async () => {
    const inspector = await service.account({ posts: [{ role: 'county-inspector', divisionCode: '341525000000' }] });
    const seed = 'drawn by dice in public';
    const { sampleId } = await mutate<{ sampleId: string }>('commitSample', 'CommitSampleArgs', { villageCode: village, seedHash: createHash('sha256').update(seed).digest('hex') }, inspector, 'sampleId');
    expect(await refused('drawSample', 'DrawSampleArgs', { sampleId, seed: 'another' }, inspector, 'files')).toMatchObject({ code: 'sample.seed-mismatch' });
    expect(await mutate('drawSample', 'DrawSampleArgs', { sampleId, seed }, inspector, 'files batch')).toEqual({ files: 3, batch: 3 });
    const { sample } = await service.data<{ sample: { files: { fileId: string }[] } }>('query ($id: ID!) { sample(id: $id) { files { fileId } } }', { id: sampleId }, inspector.token);
    const results: (string | null)[] = [];
    for (const [index, { fileId }] of sample.files.entries()) results.push((await mutate<{ result: string | null }>('recordSampleFinding', 'RecordSampleFindingArgs', { sampleId, fileId, wrongItems: index > 0 ? [] : [{ item: 'annualIncome', note: '与流水不符' }] }, inspector, 'result')).result);
    expect(results).toEqual([null, null, 'sent-back']);
    const judged = await service.data('query ($id: ID!) { sample(id: $id) { errorRate errorUpperBound faults { item count } } }', { id: sampleId }, inspector.token);
    expect(judged).toEqual({ sample: { errorRate: 1 / 3, errorUpperBound: expect.closeTo(0.8647, 3) as number, faults: [{ item: 'annualIncome', count: 1 }] } });
    expect(await refused('recordSampleFinding', 'RecordSampleFindingArgs', { sampleId, fileId: sample.files[0]?.fileId, wrongItems: [] }, inspector, 'result')).toMatchObject({ code: 'sample.concluded' });
    const record = recordShape.parse(await (await fetch(`${service.url}/samples/${sampleId}`)).json());
    expect(sampleFaults(record)).toEqual([]);
    expect(sampleFaults({ ...record, drawn: record.drawn.slice(1) })).toEqual([expect.stringContaining('应抽取 3 份')]);
    expect(sampleFaults({ ...record, seed: 'chosen afterwards' })).toContain('公开的随机数与事先承诺的摘要不符');
    expect(await (await fetch(`${service.url}/samples/villages/${village}`)).json()).toEqual([expect.objectContaining({ sampleId, seedHash: record.seedHash, result: 'sent-back' })]);
    expect(await files('verified')).toEqual([]);
  });

  it('keeps names, numbers, incomes and addresses out of plain columns, messages and the audit trail', async () => {
    const tables = ['member', 'subject', 'item_value', 'sample_file', 'sample_wrong_item', 'audit', 'outbox', 'import_job'];
    const texts = await Promise.all(tables.map(async (table) => (await service.admin.query<{ text: string }>(`SELECT t::text AS text FROM archives.${table} t`)).rows.map((row) => row.text).join()));
    // Ids, digests and ciphertext may hold any digits.
    const readable = texts.join().replaceAll(/\\x[0-9a-f]+|\b[0-9a-f-]{32,}\b/g, '');
    expect(readable).not.toMatch(new RegExp(`张晓明|${people.zhang}|15400000001|80000|上湾组1号|流水`));
  });
});
