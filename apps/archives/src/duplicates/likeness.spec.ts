import { likenessOf } from './likeness';

const zhang = { name: '张晓明', residentId: '999999197001010012', phone: '15400000001', address: '白莲崖村上湾组1号' };

describe('疑似重复的比对', () => {
  it('compares name with address, name with birth day, and phones', () => expect([...likenessOf(zhang).keys()].toSorted()).toEqual(['name-address', 'name-birth', 'phone']));
  it('does not mind how spaces and digits were typed', () => expect(likenessOf({ ...zhang, name: '张 晓明', address: '白莲崖村 上湾组１号' })).toEqual(likenessOf(zhang)));
  it('has nothing to compare where nothing is known', () => expect([...likenessOf({ ...zhang, phone: null, address: null }).keys()]).toEqual(['name-birth']));
  it('takes another birth day or number for what it is', () => {
    expect(likenessOf({ ...zhang, residentId: '999999197001020013' }).get('name-birth')).not.toBe(likenessOf(zhang).get('name-birth'));
    expect(likenessOf({ ...zhang, residentId: '999999197001010098' }).get('name-birth')).toBe(likenessOf(zhang).get('name-birth'));
  });
});
