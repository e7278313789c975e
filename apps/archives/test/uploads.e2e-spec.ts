import { archivesReads, type RowOf } from '@credit/contracts';
import { group, household, LoadedVillage, sound, town, village } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;
type State = RowOf<typeof archivesReads.uploadStates>;

describe('what may leave for the provincial platform', () => {
  let county: LoadedVillage;
  let zhang: Homes[number];
  beforeEach(async () => {
    county = await LoadedVillage.open();
    [zhang] = (await county.households()) as [Homes[number]];
  });
  afterEach(() => county.service.close());

  const states = async (): Promise<State[]> => county.service.ask(archivesReads.uploadStates, { under: town }, 'exchange');
  const stateOf = async (home: Homes[number]): Promise<State | undefined> => (await states()).find(({ fileId }) => fileId === home.file.id);
  const filesOf = (home: Homes[number]) => county.service.ask(archivesReads.uploadFiles, { fileIds: [home.file.id] }, 'exchange');
  const verify = async (home: Homes[number]): Promise<void> => {
    await county.act(county.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
    await county.act(county.verifier, 'verifyFiles', 'VerifyFilesArgs', { fileIds: [home.file.id], verdict: 'verified' }, 'files');
  };

  it('is nothing before the town has verified it, and then the values whose consents every adult gave', async () => {
    expect((await states()).map(({ state }) => state)).toEqual(['pending', 'pending', 'pending', 'pending']);
    expect(await filesOf(zhang)).toEqual([]);
    await verify(zhang);
    expect(await stateOf(zhang)).toEqual({ fileId: zhang.file.id, subjectId: zhang.id, groupCode: group, version: 1, state: 'verified', consent: { economics: true, credit: false } });
    const [file] = await filesOf(zhang);
    expect(file).toMatchObject({ subjectKind: 'household', subjectNo: household(1), groupCode: group, version: 1, consent: { economics: true, credit: false } });
    expect(file?.items).toEqual({ annualIncome: '80000.50', ableWorkers: '2', skillCertificate: 'yes', collectiveContract: 'none' });
    expect((await states()).filter(({ state }) => state === 'verified').length).toBe(1);
  });

  it('is not a correction that waits for its verification, and not a value whose consent is missing', async () => {
    await verify(zhang);
    const rows = sound();
    rows['household-items'] = [{ householdNo: household(1), annualIncome: 96000, hadLoan24m: '是' }];
    await county.load(rows);
    expect(await stateOf(zhang)).toMatchObject({ state: 'pending', version: 2 });
    expect(await filesOf(zhang)).toEqual([]);
    await verify(zhang);
    const [file] = await filesOf(zhang);
    expect([file?.version, file?.items['annualIncome'], file?.items['hadLoan24m']]).toEqual([2, '96000', undefined]);
  });

  it('is taken back when the subject is left out of the count, and when the household is erased', async () => {
    await verify(zhang);
    await county.act(county.officer, 'excludeSubject', 'ExcludeSubjectArgs', { subjectId: zhang.id, reason: 'moved' }, 'subjectId');
    expect(await stateOf(zhang)).toMatchObject({ state: 'withdrawn', version: 1 });
    expect(await filesOf(zhang)).toEqual([]);
    const { erasureId } = await county.act<{ erasureId: string }>(county.clerk, 'requestErasure', 'RequestErasureArgs', { householdId: zhang.id, scanSha256: 'a'.repeat(64) }, 'erasureId');
    await county.act(county.officer, 'decideErasure', 'DecideErasureArgs', { erasureId, ground: 'unlawful' }, 'outcome');
    expect(await stateOf(zhang)).toMatchObject({ state: 'erased', version: 2 });
    expect(await filesOf(zhang)).toEqual([]);
  });

  it('is told to nobody but exchange', async () => {
    await expect(county.service.ask(archivesReads.uploadFiles, { fileIds: [zhang.file.id] }, 'rating')).rejects.toMatchObject({ code: 'peer.unavailable' });
  });
});
