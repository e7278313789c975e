import { archivesReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { dutyNow, type SignedIn } from '@credit/testing';
import { group, household, LoadedVillage, people, sound, village, workbook } from './village';

type Homes = Awaited<ReturnType<LoadedVillage['households']>>;

const scan = 'a'.repeat(64);
const fieldsOf = 'erasureId answerDueOn';

describe('deleting what is kept about somebody', () => {
  let county: LoadedVillage;
  let zhang: Homes[number];
  let wang: Homes[number];
  beforeEach(async () => {
    county = await LoadedVillage.open();
    [zhang, wang] = (await county.households()) as [Homes[number], Homes[number]];
  });
  afterEach(() => county.service.close());

  const membersOf = async (id: string): Promise<{ id: string; maskedName: string }[]> => {
    const query = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { members { id maskedName } } }';
    return (await county.service.data<{ householdsByIds: ({ members: { id: string; maskedName: string }[] } | null)[] }>(query, { ids: [id] }, county.clerk.token)).householdsByIds[0]?.members ?? [];
  };
  const request = (given: object, who = county.clerk): Promise<{ erasureId: string; answerDueOn: string }> => county.act(who, 'requestErasure', 'RequestErasureArgs', given, fieldsOf);
  const decide = (given: object): Promise<{ outcome: string; retainedUntil: string | null }> => county.act(county.officer, 'decideErasure', 'DecideErasureArgs', given, 'outcome retainedUntil');
  const refused = (given: object, who = county.officer) => county.refused(who, 'decideErasure', 'DecideErasureArgs', given);
  const found = async (text: string): Promise<string[]> => {
    const query = 'query ($text: String!) { searchHouseholds(text: $text) { rows { id } } }';
    return (await county.service.data<{ searchHouseholds: { rows: { id: string }[] } }>(query, { text }, county.clerk.token)).searchHouseholds.rows.map(({ id }) => id);
  };
  const verify = async (home: Homes[number]): Promise<void> => {
    await county.act(county.clerk, 'submitVillage', 'SubmitVillageArgs', { villageCode: village }, 'submitted');
    const { fileItems } = await county.service.data<{ fileItems: { item: string }[] }>('query ($id: ID!) { fileItems(subjectId: $id) { item } }', { id: home.id }, county.verifier.token);
    await county.act(county.verifier, 'verifyItems', 'VerifyItemsArgs', { fileId: home.file.id, version: home.file.version, verdicts: fileItems.map(({ item }) => ({ item, verdict: 'right' })) }, 'verdict');
  };
  const imported = async (rows = sound()): Promise<{ state: string; errors: { sheet: string; row: number; column: string; message: string }[] }> => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await workbook(rows))]), 'village.xlsx');
    const answer = await fetch(`${county.service.url}/imports?villageCode=${village}`, { method: 'POST', headers: { authorization: `Bearer ${county.clerk.token}`, 'idempotency-key': newId() }, body: form });
    const { jobId: id } = (await answer.json()) as { jobId: string };
    const query = 'query ($id: ID!) { importJob(id: $id) { state errors { sheet row column message } } }';
    return county.service.until(async () => {
      const { importJob } = await county.service.data<{ importJob: Awaited<ReturnType<typeof imported>> }>(query, { id }, county.clerk.token);
      return importJob.state === 'waiting' ? undefined : importJob;
    }, 'the import to end');
  };

  it('is asked for by a villager for oneself, or by the clerk with what was signed; once, with a day to be answered by', async () => {
    const [head, wife] = await membersOf(zhang.id);
    const villager = await county.service.villager({ householdId: zhang.id, memberId: head?.id ?? '' });
    const bad = (given: object, who: SignedIn) => county.refused(who, 'requestErasure', 'RequestErasureArgs', given);
    expect(await bad({ householdId: zhang.id, memberId: wife?.id }, villager)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'memberId' }] });
    expect(await bad({ householdId: zhang.id }, villager)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'memberId' }] });
    expect(await bad({ householdId: wang.id, memberId: head?.id }, villager)).toMatchObject({ code: 'access.outside-division' });
    expect(await bad({ householdId: zhang.id }, county.clerk)).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scanSha256' }] });
    await county.service.moveClockTo('2031-05-01');
    expect(await request({ householdId: zhang.id, memberId: head?.id }, villager)).toMatchObject({ answerDueOn: '2031-05-16' });
    expect(await bad({ householdId: zhang.id, memberId: head?.id }, villager)).toMatchObject({ code: 'erasure.pending' });
    const list = 'query { erasureRequests(openOnly: true) { rows { householdId memberId outcome } } }';
    const seen = async ({ token }: SignedIn) => (await county.service.data<{ erasureRequests: { rows: unknown[] } }>(list, {}, token)).erasureRequests.rows;
    expect([await seen(villager), await seen(county.officer)]).toEqual(Array.from({ length: 2 }, () => [{ householdId: zhang.id, memberId: head?.id, outcome: null }]));
    const elsewhere = await county.service.account({ posts: [{ role: 'town-officer', divisionCode: '341525100000' }] });
    expect(await seen(elsewhere)).toEqual([]);
    expect(await dutyNow(county.service.url, 'decide-erasure')).toEqual({ open: 1, dueToday: 0, overdue: 0 });
  });

  it('destroys the keys, hashes and search tokens of a household, leaves the fact, and every service is told', async () => {
    await county.service.until(async () => (await found('张晓明')).length === 1, 'the household to be indexed');
    const members = (await membersOf(zhang.id)).map(({ id }) => id);
    const { erasureId } = await request({ householdId: zhang.id, scanSha256: scan });
    expect(await refused({ erasureId }, county.officer)).toMatchObject({ code: 'input.invalid' });
    expect(await refused({ erasureId, ground: 'just-so' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'ground', message: expect.stringContaining('purpose-ended') as unknown }, { path: 'refusal' }] });
    expect(await refused({ erasureId, ground: 'consent-revoked' }, county.clerk)).toMatchObject({ code: 'access.denied' });
    expect(await decide({ erasureId, ground: 'consent-revoked' })).toEqual({ outcome: 'erased', retainedUntil: null });
    expect(await refused({ erasureId, ground: 'consent-revoked' })).toMatchObject({ code: 'erasure.decided' });

    const told = await county.service.toldOne('subject.erased');
    expect(told).toEqual({ erasureId, householdId: zhang.id, subjectIds: [zhang.id, ...told.subjectIds.slice(1)], erasedOn: await county.service.today() });
    expect(told.subjectIds.slice(1).toSorted()).toEqual(members.toSorted());
    expect((await county.service.told('file.changed')).at(-1)).toMatchObject({ subjectId: zhang.id, version: zhang.file.version + 1 });
    expect(await found('张晓明')).toEqual([]);
    expect((await county.households()).map(({ id }) => id)).toEqual([wang.id]);
    const { rows } = await county.service.admin.query<{ left: string }>(
      `SELECT 'key' AS left FROM archives.personal_key WHERE subject_id = ANY($1) AND length(wrapped) > 0
       UNION ALL SELECT 'value' FROM archives.item_value WHERE subject_id = $2 AND (length(value) > 0 OR value_hash <> '')
       UNION ALL SELECT 'member' FROM archives.member WHERE household_id = $2 AND (length(name) > 0 OR length(resident_id) > 0 OR phone IS NOT NULL OR to_on IS NULL)
       UNION ALL SELECT 'address' FROM archives.subject WHERE subject_id = $2 AND address IS NOT NULL
       UNION ALL SELECT 'consent' FROM archives.consent WHERE household_id = $2 AND revoked_on IS NULL`,
      [told.subjectIds, zhang.id],
    );
    expect(rows).toEqual([]);
    expect((await county.service.admin.query('SELECT 1 FROM archives.item_value WHERE subject_id = $1', [wang.id])).rowCount).toBe(2);
    expect((await county.service.admin.query(`SELECT 1 FROM archives.item_value WHERE subject_id = $1 AND value = ''`, [wang.id])).rowCount).toBe(0);
    expect(await county.refused(county.clerk, 'requestErasure', 'RequestErasureArgs', { householdId: zhang.id, scanSha256: scan })).toMatchObject({ code: 'subject.erased', status: 410 });
    const villager = await county.service.villager({ householdId: zhang.id, memberId: members[0] ?? '' });
    expect((await fetch(`${county.service.url}/files/own.pdf`, { headers: { authorization: `Bearer ${villager.token}` } })).status).toBe(410);
  });

  it('of one person leaves the rest of the household as it was', async () => {
    const wife = (await membersOf(zhang.id)).find(({ maskedName }) => maskedName.startsWith('李'));
    const { erasureId } = await request({ householdId: zhang.id, memberId: wife?.id, scanSha256: scan });
    await decide({ erasureId, ground: 'consent-revoked' });
    expect((await membersOf(zhang.id)).map(({ maskedName }) => maskedName)).toEqual(expect.arrayContaining([expect.stringMatching(/^张/), expect.stringMatching(/^张/)]));
    expect(await membersOf(zhang.id)).toHaveLength(2);
    await county.service.until(async () => (await found('张晓明')).length === 1, 'the rest to be indexed again');
    expect(await found('李秀英')).toEqual([]);
    expect((await county.service.toldOne('subject.erased')).subjectIds).toEqual([wife?.id]);
  });

  it('waits while a rating may still be contested, and the answer says until when; not when it was unlawful from the start', async () => {
    await county.service.moveClockTo('2031-05-01');
    await verify(zhang);
    const { erasureId } = await request({ householdId: zhang.id, scanSha256: scan });
    expect(await refused({ erasureId, ground: 'consent-revoked' })).toMatchObject({ code: 'erasure.retained', facts: { until: '2034-05-01' } });
    expect(await decide({ erasureId, refusal: 'retained' })).toEqual({ outcome: 'refused', retainedUntil: '2034-05-01' });
    expect(await county.service.told('subject.erased')).toEqual([]);
    const again = await request({ householdId: zhang.id, scanSha256: scan });
    expect(await decide({ erasureId: again.erasureId, ground: 'unlawful' })).toMatchObject({ outcome: 'erased' });
    const other = await request({ householdId: wang.id, scanSha256: scan });
    expect(await refused({ erasureId: other.erasureId, refusal: 'retained' })).toMatchObject({ code: 'erasure.not-retained' });
    await county.service.moveClockTo('2034-05-02');
    expect(await decide({ erasureId: other.erasureId, ground: 'term-ended' })).toMatchObject({ outcome: 'erased' });
  });

  it('waits for a correction that is still examined', async () => {
    const objectionId = newId();
    await county.service.hear('correction.requested', { objectionId, subjectId: zhang.id, divisionCode: group, ground: 'file-error', requestedOn: '2031-05-01' });
    const { erasureId } = await request({ householdId: zhang.id, scanSha256: scan });
    expect(await refused({ erasureId, ground: 'unlawful' })).toMatchObject({ code: 'erasure.correction-open' });
    await county.act(county.clerk, 'answerFileCorrection', 'AnswerFileCorrectionArgs', { objectionId, outcome: 'file-right', reason: '已上门核对承包合同' }, 'outcome');
    expect(await decide({ erasureId, ground: 'unlawful' })).toMatchObject({ outcome: 'erased' });
  });

  it('is not undone by an old workbook or an event: that asks for a decision, and with a new consent begins anew', async () => {
    const { erasureId } = await request({ householdId: zhang.id, scanSha256: scan });
    await decide({ erasureId, ground: 'consent-revoked' });
    const refusedLoad = await imported();
    expect(refusedLoad.state).toBe('failed');
    expect(refusedLoad.errors.map(({ sheet, row, column }) => [sheet, row, column])).toEqual([['农户', 2, '户编号'], ['家庭成员', 2, '身份证号'], ['家庭成员', 3, '身份证号'], ['家庭成员', 4, '身份证号']]);
    const moved = sound();
    moved.members = [...(moved.members ?? []).filter(({ householdNo }) => householdNo === household(2)), { householdNo: household(2), name: '张晓明', residentId: people.zhang, relation: '亲属' }];
    moved.households = (moved.households ?? []).filter(({ householdNo }) => householdNo === household(2));
    moved['household-items'] = [];
    expect(await imported(moved)).toMatchObject({ state: 'failed', errors: [{ sheet: '家庭成员', row: 3, message: expect.stringContaining('先准予重新登记') as unknown }] });

    const joining = { householdId: wang.id, name: '张晓明', residentId: people.zhang, relation: '亲属', effectiveOn: await county.service.today(), evidenceSha256: scan, reason: '投靠亲属' };
    expect(await county.refused(county.clerk, 'recordBirth', 'RecordBirthArgs', joining)).toMatchObject({ code: 'member.erased' });

    expect(await county.refused(county.officer, 'admitErased', 'AdmitErasedArgs', { erasureId, consentSha256: '' })).toMatchObject({ code: 'input.invalid' });
    expect(await county.act(county.officer, 'admitErased', 'AdmitErasedArgs', { erasureId, consentSha256: scan }, 'admitted')).toEqual({ admitted: 4 });
    expect(await county.refused(county.officer, 'admitErased', 'AdmitErasedArgs', { erasureId, consentSha256: scan })).toMatchObject({ code: 'erasure.not-erased' });
    expect((await imported()).state).toBe('done');
    const [anew] = (await county.households()) as [Homes[number]];
    expect([anew.householdNo, anew.file.version, anew.id === zhang.id]).toEqual([household(1), 1, false]);
  });

  it('goes for the numbers from before a move too: none of them leads to the household any more', async () => {
    const rows = sound();
    rows.groups?.push({ groupCode: `${village}02`, name: '下湾组' });
    await county.load(rows);
    const moving = { householdId: wang.id, toGroupCode: `${village}02`, address: '下湾组1号', effectiveOn: await county.service.today(), evidenceSha256: scan, reason: '户口簿变更' };
    await county.act(county.clerk, 'moveHousehold', 'MoveHouseholdArgs', moving, 'householdNo');
    expect(await county.service.ask(archivesReads.resolveSubject, { subjectNo: household(2) }, 'exchange')).toMatchObject([{ subjectId: wang.id }]);
    const { erasureId } = await request({ householdId: wang.id, scanSha256: scan });
    await decide({ erasureId, ground: 'consent-revoked' });
    expect(await county.service.ask(archivesReads.resolveSubject, { subjectNo: household(2) }, 'exchange')).toEqual([]);
    expect((await imported()).errors.map(({ row, message }) => [row, message.slice(0, 7)])).toEqual([[3, '该户已依法删除'], [5, '该人员已依法删']]);
  });

  it('reaches what another service told to do the same has sealed, and no new key is made there', async () => {
    const erased = newId();
    const message = { erasureId: newId(), householdId: erased, subjectIds: [erased], erasedOn: '2031-05-01' };
    await county.service.hear('subject.erased', message);
    await county.service.hear('subject.erased', message);
    const { rows } = await county.service.admin.query<{ key_id: string; bytes: number }>('SELECT key_id, length(wrapped) AS bytes FROM archives.personal_key WHERE subject_id = $1', [erased]);
    expect(rows).toEqual([{ key_id: 'erased', bytes: 0 }]);
  });
});
