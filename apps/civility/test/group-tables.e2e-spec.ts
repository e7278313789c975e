import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { allPositives, groupOne, groupTwo, type Mark, negative, positive, ReviewTown, veto, village } from './town';

interface Table {
  readonly id: string;
  readonly digest: string;
  readonly rows: { householdId: string; score: string; vetoed: boolean; withdrawnMemberIds: string[]; lines: { itemCode: string; points: string; factText: string | null; documentNo: string | null }[] }[];
  readonly differences: { householdId: string; before: string | null; after: string | null }[];
}

const tableQuery = `query ($roundId: ID!, $groupCode: String!) { groupTable(roundId: $roundId, groupCode: $groupCode) { id digest
  rows { householdId score vetoed withdrawnMemberIds lines { itemCode points factText documentNo } } differences { householdId before after } } }`;
const householdsQuery = 'query ($roundId: ID!) { roundHouseholds(roundId: $roundId) { rows { householdId firstScore score vetoed version } } }';

describe('the group table', () => {
  let town: ReviewTown;
  let relative: SignedIn;
  let chair: string;
  let leader: string;
  let kin: string;
  beforeAll(async () => {
    town = await ReviewTown.open();
    relative = await town.service.account({ posts: [{ role: 'village-cadre', divisionCode: village }] });
    await town.openRound();
    [chair = '', leader = '', kin = ''] = await town.form(
      groupOne,
      ReviewTown.review().map((member, index) => (index === 2 ? { ...member, accountId: relative.accountId } : member)),
      { reason: '补充成员账号' },
    );
  });
  afterAll(() => town.service.close());

  const table = async (groupCode = groupOne, person: SignedIn | 'clerk' | 'cadre' | 'committee' = 'cadre'): Promise<Table> =>
    (await town.query<{ groupTable: Table }>(person, tableQuery, { groupCode })).groupTable;
  const refused = (rows: Parameters<ReviewTown['table']>[1], more: Readonly<Record<string, unknown>> = {}) => town.refused('clerk', 'recordGroupTable', town.table(groupOne, rows, more));
  const stored = async (): Promise<number> => (await town.service.admin.query<{ n: number }>('SELECT count(*)::int AS n FROM civility.sheet')).rows[0]?.n ?? 0;

  describe('marks', () => {
    const faultsOf = async (...marks: Mark[]): Promise<(string | undefined)[]> => (await refused([{ householdId: town.household(0), marks }])).faults?.map(({ message }) => message) ?? [];

    it('need a word for a positive, fact and day for a negative, a document for a veto', async () => {
      expect(await faultsOf({ itemCode: 'P01' }, { itemCode: 'N04' }, { itemCode: 'V01' })).toEqual([
        expect.stringContaining('须写一句事由'),
        expect.stringContaining('须写明事实和日期'),
        expect.stringContaining('须写明文书编号和生效日期'),
      ]);
      expect(await stored()).toBe(0);
    });

    it('count a document only within three years of the reference day, both ends exact', async () => {
      expect(await faultsOf({ ...veto, documentOn: '2027-10-31' })).toEqual([expect.stringContaining('2027-10-31')]);
      expect(await faultsOf({ ...veto, documentOn: '2030-11-02' })).toEqual([expect.stringContaining('晚于评议基准日')]);
      expect((await refused([{ householdId: town.household(0), marks: [{ ...veto, documentOn: '2027-11-01' }] }], { meetingOn: '2030-11-30' })).faults).toEqual([expect.objectContaining({ path: 'meetingOn' })]);
    });

    it('leave out what is not on the list, what the law seals and what was marked twice', async () => {
      expect(await faultsOf({ itemCode: 'X99', word: '无' }, { ...veto, itemCode: 'V05' }, positive, positive)).toEqual([
        expect.stringContaining('X99'),
        expect.stringContaining('依法封存'),
        expect.stringContaining('只能计一次'),
      ]);
    });
  });

  describe('households and meeting', () => {
    it('every household is scored: those left out, foreign and repeated are named', async () => {
      const rows = [{ householdId: town.household(0), marks: [] }, { householdId: town.household(0), marks: [] }, { householdId: town.household(4), marks: [] }];
      const problem = await town.refused('clerk', 'recordGroupTable', { ...town.table(groupOne), rows });
      expect(problem).toMatchObject({ code: 'group-table.invalid', status: 422 });
      expect(problem.faults?.map(({ message }) => message)).toEqual([
        `${town.household(0)} 在表中重复`,
        `${town.household(4)} 不在该组的农户名册中`,
        `${town.households[1]?.householdNo} 户没有评议，每户都须评分`,
        `${town.households[2]?.householdNo} 户没有评议，每户都须评分`,
      ]);
    });

    it('the responsible cadre chairs and is there', async () => {
      expect(await refused([], { chairMemberId: leader })).toMatchObject({ code: 'group-table.invalid', faults: [{ path: 'chairMemberId' }] });
      expect(await refused([], { presentMemberIds: town.membersOf(groupOne).slice(1) })).toMatchObject({ faults: [{ message: '主持人须到会' }] });
      expect(await refused([], { presentMemberIds: [...town.membersOf(groupOne), newId()] })).toMatchObject({ faults: [{ path: 'presentMemberIds' }] });
    });
  });

  describe('recusal', () => {
    it('is declared by the member alone; for one without an account the clerk writes it down', async () => {
      const tie = (memberId: string, index: number) => ({ memberId, ties: [{ householdId: town.household(index), relation: 'collateral' }] });
      expect(await town.refused('cadre', 'declareTies', tie(kin, 0))).toMatchObject({ code: 'recusal.not-own' });
      expect(await town.refused('clerk', 'declareTies', tie(kin, 0))).toMatchObject({ code: 'recusal.not-own' });
      expect(await town.act(relative, 'declareTies', 'added', tie(kin, 0))).toEqual({ added: 1 });
      expect(await town.act(relative, 'declareTies', 'added', tie(kin, 0))).toEqual({ added: 0 });
    });

    it('hides the household from its relative from the declaration on', async () => {
      const { roundHouseholds } = await town.query<{ roundHouseholds: { rows: { householdId: string }[] } }>(relative, householdsQuery);
      expect(roundHouseholds.rows.map(({ householdId }) => householdId)).toEqual([1, 2, 3, 4].map((index) => town.household(index)));
    });

    it('pointed out by another counts only when the chair upholds it', async () => {
      const { tieId } = await town.act<{ tieId: string }>('supervisor', 'reportConflict', 'tieId', { memberId: leader, householdId: town.household(1), relation: 'debt', note: '双方有借贷纠纷未了' });
      const recused = async () => (await town.query<{ recusals: { memberId: string; householdId: string; reasons: string[] }[] }>('clerk', 'query ($roundId: ID!) { recusals(roundId: $roundId) { memberId householdId reasons } }')).recusals;
      expect(await recused()).toEqual([{ memberId: kin, householdId: town.household(0), reasons: ['kin'] }]);
      expect(await town.refused('cadre', 'decideConflict', { tieId, upheld: true })).toMatchObject({ code: 'recusal.not-chair' });
      await town.act('secretary', 'decideConflict', 'upheld', { tieId, upheld: true });
      expect(await recused()).toContainEqual({ memberId: leader, householdId: town.household(1), reasons: ['conflict'] });
      expect(await town.refused('secretary', 'decideConflict', { tieId, upheld: false })).toMatchObject({ code: 'recusal.decided' });
    });

    it('is missing from the table: refused, naming who must withdraw where', async () => {
      const problem = await refused([{ householdId: town.household(0), withdrawnMemberIds: [], marks: [positive] }]);
      expect(problem).toMatchObject({ code: 'recusal.missing' });
      expect(problem.faults?.map(({ message }) => message)).toEqual([`成员 ${kin} 须对 ${town.household(0)} 户回避`, `成员 ${leader} 须对 ${town.household(1)} 户回避`]);
    });

    it('a relative types no table with the household on it', async () => {
      expect(await town.refused(relative, 'recordGroupTable', town.table(groupOne))).toMatchObject({ code: 'recusal.required', status: 403, facts: { householdIds: [town.household(0)] } });
    });
  });

  const withdrawn = (...more: { householdId: string; marks: Mark[] }[]) => {
    const rows = [
      { householdId: town.household(0), withdrawnMemberIds: [kin], marks: [] as Mark[] },
      { householdId: town.household(1), withdrawnMemberIds: [leader], marks: [] as Mark[] },
      { householdId: town.household(2), withdrawnMemberIds: [], marks: [] as Mark[] },
    ];
    return rows.map((row) => ({ ...row, ...more.find(({ householdId }) => householdId === row.householdId) }));
  };

  it('without enough members left for a household is refused, naming who could step in', async () => {
    const four = town.membersOf(groupOne).slice(0, 4);
    const problem = await refused(withdrawn(), { presentMemberIds: four });
    expect(problem).toMatchObject({ code: 'group.no-quorum', status: 409 });
    const short = problem.facts['households'] as { householdId: string; needed: number; missing: number; substitutes: string[] }[];
    expect(short.map(({ householdId, needed, missing }) => ({ householdId, needed, missing }))).toEqual([
      { householdId: town.household(0), needed: 4, missing: 1 },
      { householdId: town.household(1), needed: 4, missing: 1 },
    ]);
    expect(short[0]?.substitutes).toEqual(expect.arrayContaining([town.membersOf(groupOne)[4], town.membersOf(groupTwo)[0]]));
    expect(short[0]?.substitutes).not.toContain(kin);
    expect(await stored()).toBe(0);
  });

  it('is enough again with a substitute called in from another body', async () => {
    const present = [...town.membersOf(groupOne).slice(0, 4), town.membersOf(groupTwo)[1]];
    await town.act('clerk', 'recordGroupTable', 'tableId', town.table(groupOne, withdrawn(), { presentMemberIds: present }));
  });

  describe('typed and confirmed', () => {
    const marked = () => withdrawn({ householdId: town.household(0), marks: [...allPositives, negative] }, { householdId: town.household(1), marks: [veto, positive] });

    it('scores exactly: 80, positives at most 20, each negative, a veto makes it zero', async () => {
      await town.act('clerk', 'recordGroupTable', 'tableId digest', town.table(groupOne, marked()));
      const { rows, differences } = await table(groupOne, 'committee');
      const score = (index: number) => rows.find(({ householdId }) => householdId === town.household(index));
      expect(score(0)).toMatchObject({ score: '95.00', vetoed: false, withdrawnMemberIds: [kin] });
      expect(score(1)).toMatchObject({ score: '0.00', vetoed: true, lines: [{ itemCode: 'V01', points: '0.00', documentNo: veto.documentNo }, { itemCode: 'P01', points: '3.00' }] });
      expect(score(2)).toMatchObject({ score: '80.00', lines: [] });
      expect(differences).toEqual(expect.arrayContaining([{ householdId: town.household(0), before: '80.00', after: '95.00' }]));
    });

    it('keeps facts and documents sealed in the database', async () => {
      const holding = (words: string) => town.service.admin.query("SELECT 1 FROM civility.sheet WHERE position(convert_to($1, 'UTF8') IN evidence) > 0 OR lines::text LIKE '%' || $1 || '%'", [words]);
      expect((await holding('9 月的')).rowCount).toBe(0);
      expect((await holding('刑初')).rowCount).toBe(0);
    });

    it('shows the village no document number', async () => {
      const veto1 = (await table(groupOne, 'cadre')).rows.find(({ householdId }) => householdId === town.household(1));
      expect(veto1?.lines[0]).toMatchObject({ itemCode: 'V01', documentNo: null });
    });

    it('a relative sees neither marks nor score nor the row of the household', async () => {
      expect((await table(groupOne, relative)).rows.map(({ householdId }) => householdId)).not.toContain(town.household(0));
      expect((await table(groupOne, 'cadre')).rows.map(({ householdId }) => householdId)).toContain(town.household(0));
      const { roundHouseholds } = await town.query<{ roundHouseholds: { rows: { householdId: string }[] } }>(relative, householdsQuery);
      expect(roundHouseholds.rows.map(({ householdId }) => householdId)).not.toContain(town.household(0));
    });

    it('supervisors see who met and who withdrew, and no marks', async () => {
      const { groupSessions } = await town.query<{ groupSessions: unknown[] }>('supervisor', 'query ($roundId: ID!) { groupSessions(roundId: $roundId) { groupCode households withdrawals { householdId memberIds } } }');
      expect(groupSessions).toEqual([
        { groupCode: groupOne, households: 3, withdrawals: expect.arrayContaining([{ householdId: town.household(0), memberIds: [kin] }]) as unknown },
      ]);
      for (const token of [town.people.supervisor.token, town.people.townSupervisor.token]) {
        expect(await town.service.refused(tableQuery, { roundId: town.roundId, groupCode: groupOne }, token)).toMatchObject({ code: 'access.denied' });
        expect(await town.service.refused(householdsQuery, { roundId: town.roundId }, token)).toMatchObject({ code: 'access.denied' });
      }
    });

    it('is confirmed by another person, of exactly what was shown, and agrees with what is read back', async () => {
      const { id: tableId, digest } = await table();
      expect(await town.refused('clerk', 'confirmGroupTable', { tableId, digest })).toMatchObject({ code: 'group-table.same-person' });
      expect(await town.refused('cadre', 'confirmGroupTable', { tableId, digest: 'another' })).toMatchObject({ code: 'group-table.changed' });
      expect(await town.refused(relative, 'confirmGroupTable', { tableId, digest })).toMatchObject({ code: 'recusal.required' });
      const readBack = [{ householdId: town.household(0), itemCodes: [] }, { householdId: town.household(1), itemCodes: ['P01', 'V01'] }, { householdId: town.household(2), itemCodes: [], withdrawnMemberIds: [chair] }];
      const differs = await town.refused('cadre', 'confirmGroupTable', { tableId, digest, readBack });
      expect(differs).toMatchObject({ code: 'group-table.differs', faults: [{ path: 'readBack.0.itemCodes' }, { path: 'readBack.2.withdrawnMemberIds' }] });
      await town.act('cadre', 'confirmGroupTable', 'confirmedOn households', { tableId, digest });
    });

    it('then the first scores stand: no other table, no other group', async () => {
      expect(await refused(marked())).toMatchObject({ code: 'group-table.confirmed' });
      expect(await town.refused('townOfficer', 'formReviewGroup', { roundId: town.roundId, groupCode: groupOne, members: ReviewTown.review(), reason: '人员变动' })).toMatchObject({ code: 'body.fixed' });
      const { roundHouseholds } = await town.query<{ roundHouseholds: { rows: unknown[] } }>('clerk', householdsQuery);
      expect(roundHouseholds.rows.slice(0, 2)).toEqual([
        { householdId: town.household(0), firstScore: '95.00', score: '95.00', vetoed: false, version: 1 },
        { householdId: town.household(1), firstScore: '0.00', score: '0.00', vetoed: true, version: 1 },
      ]);
    });
  });

  it('a tie that became known after typing stops the confirmation', async () => {
    const { tableId, digest } = await town.act<{ tableId: string; digest: string }>('clerk', 'recordGroupTable', 'tableId digest', town.table(groupTwo));
    await town.act('clerk', 'declareTies', 'added', { memberId: town.membersOf(groupTwo)[3], ties: [{ householdId: town.household(4), relation: 'spouse' }] });
    expect(await town.refused('cadre', 'confirmGroupTable', { tableId, digest })).toMatchObject({ code: 'recusal.missing' });
  });

  it('a typed table is put aside when its group changes', async () => {
    const before = await table(groupTwo);
    await town.form(groupTwo, ReviewTown.review(), { reason: '两名成员外出，改由他人参加' });
    expect(await town.refused('cadre', 'confirmGroupTable', { tableId: before.id, digest: before.digest })).toMatchObject({ code: 'group-table.changed' });
  });

  it('a villager in a group declares with the slip, and only for himself', async () => {
    const memberId = newId();
    const villager = await town.service.villager({ householdId: town.household(1), memberId });
    const seats = await town.form(groupTwo, ReviewTown.review().map((member, index) => (index === 4 ? { ...member, accountId: memberId, householdId: town.household(1) } : member)), { reason: '增加村民代表登录' });
    const ties = [{ householdId: town.household(3), relation: 'dispute' }];
    expect(await town.refused(villager, 'declareTies', { memberId: seats[3], ties })).toMatchObject({ code: 'recusal.not-own' });
    expect(await town.refused(villager, 'declareTies', { memberId: seats[4], ties: [{ householdId: newId(), relation: 'dispute' }] })).toMatchObject({ code: 'input.invalid' });
    expect(await town.act(villager, 'declareTies', 'added', { memberId: seats[4], ties })).toEqual({ added: 1 });
    expect(await town.refused('clerk', 'recordGroupTable', town.table(groupTwo))).toMatchObject({ code: 'recusal.missing' });
  });
});
