import { createHash } from 'node:crypto';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { archives } from '../src/archives.service';
import { town, village } from './village';

const evidence = createHash('sha256').update('the minutes of the launch meeting').digest('hex');

describe('the programme', () => {
  let service: TestService;
  let officer: SignedIn;
  let committee: SignedIn;
  let secretary: SignedIn;
  let stranger: SignedIn;

  beforeAll(async () => {
    service = await startTestService(archives);
    officer = await service.account({ posts: [{ role: 'town-officer', divisionCode: town }] });
    committee = await service.account({ posts: [{ role: 'town-party-committee', divisionCode: town }] });
    secretary = await service.account({ posts: [{ role: 'village-secretary', divisionCode: village }] });
    stranger = await service.account({ posts: [{ role: 'town-officer', divisionCode: '341525110000' }] });
    await service.moveClockTo('2032-11-15');
  });
  afterAll(() => service.close());

  const act = <T>(who: SignedIn, field: string, type: string, given: object, answer: string): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} } }`, { input: { requestId: newId(), ...given } }, who.token).then((data) => data[field] as T);
  const refused = (who: SignedIn, field: string, type: string, given: object): ReturnType<TestService['refused']> =>
    service.refused(`mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input: { requestId: newId(), ...given } }, who.token);

  describe('has its bodies 三(一)', () => {
    const seat = (capacity: string, organisation = '大化坪镇党建办'): { accountId: string; capacity: string; title: string; organisation: string } => ({ accountId: newId(), capacity, title: '工作人员', organisation });
    const [banker, cadre, clerk] = [seat('bank-staff', '霍山农商银行'), seat('town-staff'), seat('village-staff', '白莲崖村')];
    const force = (members: object[], formedOn = '2032-11-01'): object => ({ kind: 'verification-force', divisionCode: town, formedOn, members });
    interface Body {
      bodyId: string;
      zh: string;
      members: { accountId: string; title: string; fromOn: string; lastDay: string | null }[];
      former: { accountId: string; lastDay: string | null }[];
      faults: string[];
    }
    const bodies = async (on?: string, who = officer): Promise<Body[]> =>
      (await service.data<{ programmeBodies: { rows: Body[] } }>('query ($u: String!, $on: Day) { programmeBodies(under: $u, on: $on) { rows { bodyId zh members { accountId title fromOn lastDay } former { accountId lastDay } faults } } }', { u: town, on }, who.token)).programmeBodies.rows;

    it('whose composition is checked, with each reason in a sentence', async () => {
      expect(await refused(officer, 'formProgrammeBody', 'FormProgrammeBodyArgs', force([cadre, clerk]))).toMatchObject({ faults: [{ path: 'members', message: '信息校核专班须有金融机构人员至少 1 名，现有 0 名' }] });
      expect(await refused(officer, 'formProgrammeBody', 'FormProgrammeBodyArgs', { ...force([banker, cadre, clerk]), kind: 'office' })).toMatchObject({ faults: expect.arrayContaining([{ path: 'members', message: '联席会议办公室须有组织部门业务骨干至少 1 名，现有 0 名' }]) as unknown });
      expect(await refused(stranger, 'formProgrammeBody', 'FormProgrammeBodyArgs', force([banker, cadre, clerk]))).toMatchObject({ code: 'access.outside-division' });
      expect(await refused(secretary, 'formProgrammeBody', 'FormProgrammeBodyArgs', force([banker, cadre, clerk]))).toMatchObject({ code: 'access.denied' });
    });

    it('one of a kind in a division, its seats dated: who sat in it on a day can be read for ever', async () => {
      const { bodyId } = await act<{ bodyId: string }>(officer, 'formProgrammeBody', 'FormProgrammeBodyArgs', force([banker, cadre, clerk]), 'bodyId');
      expect(await refused(officer, 'formProgrammeBody', 'FormProgrammeBodyArgs', force([banker, cadre, clerk]))).toMatchObject({ code: 'programme-body.stands' });
      const colleague = seat('town-staff');
      const change = { bodyId, fromOn: '2032-11-10', leave: [banker.accountId], join: [colleague] };
      expect(await refused(officer, 'changeProgrammeBody', 'ChangeProgrammeBodyArgs', { ...change, join: [clerk] })).toMatchObject({ faults: [{ path: 'join.0.accountId' }] });
      expect(await act(officer, 'changeProgrammeBody', 'ChangeProgrammeBodyArgs', change, 'members')).toEqual({ members: 3 });

      const [present] = await bodies();
      expect(present?.members.map(({ accountId }) => accountId)).toEqual(expect.arrayContaining([cadre.accountId, clerk.accountId, colleague.accountId]));
      expect(present?.former).toEqual([{ accountId: banker.accountId, lastDay: '2032-11-09' }]);
      expect(present?.faults).toEqual(['信息校核专班须有金融机构人员至少 1 名，现有 0 名']);
      const [before] = await bodies('2032-11-09');
      expect(before?.members.map(({ accountId }) => accountId)).toContain(banker.accountId);
      expect(before?.faults).toEqual([]);
      expect(await bodies('2032-10-31')).toEqual([]);
      expect(await bodies(undefined, stranger)).toEqual([]);

      expect(await act(officer, 'dissolveProgrammeBody', 'DissolveProgrammeBodyArgs', { bodyId }, 'dissolvedOn')).toEqual({ dissolvedOn: '2032-11-15' });
      expect(await refused(officer, 'changeProgrammeBody', 'ChangeProgrammeBodyArgs', change)).toMatchObject({ code: 'programme-body.dissolved' });
      await act(officer, 'formProgrammeBody', 'FormProgrammeBodyArgs', force([banker, cadre, clerk], '2032-11-15'), 'bodyId');
    });
  });

  describe('records its trainings 三(二)', () => {
    const training = { divisionCode: town, topic: 'collection', heldOn: '2032-11-12', trainer: '县农商银行', minutes: 180, materialSha256: evidence };
    const trainings = async (filter = ''): Promise<object[]> => (await service.data<{ trainings: { rows: object[] } }>(`{ trainings(under: "${town}"${filter}) { rows { topic zh minutes attendees materialSha256 } } }`, {}, officer.token)).trainings.rows;

    it('with topic, day, hours, material and who attended; a wrong record is replaced and stays', async () => {
      expect(await refused(officer, 'recordTraining', 'RecordTrainingArgs', { ...training, topic: '打字', heldOn: '2032-11-16', attendees: [newId()] })).toMatchObject({ faults: [{ path: 'topic', message: expect.stringContaining('civility（乡风文明评议）') as string }, { path: 'heldOn' }] });
      const { trainingId } = await act<{ trainingId: string }>(officer, 'recordTraining', 'RecordTrainingArgs', { ...training, attendees: [secretary.accountId, secretary.accountId] }, 'trainingId');
      expect(await act(officer, 'recordTraining', 'RecordTrainingArgs', { ...training, minutes: 120, attendees: [secretary.accountId, officer.accountId], replaces: trainingId }, 'attendees')).toEqual({ attendees: 2 });
      expect(await refused(officer, 'recordTraining', 'RecordTrainingArgs', { ...training, attendees: [officer.accountId], replaces: trainingId })).toMatchObject({ code: 'training.replaced' });
      expect(await trainings()).toEqual([{ topic: 'collection', zh: '入户数据采集', minutes: 120, attendees: [secretary.accountId, officer.accountId].toSorted(), materialSha256: evidence }]);
      expect(await trainings(`, accountId: "${secretary.accountId}"`)).toHaveLength(1);
      expect(await trainings(`, accountId: "${committee.accountId}"`)).toEqual([]);
      expect((await service.admin.query('SELECT 1 FROM archives.training')).rowCount).toBe(2);
    });
  });

  describe('works through a checklist 四(一)', () => {
    interface Item {
      itemId: string;
      title: string;
      divisionCode: string;
      templateCode: string | null;
      ownerId: string;
      dueOn: string;
      state: string;
      overdue: boolean;
      late: boolean;
    }
    const fields = 'itemId title divisionCode templateCode ownerId dueOn state overdue late';
    const items = async (filter = '', who = officer, under = town): Promise<Item[]> => (await service.data<{ workItems: { rows: Item[] } }>(`{ workItems(under: "${under}", first: 200${filter}) { rows { ${fields} } } }`, {}, who.token)).workItems.rows;
    const launch = async (): Promise<Item> => {
      const found = (await items()).find(({ templateCode }) => templateCode === 'launch');
      if (!found) throw new Error('no launch meeting on the list');
      return found;
    };
    const report = (who: SignedIn, itemId: string) => act(who, 'reportWorkItem', 'ReportWorkItemArgs', { itemId, doneOn: '2032-11-15', evidenceSha256: evidence }, 'state');

    it('which a town is given whole, and only once', async () => {
      const copy = { townCode: town, startOn: '2032-11-15', ownerId: officer.accountId, villageOwners: [{ villageCode: village, ownerId: secretary.accountId }] };
      expect(await refused(officer, 'copyWorkChecklist', 'CopyChecklistArgs', { ...copy, ownerId: secretary.accountId, villageOwners: [{ villageCode: village, ownerId: stranger.accountId }] })).toMatchObject({ faults: [{ path: 'ownerId' }, { path: 'villageOwners.0.ownerId' }] });
      expect(await act(officer, 'copyWorkChecklist', 'CopyChecklistArgs', copy, 'listed present')).toEqual({ listed: 6 + 4 * 14, present: 0 });
      expect(await act(officer, 'copyWorkChecklist', 'CopyChecklistArgs', copy, 'listed present')).toEqual({ listed: 0, present: 6 + 4 * 14 });
      expect(await launch()).toMatchObject({ divisionCode: town, ownerId: officer.accountId, dueOn: '2032-11-29', state: 'open', overdue: false });
      expect((await items(`, ownerId: "${secretary.accountId}"`)).map(({ templateCode }) => templateCode ?? '').toSorted()).toEqual(['archives', 'leader', 'register', 'visits']);
      expect((await items('', secretary)).every(({ divisionCode }) => divisionCode === village)).toBe(true);
    });

    it('closed by somebody else than its owner, who reports it with evidence', async () => {
      const { itemId } = await launch();
      expect(await refused(officer, 'confirmWorkItem', 'ConfirmWorkItemArgs', { itemId })).toMatchObject({ code: 'state.illegal-move' });
      expect(await refused(officer, 'reportWorkItem', 'ReportWorkItemArgs', { itemId, doneOn: '2032-11-15', evidenceSha256: 'the minutes' })).toMatchObject({ faults: [{ path: 'evidenceSha256' }] });
      const other = await service.account({ posts: [{ role: 'town-officer', divisionCode: town }] });
      expect(await refused(other, 'reportWorkItem', 'ReportWorkItemArgs', { itemId, doneOn: '2032-11-15', evidenceSha256: evidence })).toMatchObject({ code: 'work-item.not-owner' });
      await report(officer, itemId);
      expect(await refused(officer, 'confirmWorkItem', 'ConfirmWorkItemArgs', { itemId })).toMatchObject({ code: 'work-item.own-work' });
      await expect(service.admin.query("UPDATE archives.work_item SET state = 'closed', confirmed_by = owner_id, confirmed_on = done_on WHERE item_id = $1", [itemId])).rejects.toThrow('check');
      expect(await act(committee, 'confirmWorkItem', 'ConfirmWorkItemArgs', { itemId }, 'state')).toEqual({ state: 'closed' });
    });

    it('reopened only with a reason, and every step stays in its history', async () => {
      const { itemId } = await launch();
      expect(await refused(officer, 'reopenWorkItem', 'ReopenWorkItemArgs', { itemId, reason: '无' })).toMatchObject({ faults: [{ path: 'reason' }] });
      await act(officer, 'reopenWorkItem', 'ReopenWorkItemArgs', { itemId, reason: '两个村没有参加会议', dueOn: '2032-12-05' }, 'state');
      expect(await refused(officer, 'reopenWorkItem', 'ReopenWorkItemArgs', { itemId, reason: '没有新的安排' })).toMatchObject({ faults: [{ path: 'ownerId' }] });
      const { workItem } = await service.data<{ workItem: object }>('query ($id: ID!) { workItem(id: $id) { state dueOn evidenceSha256 confirmedBy steps { act actedBy dueOn evidenceSha256 reason } } }', { id: itemId }, committee.token);
      const by = (who: SignedIn): string => `account:${who.accountId}`;
      expect(workItem).toEqual({
        state: 'open',
        dueOn: '2032-12-05',
        evidenceSha256: null,
        confirmedBy: null,
        steps: [
          { act: 'listed', actedBy: by(officer), dueOn: '2032-11-29', evidenceSha256: null, reason: null },
          { act: 'reported', actedBy: by(officer), dueOn: '2032-11-29', evidenceSha256: evidence, reason: null },
          { act: 'confirmed', actedBy: by(committee), dueOn: '2032-11-29', evidenceSha256: evidence, reason: null },
          { act: 'reopened', actedBy: by(officer), dueOn: '2032-12-05', evidenceSha256: null, reason: '两个村没有参加会议' },
        ],
      });
      const kept = await service.admin.query<{ text: string }>('SELECT s::text AS text FROM archives.work_item_step s UNION ALL SELECT a::text FROM archives.audit a');
      expect(kept.rows.map(({ text }) => text).join()).not.toContain('没有参加会议');
    });

    it('shows what is overdue first, computed when it is read', async () => {
      expect((await items()).every(({ overdue }) => !overdue)).toBe(true);
      await service.moveClockTo('2032-11-23');
      const listed = await items();
      expect(listed.slice(0, 2).map(({ templateCode, overdue }) => `${templateCode} ${overdue}`).toSorted()).toEqual(['joint-conference true', 'plan true']);
      expect(listed.slice(2).some(({ overdue }) => overdue)).toBe(false);
      expect((await items(', state: "open"')).filter(({ overdue }) => overdue)).toHaveLength(2);
    });

    it('and pages through it without losing or repeating an item', async () => {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const answer: { workItems: { rows: { itemId: string }[]; nextCursor: string | null } } = await service.data('query ($u: String!, $after: String) { workItems(under: $u, first: 9, after: $after) { rows { itemId } nextCursor } }', { u: town, after }, officer.token);
        seen.push(...answer.workItems.rows.map(({ itemId }) => itemId));
        after = answer.workItems.nextCursor;
      } while (after !== null);
      expect(seen).toEqual((await items()).map(({ itemId }) => itemId));
    });
  });
});
