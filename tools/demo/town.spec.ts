import { checkCreditCode, checkHouseholdNo, checkMobile, checkResidentId } from '@credit/policy';
import { makeTown } from './town';

const town = makeTown(1200);
const households = town.villages.flatMap((village) => village.households);

it('has the thirteen villages and one community, households in the five villages of the plan, forty entities and thirteen collectives', () => {
  expect(town.villages).toHaveLength(14);
  expect(town.villages.filter((village) => village.households.length > 0)).toHaveLength(5);
  expect(households).toHaveLength(1200);
  expect(town.villages.flatMap((village) => village.entities)).toHaveLength(40);
  expect(town.villages.flatMap((village) => village.collective ?? [])).toHaveLength(13);
});

it('is the same town for the same seed', () => expect(JSON.stringify(makeTown(40))).toBe(JSON.stringify(makeTown(40))));

it('has only sound identifiers, all of them synthetic and nobody twice', () => {
  const ids = households.flatMap((household) => household.members.map((member) => member.residentId));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(checkResidentId(id, { sandbox: true }).valid).toBe(true);
    expect(checkResidentId(id).valid).toBe(false);
  }
  for (const household of households) {
    expect(checkHouseholdNo(household.householdNo).valid).toBe(true);
    for (const member of household.members) if (member.phone) expect(checkMobile(member.phone).valid).toBe(true);
  }
  expect(new Set(households.map((household) => household.householdNo)).size).toBe(households.length);
  for (const village of town.villages) for (const entity of [...village.entities, ...(village.collective ? [village.collective] : [])]) expect(checkCreditCode(entity.creditCode)).toMatchObject({ valid: true });
});

it('spreads families over several households', () => {
  const sizes = new Map<number, number>();
  for (const { family } of households) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  expect([...sizes.values()].filter((size) => size > 1).length).toBeGreaterThan(100);
});
