import { newId } from '@credit/platform';
import { dutyNow } from '@credit/testing';
import type { SignedIn } from '@credit/testing';
import { household, LoadedVillage, sound, town, village } from './village';

type Files = Awaited<ReturnType<LoadedVillage['households']>>;

describe('checks item by item', () => {
  let county: LoadedVillage;
  let home: Files[number];
  const itemsQuery = 'query ($id: ID!) { fileItems(subjectId: $id) { item version } }';
  beforeAll(async () => {
    county = await LoadedVillage.open();
    [home] = (await county.households()) as [Files[number]];
    await county.act(county.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
  });
  afterAll(() => county.service.close());

  const verdicts = async (given: Readonly<Record<string, object>> = {}): Promise<object[]> => {
    const { fileItems } = await county.service.data<{ fileItems: { item: string }[] }>(itemsQuery, { id: home.id }, county.verifier.token);
    return fileItems.map(({ item }) => ({ item, verdict: 'right', ...given[item] }));
  };
  const verify = (who: SignedIn, given: object) => county.refused(who, 'verifyItems', 'VerifyItemsArgs', { fileId: home.file.id, version: home.file.version, ...given });

  it('want a verdict on every item, a note on what is wrong, and the file as it was seen', async () => {
    expect(await verify(county.verifier, { verdicts: (await verdicts()).slice(1) })).toMatchObject({ code: 'verdict.incomplete', faults: [{ path: 'verdicts' }] });
    expect(await verify(county.verifier, { verdicts: await verdicts({ annualIncome: { verdict: 'wrong' } }) })).toMatchObject({ code: 'input.invalid' });
    expect(await verify(county.verifier, { verdicts: await verdicts(), version: 9 })).toMatchObject({ code: 'verdict.changed' });
  });

  it('are never made by the collector: the database refuses it too', async () => {
    const both = await county.service.account({ accountId: county.clerk.accountId, posts: [{ role: 'town-verifier', divisionCode: town }] });
    expect(await verify(both, { verdicts: await verdicts() })).toMatchObject({ code: 'file.verifier-collected' });
    await expect(
      county.service.admin.query(
        `INSERT INTO archives.item_verdict (subject_id, item, version, collected_by, verdict, given_by, given_on)
         SELECT subject_id, item, version, collected_by, 'right', collected_by, collected_on FROM archives.item_value LIMIT 1`,
      ),
    ).rejects.toThrow('check');
  });

  it('send a file back with what is wrong, and the corrected one shows who said what about which version', async () => {
    const wrong = { annualIncome: { verdict: 'wrong', note: '少算了茶叶收入' }, ableWorkers: { verdict: 'cannot-tell' } };
    expect(await county.act(county.verifier, 'verifyItems', 'VerifyItemsArgs', { fileId: home.file.id, version: home.file.version, verdicts: await verdicts(wrong) }, 'verdict wrong')).toEqual({ verdict: 'returned', wrong: 1 });
    await county.service.moveClockTo('2031-05-01');
    const rows = sound();
    rows['household-items'] = [{ householdNo: household(1), annualIncome: 95000 }];
    await county.load(rows);
    const history = 'query ($id: ID!) { itemHistory(subjectId: $id, item: "annualIncome") { version value verdict note collectedBy givenBy collectedOn } }';
    const { itemHistory } = await county.service.data<{ itemHistory: object[] }>(history, { id: home.id }, county.verifier.token);
    expect(itemHistory).toMatchObject([
      { version: 1, value: '80000.50', verdict: 'wrong', note: '少算了茶叶收入', collectedBy: county.clerk.accountId, givenBy: county.verifier.accountId },
      { version: 2, value: '95000', verdict: null, note: null, collectedOn: '2031-05-01' },
    ]);
  });

  it('leave the file readable as of any day', async () => {
    const asOf = async (on: string) => (await county.service.data<{ fileItemsAsOf: { item: string; value: string }[] }>('query ($id: ID!, $on: Day!) { fileItemsAsOf(subjectId: $id, on: $on) { item value } }', { id: home.id, on }, county.verifier.token)).fileItemsAsOf.find(({ item }) => item === 'annualIncome')?.value;
    expect([await asOf('2000-01-01'), await asOf('2031-04-30'), await asOf('2031-05-01')]).toEqual([undefined, '80000.50', '95000']);
    const stranger = await county.service.villager({ householdId: newId(), memberId: newId() });
    expect(await county.service.refused('query ($id: ID!, $on: Day!) { fileItemsAsOf(subjectId: $id, on: $on) { item } }', { id: home.id, on: '2031-05-01' }, stranger.token)).toMatchObject({ code: 'access.outside-division' });
  });

  it('are helped by what does not go together, which is judged by nobody', async () => {
    const checks = () => county.service.data<{ fileCrossChecks: { id: string }[] }>('query ($id: ID!) { fileCrossChecks(subjectId: $id) { id message } }', { id: home.id }, county.verifier.token);
    expect((await checks()).fileCrossChecks).toEqual([]);
    const rows = sound();
    rows['household-items'] = [{ householdNo: household(1), ableWorkers: 4, insuredArea: 9, insurableArea: 5 }];
    await county.load(rows);
    expect((await checks()).fileCrossChecks).toEqual([
      { id: 'X01', message: '参保面积大于可参保面积（9 与 5）' },
      { id: 'X03', message: '有劳动能力人数多于家庭人口（4 与 3）' },
      { id: 'X04', message: '有劳动能力人数多于成年人数，请对照身份证号核对年龄（4 与 2）' },
    ]);
  });
});

describe('needs and visits', () => {
  let county: LoadedVillage;
  let homes: Files;
  beforeAll(async () => {
    county = await LoadedVillage.open();
    homes = await county.households();
    await county.service.moveClockTo('2031-03-01');
  });
  afterAll(() => county.service.close());
  const need = 'raiseNeed';

  it('are told at the door or by the household itself, assigned, and answered by the person in charge', async () => {
    const [home, other] = homes;
    const own = await county.service.villager({ householdId: home?.id ?? '', memberId: newId() });
    expect(await county.refused(own, need, 'RaiseNeedArgs', { householdId: other?.id, category: 'housing', told: '房屋漏雨' })).toMatchObject({ code: 'not-found' });
    expect(await county.refused(own, need, 'RaiseNeedArgs', { householdId: home?.id, category: 'wealth', told: '房屋漏雨' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'category' }] });
    const { needId, dueOn } = await county.act<{ needId: string; dueOn: string }>(own, need, 'RaiseNeedArgs', { householdId: home?.id, category: 'housing', told: '房屋漏雨，请帮助修缮' }, 'needId dueOn');
    expect(dueOn).toBe('2031-03-16');
    const [secretary, cadre] = [await county.service.account({ posts: [{ role: 'village-secretary', divisionCode: village }] }), await county.service.account({ posts: [{ role: 'village-cadre', divisionCode: village }] })];
    await county.act(secretary, 'assignNeed', 'AssignNeedArgs', { needId, accountId: cadre.accountId }, 'needId');
    expect(await county.refused(county.clerk, 'answerNeed', 'AnswerNeedArgs', { needId, answer: '已经修好', settled: true })).toMatchObject({ code: 'need.not-assigned' });
    await county.service.moveClockTo('2031-03-17');
    const overdue = () => county.service.data<{ needs: { rows: { id: string }[] } }>('{ needs(overdueOnly: true) { rows { id } } }', {}, secretary.token);
    expect((await overdue()).needs.rows).toEqual([{ id: needId }]);
    expect(await dutyNow(county.service.url, 'answer-need')).toEqual({ open: 1, dueToday: 0, overdue: 1 });
    await county.act(cadre, 'answerNeed', 'AnswerNeedArgs', { needId, answer: '已由村里组织修缮完毕', settled: true }, 'needId');
    expect(await county.refused(cadre, 'answerNeed', 'AnswerNeedArgs', { needId, answer: '已由村里组织修缮完毕', settled: true })).toMatchObject({ code: 'need.answered' });
    expect((await overdue()).needs.rows).toEqual([]);
    expect(await dutyNow(county.service.url, 'answer-need')).toEqual({ open: 0, dueToday: 0, overdue: 0 });
    expect(await county.service.data('{ needs { rows { told answer settled overdue } } }', {}, own.token)).toEqual({ needs: { rows: [{ told: '房屋漏雨，请帮助修缮', answer: '已由村里组织修缮完毕', settled: true, overdue: true }] } });
  });

  it('are walled off from everything that scores: no role of another service, and no internal read, leads to them', async () => {
    const { rows } = await county.service.admin.query<{ role: string }>(
      `SELECT rolname AS role FROM pg_roles WHERE rolname LIKE 'credit%' AND NOT rolsuper AND (has_table_privilege(oid, 'archives.need', 'SELECT') OR has_table_privilege(oid, 'archives.visit', 'SELECT'))`,
    );
    expect(rows.map(({ role }) => role).filter((role) => !role.includes('archives'))).toEqual([]);
    const text = await county.service.admin.query<{ text: string }>('SELECT need::text AS text FROM archives.need UNION ALL SELECT outbox::text FROM archives.outbox UNION ALL SELECT audit::text FROM archives.audit');
    expect(text.rows.map((row) => row.text).join()).not.toMatch(/漏雨|修缮/);
  });

  it('visits show which households were called on, and met', async () => {
    const [home] = homes;
    const visit = { householdId: home?.id, visitedOn: '2031-03-10', purpose: 'publicity', met: false };
    expect(await county.refused(county.clerk, 'recordVisit', 'RecordVisitArgs', { ...visit, visitedOn: '2031-04-01' })).toMatchObject({ faults: [{ path: 'visitedOn' }] });
    await county.act(county.clerk, 'recordVisit', 'RecordVisitArgs', visit, 'visitId');
    await county.act(county.clerk, 'recordVisit', 'RecordVisitArgs', { ...visit, visitedOn: '2031-03-12', met: true, note: '送政策明白纸' }, 'visitId');
    const coverage = (since: string) => county.service.data('query ($u: String!, $s: Day!) { visitCoverage(under: $u, since: $s) { households visited met } }', { u: village, s: since }, county.officer.token);
    expect(await coverage('2031-03-01')).toEqual({ visitCoverage: [{ households: 2, visited: 1, met: 1 }] });
    expect(await coverage('2031-03-13')).toEqual({ visitCoverage: [{ households: 2, visited: 0, met: 0 }] });
    expect(await county.service.data('query ($h: ID!) { visits(householdId: $h) { rows { visitedOn met note } } }', { h: home?.id }, county.clerk.token)).toEqual({
      visits: { rows: [{ visitedOn: '2031-03-12', met: true, note: '送政策明白纸' }, { visitedOn: '2031-03-10', met: false, note: null }] },
    });
  });
});
