import { createHash } from 'node:crypto';
import { sharedReads } from '@credit/contracts';
import type { SignedIn } from '@credit/testing';
import { allPositives, groupOne, groupTwo, negative, positive, ReviewTown, veto, village } from './town';

const rowsQuery = 'query ($roundId: ID!) { roundHouseholds(roundId: $roundId) { rows { householdId groupCode firstScore score vetoed version cause settledOn } } }';

interface Row {
  readonly householdId: string;
  readonly groupCode: string;
  readonly firstScore: string;
  readonly score: string;
  readonly vetoed: boolean;
  readonly version: number;
  readonly settledOn: string | null;
}

describe('deliberation and filing', () => {
  let town: ReviewTown;
  let relative: SignedIn;
  let stranger: SignedIn;
  beforeAll(async () => {
    town = await ReviewTown.open();
    relative = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: village }] });
    stranger = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: '341525109209' }] });
    await town.openRound();
    await town.form('village', ReviewTown.deliberation({ capacity: 'party-representative', accountId: relative.accountId }), { reason: '增加党员代表' });
  });
  afterAll(() => town.service.close());

  const rows = async (): Promise<Row[]> => (await town.query<{ roundHouseholds: { rows: Row[] } }>('committee', rowsQuery)).roundHouseholds.rows;
  const row = async (index: number): Promise<Row | undefined> => (await rows()).find(({ householdId }) => householdId === town.household(index));
  const setting = (index: number, given: Readonly<Record<string, unknown>>) => ({ roundId: town.roundId, householdId: town.household(index), ...given });

  it('does not begin before every group has a confirmed table', async () => {
    await town.confirmTable(groupOne, [
      { householdId: town.household(0), marks: [...allPositives, negative] },
      { householdId: town.household(1), marks: [veto] },
    ]);
    const beginning = { roundId: town.roundId, presentMemberIds: town.membersOf('village'), declaredAgain: true };
    expect(await town.refused('secretary', 'beginDeliberation', beginning)).toMatchObject({ code: 'round.groups-open', faults: [{ message: `${groupTwo} 组的评议表尚未确认` }] });
    await town.confirmTable(groupTwo);
    expect(await town.refused(stranger, 'beginDeliberation', beginning)).toMatchObject({ code: 'access.outside-division' });
    await town.beginDeliberation();
  });

  it('bulk confirmation touches only ticked households', async () => {
    await town.act('secretary', 'examineHouseholds', 'examined', { roundId: town.roundId, rows: [{ householdId: town.household(3) }] });
    expect(await town.act('secretary', 'confirmExamined', 'confirmed unsettled', { roundId: town.roundId })).toEqual({ confirmed: 1, unsettled: 4 });
    expect((await rows()).map(({ settledOn }) => settledOn)).toEqual([null, null, null, '2030-11-05', null]);
    expect(await town.refused('secretary', 'handIn', { roundId: town.roundId })).toMatchObject({ code: 'round.not-examined', facts: { households: 4 } });
  });

  it('a changed score needs a reason; the first stays beside it', async () => {
    expect(await town.refused('secretary', 'setScore', setting(2, { adjustedScore: '83.50', reason: ' ' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'reason' }] });
    expect(await town.refused('secretary', 'setScore', setting(2, { adjustedScore: '80.00', reason: '维持原得分' }))).toMatchObject({ code: 'score.not-set' });
    expect(await town.refused('secretary', 'setScore', setting(2, { adjustedScore: '100.01', reason: '表现突出' }))).toMatchObject({ code: 'input.invalid' });
    expect(await town.refused('secretary', 'setScore', setting(2, { adjustedScore: '83.50', marks: [positive], reason: '表现突出' }))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'marks' }] });
    expect(await town.act('secretary', 'setScore', 'firstScore score version', setting(2, { adjustedScore: '83.50', reason: '小组评议时漏记公益劳动' }))).toEqual({ firstScore: '80.00', score: '83.50', version: 2 });
    expect(await row(2)).toMatchObject({ firstScore: '80.00', score: '83.50', cause: 'deliberation', settledOn: '2030-11-05' });
    const { rows: stored } = await town.service.admin.query<{ hundredths: number }>('SELECT hundredths FROM civility.score WHERE household_id = $1 ORDER BY version', [town.household(2)]);
    expect(stored.map(({ hundredths }) => hundredths)).toEqual([8000, 8350]);
  });

  it('a veto is lifted by marks without it, never by an adjusted figure', async () => {
    expect(await town.refused('secretary', 'setScore', setting(1, { adjustedScore: '60.00', reason: '酌情给分处理' }))).toMatchObject({ code: 'score.not-set', faults: [{ path: 'adjustedScore' }] });
    expect(await town.refused('secretary', 'setScore', setting(1, { marks: [{ itemCode: 'N01' }], reason: '文书对象有误' }))).toMatchObject({ code: 'score.not-set', faults: [{ path: 'marks' }] });
    expect(await town.act('secretary', 'setScore', 'score', setting(1, { marks: [positive], reason: '文书对象并非本户成员' }))).toEqual({ score: '83.00' });
    expect(await row(1)).toMatchObject({ firstScore: '0.00', score: '83.00', vetoed: false });
  });

  it('a relative neither examines nor sets; the meeting decides without them', async () => {
    const kin = town.membersOf('village')[5] ?? '';
    await town.act(relative, 'declareTies', 'added', { memberId: kin, ties: [{ householdId: town.household(4), relation: 'in-law' }] });
    expect(await town.refused(relative, 'examineHouseholds', { roundId: town.roundId, rows: [{ householdId: town.household(4) }] })).toMatchObject({ code: 'recusal.required' });
    expect(await town.refused('secretary', 'examineHouseholds', { roundId: town.roundId, rows: [{ householdId: town.household(4) }] })).toMatchObject({ code: 'recusal.missing', faults: [{ message: `成员 ${kin} 须对 ${town.household(4)} 户回避` }] });
    await town.act('secretary', 'examineHouseholds', 'examined', { roundId: town.roundId, rows: [{ householdId: town.household(4), withdrawnMemberIds: [kin] }] });
    const seen = await town.query<{ roundHouseholds: { rows: Row[] } }>(relative, rowsQuery);
    expect(seen.roundHouseholds.rows.map(({ householdId }) => householdId)).not.toContain(town.household(4));
    const { householdsByIds } = await town.query<{ householdsByIds: { civilityScores: unknown[] }[] }>(relative, 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { civilityScores { score } } }', { ids: [town.household(4), town.household(0)] });
    expect(householdsByIds).toEqual([{ civilityScores: [] }, { civilityScores: [{ score: '95.00' }] }]);
  });

  it('without members enough for a household is refused', async () => {
    const withdrawnMemberIds = town.membersOf('village').slice(0, 3);
    const problem = await town.refused('secretary', 'examineHouseholds', { roundId: town.roundId, rows: [{ householdId: town.household(0), withdrawnMemberIds }] });
    expect(problem).toMatchObject({ code: 'deliberation.no-quorum', faults: [{ message: expect.stringContaining('还差 1 人') as string }] });
  });

  it('a cadre chairs only where the secretary must withdraw', async () => {
    const examining = { roundId: town.roundId, rows: [{ householdId: town.household(0) }] };
    expect(await town.refused('cadre', 'examineHouseholds', examining)).toMatchObject({ code: 'deliberation.chair-only' });
    const [secretaryMember = ''] = town.membersOf('village');
    await town.act('clerk', 'declareTies', 'added', { memberId: secretaryMember, ties: [{ householdId: town.household(0), relation: 'direct-line' }] });
    const rowsWithdrawn = [{ householdId: town.household(0), withdrawnMemberIds: [secretaryMember] }];
    await town.act('cadre', 'examineHouseholds', 'examined', { ...examining, rows: rowsWithdrawn });
    await town.act('secretary', 'confirmExamined', 'confirmed unsettled', { roundId: town.roundId });
  });

  describe('the town party committee', () => {
    it('gets the round when every household was examined', async () => {
      expect(await town.act('secretary', 'handIn', 'state', { roundId: town.roundId })).toEqual({ state: 'handed-in' });
      expect(await town.refused('secretary', 'setScore', setting(0, { adjustedScore: '90.00', reason: '再作调整' }))).toMatchObject({ code: 'state.illegal-move' });
    });

    it('returns it with reasons per household; those are examined again', async () => {
      expect(await town.refused('committee', 'returnRound', { roundId: town.roundId, reasons: [] })).toMatchObject({ code: 'input.invalid' });
      expect(await town.refused('townOfficer', 'returnRound', { roundId: town.roundId, reasons: [{ householdId: town.household(2), reason: '缺少佐证材料' }] })).toMatchObject({ code: 'access.denied' });
      await town.act('committee', 'returnRound', 'state returned', { roundId: town.roundId, reasons: [{ householdId: town.household(2), reason: '缺少佐证材料' }] });
      expect(await town.query('secretary', 'query ($roundId: ID!) { returnReasons(roundId: $roundId) { householdId reason returnedOn } }')).toEqual({
        returnReasons: [{ householdId: town.household(2), reason: '缺少佐证材料', returnedOn: '2030-11-05' }],
      });
      expect(await town.refused('secretary', 'handIn', { roundId: town.roundId })).toMatchObject({ code: 'round.not-examined', facts: { households: 1 } });
      await town.examineAll([2]);
      await town.act('secretary', 'handIn', 'state', { roundId: town.roundId });
    });

    it('files it: the set is frozen with its digest and its publication asked for', async () => {
      expect(await town.refused('committee', 'fileRound', { roundId: town.roundId, digest: 'seen-before' })).toMatchObject({ code: 'round.digest-differs' });
      const filed = await town.act<{ state: string; digest: string; households: number; filedOn: string }>('committee', 'fileRound', 'state digest households filedOn', { roundId: town.roundId });
      const head = [town.roundId, village, 2030, '2030-11-01', town.listVersionId].join('|');
      const lines = (await rows()).map((one) => [one.householdId, one.groupCode, Number(one.score.replace('.', '')), one.vetoed, one.version].join('|')).toSorted();
      expect(filed).toEqual({ state: 'filed', households: 5, filedOn: '2030-11-05', digest: createHash('sha256').update([head, ...lines].join('\n')).digest('hex') });
      expect((await town.service.told('publication.requested')).at(-1)).toEqual({ kind: 'publication.result', owner: 'civility', key: town.roundId, divisionCode: village });
      expect(await town.refused('committee', 'returnRound', { roundId: town.roundId, reasons: [{ householdId: town.household(2), reason: '再次退回处理' }] })).toMatchObject({ code: 'state.illegal-move' });
    });

    it('publishes ids, groups and scores, nothing else', async () => {
      const content = await town.service.ask(sharedReads.publicationContent, { kind: 'publication.result', key: town.roundId }, 'publicity');
      expect(content[0]).toMatchObject({ heading: { year: '2030', households: '5' } });
      expect(content.slice(1).map(({ subjectId, groupCode, result }) => [subjectId, groupCode, result])).toEqual([
        [town.household(0), groupOne, '95.00'],
        [town.household(1), groupOne, '83.00'],
        [town.household(2), groupOne, '83.50'],
        [town.household(3), groupTwo, '80.00'],
        [town.household(4), groupTwo, '80.00'],
      ]);
    });
  });

  it('findings of the supervisors stand until the town group settles them', async () => {
    const { findingId } = await town.act<{ findingId: string }>('supervisor', 'recordFinding', 'findingId', { roundId: town.roundId, groupCode: groupOne, kind: 'favour', note: '多户得分完全相同' });
    expect(await town.refused('supervisor', 'settleFinding', { findingId, settlement: '已核实' })).toMatchObject({ code: 'access.denied' });
    await town.act('cadre', 'answerFinding', 'answeredOn', { findingId, answer: '逐户核对，评议依据充分' });
    await town.act('townSupervisor', 'settleFinding', 'settledOn', { findingId, settlement: '已核查，无人情分情形' });
    expect(await town.query('secretary', 'query ($roundId: ID!) { findings(roundId: $roundId) { kind note settlement } }')).toEqual({ findings: [{ kind: 'favour', note: '多户得分完全相同', settlement: '已核查，无人情分情形' }] });
    expect(await town.refused('townSupervisor', 'settleFinding', { findingId, settlement: '重复办结' })).toMatchObject({ code: 'finding.settled' });
  });
});
