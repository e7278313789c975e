import fc from 'fast-check';
import { ageOn, checkCreditCode, checkDivision, checkHouseholdNo, checkMobile, checkResidentId, creditCodeCheckCharacter, divisionLevel, isWithin, maskMobile, maskName, maskResidentId, plainDate, residentBirthDate, residentGender, residentIdCheckCharacter } from '@credit/policy';

describe('居民身份证号', () => {
  it.each(['341525190001019912', '34152519011225996X', '34152519011225996x'])('%s is valid', (value) => expect(checkResidentId(value)).toMatchObject({ valid: true, normalised: value.toUpperCase() }));
  it.each([
    ['341525190103079982', 'check'],
    ['341525190102299917', 'birth'],
    ['00000019010307998X', 'region'],
    ['34152519010307998', 'length'],
    ['34152519010307A982', 'letter'],
  ])('%s is refused: %s', (value, reason) => expect(checkResidentId(value)).toMatchObject({ valid: false, reason, message: expect.stringMatching(/[一-龥]/) as string }));

  it('of region 999999 is valid only in a sandbox', () => {
    const first17 = '99999919800101001';
    const id = first17 + residentIdCheckCharacter(first17);
    expect(checkResidentId(id)).toMatchObject({ valid: false, reason: 'region' });
    expect(checkResidentId(id, { sandbox: true })).toMatchObject({ valid: true, birthDate: '1980-01-01', gender: 'male' });
  });

  it('with any single digit changed is refused', () => {
    const id = '341525190001019912';
    fc.assert(fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const changed = id.slice(0, at) + String((Number(id[at]) + by) % 10) + id.slice(at + 1);
      expect(checkResidentId(changed).valid).toBe(false);
    }));
  });

  it('tells the day of birth and the gender', () => {
    expect(residentBirthDate('34152519011225996X')).toBe('1901-12-25');
    expect(residentGender('34152519011225996X')).toBe('female');
    expect(() => residentBirthDate('341525190102299917')).toThrow('day.invalid');
  });

  it('gives the age on a day', () => {
    expect(ageOn(plainDate('2004-03-02'), plainDate('2022-03-01'))).toBe(17);
    expect(ageOn(plainDate('2004-03-02'), plainDate('2022-03-02'))).toBe(18);
  });
});

describe('统一社会信用代码', () => {
  it.each([
    ['93341525MA0TEY1X9A', 'co-operative'],
    ['N2341525MF00TEY24R', 'village-collective'],
  ])('%s is valid: %s', (value, kind) => expect(checkCreditCode(value)).toMatchObject({ valid: true, kind }));
  it('warns of a legacy code whose inner organisation code fails, and does not refuse it', () => {
    const first17 = '93341525MA0TEY1X8';
    expect(checkCreditCode(first17 + creditCodeCheckCharacter(first17))).toMatchObject({ valid: true, warning: expect.stringContaining('历史代码') as string });
    expect(checkCreditCode('93341525MA0TEY1X9A')).not.toHaveProperty('warning');
  });
  it.each([
    ['93341525MA0TEY1X9B', 'check'],
    ['N2341525MF00TSY24R', 'letter'],
    ['93341525MA0TEY1X9', 'length'],
  ])('%s is refused: %s', (value, reason) => expect(checkCreditCode(value)).toMatchObject({ valid: false, reason }));
});

describe('行政区划、户编号、手机号', () => {
  it.each([
    ['341525000000', 'county'],
    ['341525109000', 'town'],
    ['341525109204', 'village'],
    ['34152510920401', 'group'],
  ])('%s is a %s', (code, level) => {
    expect(checkDivision(code)).toMatchObject({ valid: true, level });
    expect(divisionLevel(code)).toBe(level);
  });
  it.each([
    ['34152510920', 'length'],
    ['34152510920X', 'letter'],
    ['34152510920400', 'village'],
  ])('%s is refused: %s', (code, reason) => expect(checkDivision(code)).toMatchObject({ valid: false, reason }));

  it('lie in each other by their digits', () => {
    expect(isWithin('341525109000', '34152510920401')).toBe(true);
    expect(isWithin('341525109000', '341525110200')).toBe(false);
    expect(isWithin('341525109204', '341525109000')).toBe(false);
  });

  it('H341525109201010001 is a household number; a sequence of zeros or an unknown village is none', () => {
    expect(checkHouseholdNo('H341525109201010001')).toMatchObject({ valid: true, groupCode: '34152510920101', villageCode: '341525109201' });
    expect(checkHouseholdNo('H341525109201010000')).toMatchObject({ valid: false, reason: 'sequence' });
    expect(checkHouseholdNo('H341525109201010001', { knownVillage: () => false })).toMatchObject({ valid: false, reason: 'village' });
    expect(checkHouseholdNo('341525109201010001')).toMatchObject({ valid: false, reason: 'length' });
  });

  it('15400000001 is a mobile number, 12800000000 is none', () => {
    expect(checkMobile('15400000001').valid).toBe(true);
    expect(checkMobile('12800000000')).toMatchObject({ valid: false, reason: 'letter' });
  });
});

describe('脱敏', () => {
  it.each([
    ['张晓明', '张*明'],
    ['张明', '张*'],
    ['欧阳明月', '欧阳*月'],
    ['张', '张*'],
    ['', ''],
  ])('%s becomes %s', (name, masked) => expect(maskName(name)).toBe(masked));
  it('leaves of numbers what a person recognises as the own', () => {
    expect(maskResidentId('341525190001019912')).toBe('3****************2');
    expect(maskMobile('15400000001')).toBe('154****0001');
  });
});
