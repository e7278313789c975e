import { expectInOrder, readPdf, type SignedIn, textOf } from '@credit/testing';
import { household, LoadedVillage, village } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;

describe('a household reads its own file', () => {
  let county: LoadedVillage;
  let home: Homes[number];
  let neighbour: Homes[number];
  let villager: SignedIn;
  let memberId: string;
  beforeAll(async () => {
    county = await LoadedVillage.open();
    [home, neighbour] = (await county.households()) as [Homes[number], Homes[number]];
    const { householdsByIds } = await county.service.data<{ householdsByIds: { members: { id: string }[] }[] }>('query ($ids: [ID!]!) { householdsByIds(ids: $ids) { members { id } } }', { ids: [home.id] }, county.clerk.token);
    memberId = householdsByIds[0]?.members[0]?.id ?? '';
    villager = await county.service.villager({ householdId: home.id, memberId });
  });
  afterAll(() => county.service.close());

  const print = (token: string, query = ''): Promise<Response> => fetch(`${county.service.url}/files/own.pdf${query}`, { headers: { authorization: `Bearer ${token}` } });
  const textIn = async (answer: Response): Promise<string> => textOf(readPdf(Buffer.from(await answer.arrayBuffer())));

  it('in one PDF: every item with where it comes from and who checked it, consents given and withdrawn, corrections, who looked and why', async () => {
    await county.act(county.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
    const { fileItems } = await county.service.data<{ fileItems: { item: string }[] }>('query ($id: ID!) { fileItems(subjectId: $id) { item } }', { id: home.id }, county.verifier.token);
    await county.act(county.verifier, 'verifyItems', 'VerifyItemsArgs', { fileId: home.file.id, version: home.file.version, verdicts: fileItems.map(({ item }) => ({ item, verdict: 'right' })) }, 'verdict');
    await county.act(county.clerk, 'recordCollectionConsent', 'CollectionConsentArgs', { householdId: home.id, memberId, kind: 'publish-name', given: false }, 'given');
    const objectionId = '019a0000-0000-7000-8000-000000000001';
    await county.service.hear('correction.requested', { objectionId, subjectId: home.id, divisionCode: '34152510920401', ground: 'file-error', requestedOn: '2031-05-01' });
    await county.act(county.clerk, 'answerFileCorrection', 'AnswerFileCorrectionArgs', { objectionId, outcome: 'file-right', reason: '已上门核对承包合同' }, 'outcome');

    const answer = await print(villager.token);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'application/pdf', 'no-store']);
    const today = await county.service.today();
    const text = await textIn(answer);
    expectInOrder(text, [
      '农户信用档案查阅件', household(1), '白莲崖村上湾组1号', '由本户成员自行打印',
      '一、家庭成员', '张晓明', '户主',
      '二、数据项', '与村集体合同履行', '无合同', '入户采集', today, '村文书', today, '信息校核专班（镇村）成员',
      '三、授权与撤回', '张晓明', '公示姓名', today, today,
      '四、更正请求及结果', '反映档案差错', '档案无误', '已上门核对承包合同',
      '五、谁看过', '信息校核专班（镇村）成员', '查看数据项',
      '申请更正', '申请删除', '撤回',
    ]);
    expect(text).toContain('80000.50元');
    expect(text).not.toContain('王德华');
    expect(text).not.toContain('999999197001010');
  });

  it('on paper from the clerk, who says why and leaves a line the household sees next time', async () => {
    const path = `?householdId=${neighbour.id}&reason=illiterate`;
    const silent = await print(county.clerk.token, `?householdId=${neighbour.id}`);
    expect([silent.status, ((await silent.json()) as { faults: unknown[] }).faults]).toEqual([400, [{ path: 'reason', message: expect.stringContaining('本人不便使用手机') as unknown }]]);
    expect(await textIn(await print(county.clerk.token, path))).toContain('由村文书打印交付，事由：本人不便使用手机');
    expect(await textIn(await print(county.clerk.token, path))).toContain('打印档案查阅件：本人不便使用手机');
  });

  it('and nobody else: not the neighbour, not the clerk of another village, not whoever is not signed in', async () => {
    expect((await print(villager.token, `?householdId=${neighbour.id}`)).status).toBe(403);
    const elsewhere = await county.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109201' }] });
    expect((await print(elsewhere.token, `?householdId=${home.id}&reason=asked`)).status).toBe(403);
    expect((await print(county.verifier.token, `?householdId=${home.id}&reason=asked`)).status).toBe(403);
    expect((await print('')).status).toBe(401);
  });
});
