import { newId } from '@credit/platform';
import { group, household, LoadedVillage, sound, village } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;

const listQuery = 'query ($openOnly: Boolean) { fileCorrectionRequests(openOnly: $openOnly) { rows { objectionId subjectId ground requestedOn outcome reason answeredOn } } }';

describe('a request to correct a file', () => {
  let county: LoadedVillage;
  let home: Homes[number];
  beforeAll(async () => {
    county = await LoadedVillage.open();
    [home] = (await county.households()) as [Homes[number]];
  });
  afterAll(() => county.service.close());

  const requested = async (ground = 'file-error'): Promise<string> => {
    const objectionId = newId();
    await county.service.hear('correction.requested', { objectionId, subjectId: home.id, divisionCode: group, ground, requestedOn: '2031-05-01' });
    return objectionId;
  };
  const list = async (openOnly: boolean, token = county.clerk.token) =>
    (await county.service.data<{ fileCorrectionRequests: { rows: { objectionId: string; ground: string }[] } }>(listQuery, { openOnly }, token)).fileCorrectionRequests.rows;
  const answering = (objectionId: string, outcome: string) => ({ objectionId, outcome, reason: '已上门核对承包合同' });
  const answer = (objectionId: string, outcome: string) => county.act(county.clerk, 'answerFileCorrection', 'AnswerFileCorrectionArgs', answering(objectionId, outcome), 'outcome answeredOn');
  const refused = (objectionId: string, outcome: string) => county.refused(county.clerk, 'answerFileCorrection', 'AnswerFileCorrectionArgs', answering(objectionId, outcome));

  it('is shown to the village clerk once, however often it is heard', async () => {
    const objectionId = newId();
    const message = { objectionId, subjectId: home.id, divisionCode: group, ground: 'file-error', requestedOn: '2031-05-01' };
    await county.service.hear('correction.requested', message);
    await county.service.hear('correction.requested', message);
    expect(await list(true)).toMatchObject([{ objectionId, subjectId: home.id, ground: 'file-error', requestedOn: '2031-05-01', outcome: null }]);
    const elsewhere = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109200' }] });
    expect(await list(true, elsewhere.token)).toEqual([]);
  });

  it('is answered once with what was found; appeals and the household learn of it', async () => {
    const objectionId = await requested();
    await county.service.moveClockTo('2031-05-03');
    expect(await answer(objectionId, 'file-right')).toEqual({ outcome: 'file-right', answeredOn: '2031-05-03' });
    expect((await county.service.told('correction.answered')).at(-1)).toEqual({ owner: 'appeals', objectionId, subjectId: home.id, outcome: 'file-right', answeredOn: '2031-05-03' });
    expect(await refused(objectionId, 'file-right')).toMatchObject({ code: 'file-correction.answered', status: 409 });
    expect((await list(true)).some((row) => row.objectionId === objectionId)).toBe(false);
    const villager = await county.service.villager({ householdId: home.id, memberId: newId() });
    expect((await list(false, villager.token)).find((row) => row.objectionId === objectionId)).toMatchObject({ outcome: 'file-right', reason: '已上门核对承包合同' });
  });

  it('is only called corrected when a later version of the file stands verified', async () => {
    const objectionId = await requested();
    expect(await refused(objectionId, 'corrected')).toMatchObject({ code: 'file-correction.not-verified', status: 409 });
    const rows = sound();
    rows['household-items'] = [{ householdNo: household(1), annualIncome: 96000 }];
    await county.load(rows);
    expect(await refused(objectionId, 'corrected')).toMatchObject({ code: 'file-correction.not-verified', facts: { state: 'collected' } });
    await county.act(county.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
    const [changed] = (await county.households()) as [Homes[number]];
    const { fileItems } = await county.service.data<{ fileItems: { item: string }[] }>('query ($id: ID!) { fileItems(subjectId: $id) { item } }', { id: home.id }, county.verifier.token);
    const verdicts = fileItems.map(({ item }) => ({ item, verdict: 'right' }));
    await county.act(county.verifier, 'verifyItems', 'VerifyItemsArgs', { fileId: changed.file.id, version: changed.file.version, verdicts }, 'verdict');
    expect(await answer(objectionId, 'corrected')).toMatchObject({ outcome: 'corrected' });
  });

  it('is ended when the late objection is admitted after all, also when that is heard first', async () => {
    const requestedBefore = await requested('own-score');
    const heardFirst = newId();
    for (const objectionId of [requestedBefore, heardFirst]) {
      await county.service.hear('correction.ended', { objectionId, subjectId: home.id, divisionCode: group, ground: 'own-score', requestedOn: '2031-05-01', endedOn: '2031-05-02' });
    }
    await county.service.hear('correction.requested', { objectionId: heardFirst, subjectId: home.id, divisionCode: group, ground: 'own-score', requestedOn: '2031-05-01' });
    const open = (await list(true)).map((row) => row.objectionId);
    for (const objectionId of [requestedBefore, heardFirst]) {
      expect(open).not.toContain(objectionId);
      expect(await refused(objectionId, 'file-right')).toMatchObject({ code: 'file-correction.answered' });
    }
  });

  it('that others made about a household is not shown to it', async () => {
    const objectionId = await requested('others-result');
    const villager = await county.service.villager({ householdId: home.id, memberId: newId() });
    expect((await list(false, villager.token)).some((row) => row.objectionId === objectionId)).toBe(false);
    expect((await list(false)).some((row) => row.objectionId === objectionId)).toBe(true);
  });
});
