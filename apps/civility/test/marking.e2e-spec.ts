import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { groupOne, type Mark, negative, positive, ReviewTown, veto } from './town';

const scan = 'c'.repeat(64);

describe('a round by individual marks, with villagers’ marks online', () => {
  let town: ReviewTown;
  let villager: SignedIn;
  beforeAll(async () => {
    town = await ReviewTown.open();
    await town.openRound(2030, { marking: 'individual', onlineMarks: true });
    villager = await town.service.villager({ householdId: town.household(1), memberId: newId() });
    await town.form(groupOne, [...ReviewTown.review().slice(0, 4), { capacity: 'villager', accountId: villager.accountId, householdId: town.household(1) }], { reason: '一名组员改由他人担任' });
  });
  afterAll(() => town.service.close());

  const sheet = (memberId: string, marks: readonly (readonly Mark[])[], more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    roundId: town.roundId,
    groupCode: groupOne,
    memberId,
    rows: marks.map((own, index) => ({ householdId: town.household(index), marks: own })),
    scanSha256: scan,
    ...more,
  });
  const counting = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => {
    const { rows: _rows, ...held } = town.table(groupOne);
    return { ...held, ...more };
  };

  describe('individual sheets', () => {
    it('are the member’s own; the clerk types those of members without an account, with the scan', async () => {
      const [first = '', , , , last = ''] = town.membersOf(groupOne);
      expect(await town.refused('clerk', 'recordIndividualMarks', sheet(last, [[positive]]))).toMatchObject({ code: 'marking.not-own' });
      expect(await town.refused(villager, 'recordIndividualMarks', sheet(first, [[positive]]))).toMatchObject({ code: 'marking.not-own' });
      expect(await town.refused('clerk', 'recordIndividualMarks', sheet(first, [[positive]], { scanSha256: null }))).toMatchObject({ faults: [{ path: 'scanSha256' }] });
      expect(await town.refused('clerk', 'recordIndividualMarks', sheet(newId(), [[positive]]))).toMatchObject({ code: 'not-found' });
    });

    it('leave out the households the member must withdraw from, and need the evidence of a group’s table', async () => {
      const [, , , , last = ''] = town.membersOf(groupOne);
      expect(await town.refused(villager, 'recordIndividualMarks', sheet(last, [[positive], [positive]]))).toMatchObject({ code: 'group-table.invalid', faults: [{ path: 'rows.1.householdId' }] });
      expect(await town.refused(villager, 'recordIndividualMarks', sheet(last, [[{ itemCode: 'N04' }]]))).toMatchObject({ code: 'group-table.invalid', faults: [{ path: 'rows.0.marks' }] });
    });

    it('are complete before they are counted', async () => {
      expect(await town.refused('clerk', 'countIndividualMarks', counting())).toMatchObject({ code: 'marking.missing' });
      expect(await town.refused('clerk', 'recordGroupTable', town.table(groupOne))).toMatchObject({ code: 'marking.other' });
    });

    it('count by the majority of those present and not withdrawn, where a tie does not count', async () => {
      const [one = '', two = '', three = '', four = '', last = ''] = town.membersOf(groupOne);
      // Household 1: the member's own, four decide: two of four is a tie. Household 0: three of five. Household 2: one of five.
      await town.act('clerk', 'recordIndividualMarks', 'households', sheet(one, [[positive], [positive], [negative]]));
      await town.act('clerk', 'recordIndividualMarks', 'households', sheet(two, [[positive], [positive], []]));
      await town.act('clerk', 'recordIndividualMarks', 'households', sheet(three, [[], [], []]));
      await town.act('clerk', 'recordIndividualMarks', 'households', sheet(four, [[], [], []]));
      await town.act(villager, 'recordIndividualMarks', 'households', { ...sheet(last, []), rows: [0, 2].map((index) => ({ householdId: town.household(index), marks: index === 0 ? [positive] : [] })), scanSha256: null });
      const { tableId, digest } = await town.act<{ tableId: string; digest: string }>('clerk', 'countIndividualMarks', 'tableId digest', counting());
      await town.act('cadre', 'confirmGroupTable', 'confirmedOn', { tableId, digest });
      const { groupTable } = await town.query<{ groupTable: { rows: { householdId: string; withdrawnMemberIds: string[]; lines: { itemCode: string }[] }[] } }>(
        'cadre',
        `query ($roundId: ID!) { groupTable(roundId: $roundId, groupCode: "${groupOne}") { rows { householdId withdrawnMemberIds lines { itemCode } } } }`,
      );
      const lines = (index: number) => groupTable.rows.find(({ householdId }) => householdId === town.household(index))?.lines.map(({ itemCode }) => itemCode);
      expect([lines(0), lines(1), lines(2)]).toEqual([['P01'], [], []]);
      expect(groupTable.rows.find(({ householdId }) => householdId === town.household(1))?.withdrawnMemberIds).toEqual([last]);
      expect(await town.refused('clerk', 'recordIndividualMarks', sheet(one, [[positive]]))).toMatchObject({ code: 'group-table.confirmed' });
    });

    it('are read by nobody but their member; others see how far each is', async () => {
      const { myIndividualMarks } = await town.query<{ myIndividualMarks: unknown[] }>(villager, 'query ($roundId: ID!) { myIndividualMarks(roundId: $roundId) { householdId itemCodes } }');
      expect(myIndividualMarks).toEqual(expect.arrayContaining([{ householdId: town.household(0), itemCodes: ['P01'] }, { householdId: town.household(2), itemCodes: [] }]));
      expect(await town.query('cadre', 'query ($roundId: ID!) { myIndividualMarks(roundId: $roundId) { householdId } }')).toEqual({ myIndividualMarks: [] });
      const { individualProgress } = await town.query<{ individualProgress: { households: number }[] }>('supervisor', `query ($roundId: ID!) { individualProgress(roundId: $roundId, groupCode: "${groupOne}") { households } }`);
      expect(individualProgress.map(({ households }) => households).toSorted((a, b) => a - b)).toEqual([2, 3, 3, 3, 3]);
    });
  });

  describe('villagers’ online marks', () => {
    const cast = (index: number, itemCode = 'P02'): Record<string, unknown> => ({ roundId: town.roundId, rows: [{ householdId: town.household(index), itemCodes: [itemCode] }] });

    it('are about neighbours of the same group, not oneself, and never a veto', async () => {
      expect(await town.refused(villager, 'castOnlineMarks', cast(1))).toMatchObject({ code: 'input.invalid', faults: [{ message: '不能评议本户' }] });
      expect(await town.refused(villager, 'castOnlineMarks', cast(4))).toMatchObject({ code: 'input.invalid', faults: [{ message: '只能评议本村民小组的农户' }] });
      expect(await town.refused(villager, 'castOnlineMarks', cast(0, veto.itemCode))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'rows.0.itemCodes' }] });
      expect(await town.refused('clerk', 'castOnlineMarks', cast(0))).toMatchObject({ code: 'access.denied' });
    });

    it('are given once per household and round, and lead to nobody', async () => {
      await town.act(villager, 'castOnlineMarks', 'castOn', cast(0));
      const spouse = await town.service.villager({ householdId: town.household(1), memberId: newId() });
      expect(await town.refused(spouse, 'castOnlineMarks', cast(0))).toMatchObject({ code: 'online-marks.given' });
      const { onlineMarks } = await town.query<{ onlineMarks: object }>('cadre', `query ($roundId: ID!) { onlineMarks(roundId: $roundId, groupCode: "${groupOne}") { ballots tallies { householdId itemCode number } } }`);
      expect(onlineMarks).toEqual({ ballots: 1, tallies: [{ householdId: town.household(0), itemCode: 'P02', number: 1 }] });
      const { rows } = await town.service.admin.query<{ text: string }>('SELECT online_tally::text AS text FROM civility.online_tally');
      expect(rows.map(({ text }) => text).join()).not.toContain(town.household(1));
    });

    it('change no score', async () => {
      const scores = () => town.query('cadre', `query ($roundId: ID!) { groupTable(roundId: $roundId, groupCode: "${groupOne}") { rows { householdId score } } }`);
      const before = await scores();
      const other = await town.service.villager({ householdId: town.household(2), memberId: newId() });
      await town.act(other, 'castOnlineMarks', 'castOn', cast(0));
      expect(await scores()).toEqual(before);
    });
  });

  it('is off unless the round says so', async () => {
    const plain = await ReviewTown.open();
    await plain.openRound();
    const neighbour = await plain.service.villager({ householdId: plain.household(1), memberId: newId() });
    expect(await plain.refused(neighbour, 'castOnlineMarks', { roundId: plain.roundId, rows: [{ householdId: plain.household(0), itemCodes: ['P01'] }] })).toMatchObject({ code: 'online-marks.off' });
    expect(await plain.refused('clerk', 'recordIndividualMarks', { roundId: plain.roundId, groupCode: groupOne, memberId: plain.membersOf(groupOne)[0], rows: [{ householdId: plain.household(0), marks: [] }] })).toMatchObject({ code: 'marking.other' });
    await plain.service.close();
  });
});
