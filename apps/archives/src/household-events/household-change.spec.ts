import { plainDate } from '@credit/policy';
import { type Belonging, faultsOf, nothing, standingAfter } from './household-change';

const [ours, theirs] = ['ours', 'theirs'];
const person = (memberId: string, householdId: string, head = false): Belonging => ({ memberId, householdId, head, fromOn: plainDate('2031-01-10') });
const members = [person('father', ours, true), person('mother', ours), person('son', ours), person('neighbour', theirs, true)];
const faults = (change: Partial<typeof nothing>, on = '2031-02-01') => faultsOf({ ...nothing, ...change }, [ours, theirs], members, plainDate(on), '户主').map(({ path }) => path);

describe('家庭变动', () => {
  it('leaves a household with its head when another member goes', () => {
    expect(faults({ leaves: ['mother'] })).toEqual([]);
    expect(faults({ joins: [{ memberId: 'son', householdId: theirs, relation: '女婿' }] })).toEqual([]);
  });

  it('asks for a new head when the head goes, and takes exactly one', () => {
    expect(faults({ leaves: ['father'] })).toEqual(['roles']);
    expect(faults({ leaves: ['father'], roles: [{ memberId: 'mother', relation: '户主' }] })).toEqual([]);
    expect(faults({ leaves: ['father'], roles: [{ memberId: 'mother', relation: '户主' }, { memberId: 'son', relation: '户主' }] })).toEqual(['roles']);
    expect(faults({ roles: [{ memberId: 'mother', relation: '户主' }] })).toEqual(['roles']);
    expect(faults({ roles: [{ memberId: 'mother', relation: '户主' }, { memberId: 'father', relation: '配偶' }] })).toEqual([]);
  });

  it('needs no head where nobody is left', () => {
    expect(faults({ leaves: ['neighbour'] })).toEqual([]);
    expect(standingAfter({ ...nothing, leaves: ['neighbour'] }, [theirs], members, '户主').get(theirs)).toEqual({ people: 0, heads: 0 });
  });

  it('names nobody twice and nobody from elsewhere, and takes effect on no day before somebody belonged there', () => {
    expect(faults({ leaves: ['son'], roles: [{ memberId: 'son', relation: '儿子' }] })).toEqual(['members']);
    expect(faults({ leaves: ['stranger'] })).toEqual(['members']);
    expect(faults({ leaves: ['son'] }, '2031-01-09')).toEqual(['effectiveOn']);
    expect(faults({ leaves: ['son'] }, '2031-01-10')).toEqual([]);
  });
});
