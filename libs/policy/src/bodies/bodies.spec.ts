import fc from 'fast-check';
import { type BodyRule, compositionFaults, quorum, quorumOf, recusalsOf, substitutesFor } from '@credit/policy';

const group: BodyRule = {
  zh: '评议小组',
  seats: [
    { capacities: ['responsible-cadre'], zh: '村包片干部', least: 1, most: 1 },
    { capacities: ['group-leader'], zh: '村民组长', least: 1, most: 1 },
    { capacities: ['party-member', 'villager'], zh: '党员或村民', least: 3, most: 5 },
  ],
  quorum: { least: 3, numerator: 2, denominator: 3 },
  source: '三(三)2',
};
const members = (...capacities: string[]) => capacities.map((capacity, index) => ({ memberId: `m${index}`, capacity }));

it('a review group of cadre, leader and three to five others may be formed', () => {
  expect(compositionFaults(group, members('responsible-cadre', 'group-leader', 'villager', 'villager', 'party-member'))).toEqual([]);
});

it('says in sentences why another may not', () => {
  expect(compositionFaults(group, members('group-leader', 'villager', 'villager'))).toEqual(['评议小组须有村包片干部至少 1 名，现有 0 名', '评议小组须有党员或村民至少 3 名，现有 2 名']);
  expect(compositionFaults(group, members('responsible-cadre', 'group-leader', ...Array<string>(6).fill('villager')))).toEqual(['评议小组的党员或村民至多 5 名，现有 6 名']);
  expect(compositionFaults(group, members('responsible-cadre', 'group-leader', 'villager', 'villager', 'villager', 'mayor'))).toEqual(['评议小组没有“mayor”这类成员']);
});

it.each([
  [5, 4],
  [6, 4],
  [7, 5],
  [3, 3],
])('of %d members at least %d decide', (size, needed) => expect(quorumOf(group, size)).toBe(needed));

it('counts for each household those present who did not withdraw', () => {
  const five = ['a', 'b', 'c', 'd', 'e'];
  expect(quorum(group, { members: five, present: five, withdrawn: ['a'] })).toMatchObject({ met: true, deciding: ['b', 'c', 'd', 'e'] });
  expect(quorum(group, { members: five, present: five, withdrawn: ['a', 'b'] })).toMatchObject({ met: false, missing: 1 });
  expect(quorum(group, { members: five, present: ['a', 'b', 'c', 'd', 'stranger'], withdrawn: [] }).deciding).not.toContain('stranger');
});

it('lets substitutes take the seats of those who withdrew, without making the body larger', () => {
  const five = ['a', 'b', 'c', 'd', 'e'];
  const withdrawn = ['a', 'b'];
  expect(quorum(group, { members: five, present: [...five, 's'], withdrawn, substitutes: ['s'] })).toMatchObject({ met: true, needed: 4, deciding: ['c', 'd', 'e', 's'] });
  expect(quorum(group, { members: five, present: [...five, 's'], withdrawn: [...withdrawn, 's'], substitutes: ['s'] }).met).toBe(false);
  expect(quorum(group, { members: five, present: [...five, 's'], withdrawn: [], substitutes: ['s'] }).deciding).toEqual(five);
});

it('never counts a withdrawn member', () => {
  fc.assert(fc.property(fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']), fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']), (present, withdrawn) => {
    expect(quorum(group, { members: ['a', 'b', 'c', 'd', 'e', 'f'], present, withdrawn }).deciding.some((member) => withdrawn.includes(member))).toBe(false);
  }));
});

it('knows why a member withdraws, and who could step in', () => {
  const ties = (memberId: string, more: object = {}) => ({ memberId, ownHouseholdId: null, kinHouseholdIds: [], conflictHouseholdIds: [], ...more });
  expect(recusalsOf(ties('a', { ownHouseholdId: 'h' }), 'h')).toEqual(['own-household']);
  expect(recusalsOf(ties('a', { kinHouseholdIds: ['h'] }), 'h')).toEqual(['kin']);
  expect(recusalsOf(ties('a', { conflictHouseholdIds: ['h'] }), 'h')).toEqual(['conflict']);
  expect(recusalsOf(ties('a', { kinHouseholdIds: ['x'] }), 'h')).toEqual([]);
  expect(recusalsOf(ties('a', { ownHouseholdId: 'h', conflictHouseholdIds: ['h'] }), 'h')).toEqual(['own-household', 'conflict']);
  expect(substitutesFor([ties('a'), ties('b', { kinHouseholdIds: ['h'] }), ties('c')], ['a'], 'h')).toEqual(['c']);
});
