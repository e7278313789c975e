import { checkCreditCode, checkDivision, checkHouseholdNo, checkMobile, checkResidentId, creditCodeCheckCharacter, divisionLevel, divisionPrefix, maskName, residentIdCheckCharacter } from '@credit/policy';

const creditCode = (first17: string): string => first17 + creditCodeCheckCharacter(first17);
const residentId = (first17: string): string => first17 + residentIdCheckCharacter(first17);

describe('编码的拒绝 say which part is wrong and what to do', () => {
  it.each<[string, { valid: boolean }, object]>([
    ['division of 11 digits', checkDivision('34152510920'), { reason: 'length', message: '行政区划代码须为 12 位（村民小组为 14 位），请核对' }],
    ['division of 13 digits', checkDivision('3415251092040'), { reason: 'length' }],
    ['division with a letter at the front', checkDivision('A41525109204'), { reason: 'letter', message: '行政区划代码只含数字，请核对' }],
    ['division with a letter at the end', checkDivision('34152510920A'), { reason: 'letter' }],
    ['division of no province', checkDivision('001525109204'), { reason: 'region', message: '行政区划代码的省级两位不能为 00，请核对' }],
    ['group of no village', checkDivision('34152510900001'), { reason: 'village', message: '村民小组代码须以行政村代码开头，组号从 01 起' }],
    ['group of number 00', checkDivision('34152510920400'), { reason: 'village' }],
    ['household number too short', checkHouseholdNo('H34152510920401000'), { reason: 'length', message: '户编号须为 H 加 18 位数字，请核对' }],
    ['household number without H', checkHouseholdNo('3341525109204010001'), { reason: 'letter', message: '户编号须为 H 加 18 位数字，请核对' }],
    ['household number with a letter inside', checkHouseholdNo('H34152510920401000A'), { reason: 'letter' }],
    ['household number of an unknown village', checkHouseholdNo('H341525109204010001', { knownVillage: () => false }), { reason: 'village', message: '户编号中的村或组不存在，请核对第 2 至 15 位' }],
    ['household number of group 00', checkHouseholdNo('H341525109204000001'), { reason: 'village' }],
    ['household number 0000', checkHouseholdNo('H341525109204010000'), { reason: 'sequence', message: '户编号的末四位顺序号从 0001 起' }],
    ['mobile of ten digits', checkMobile('1540000000'), { reason: 'length', message: '手机号码须为 11 位，请核对' }],
    ['mobile of twelve digits', checkMobile('154000000011'), { reason: 'length' }],
    ['mobile that begins with 12', checkMobile('12400000001'), { reason: 'letter', message: '手机号码须以 13 至 19 开头且只含数字，请核对' }],
    ['mobile with a letter', checkMobile('1540000000A'), { reason: 'letter' }],
    ['credit code of 17', checkCreditCode('93341525MA0TEY1X9'), { reason: 'length', message: '统一社会信用代码须为 18 位，请核对' }],
    ['credit code with an S', checkCreditCode('93341525MA0TEY1XSA'), { reason: 'letter', message: '统一社会信用代码不使用字母或符号“S”，请核对是否看错（如 S 与 5、O 与 0）' }],
    ['credit code whose region begins with a letter', checkCreditCode(creditCode('93A41525MA0TEY1X9')), { reason: 'region', message: '统一社会信用代码第 3 至 8 位须为行政区划数字，请核对' }],
    ['credit code whose region ends with a letter', checkCreditCode(creditCode('9334152AMA0TEY1X9')), { reason: 'region' }],
    ['credit code of a wrong last character', checkCreditCode('93341525MA0TEY1X9B'), { reason: 'check', message: '统一社会信用代码的校验位不符，请逐位核对' }],
    ['resident ID with a letter at the front', checkResidentId('A41525197001010011'), { reason: 'letter' }],
    ['resident ID of no province', checkResidentId(residentId('99152519700101001')), { reason: 'region' }],
    ['resident ID of a province without a city', checkResidentId(residentId('34000019700101001')), { reason: 'region' }],
    ['resident ID of before 1900', checkResidentId(residentId('34152518991231001')), { reason: 'birth' }],
  ])('%s', (_what, verdict, expected) => {
    expect(verdict).toMatchObject({ valid: false, ...expected });
  });

  it.each<[string, { valid: boolean; normalised?: string }, string]>([
    ['division', checkDivision(' 341525109204 '), '341525109204'],
    ['household number', checkHouseholdNo(' h341525109204010001\n'), 'H341525109204010001'],
    ['mobile', checkMobile(' 15400000001 '), '15400000001'],
    ['mobile that begins with 13', checkMobile('13000000000'), '13000000000'],
    ['mobile that begins with 19', checkMobile('19999999999'), '19999999999'],
    ['credit code', checkCreditCode(' 93341525ma0tey1x9a '), '93341525MA0TEY1X9A'],
    ['resident ID of 1900-01-01', checkResidentId(` ${residentId('34152519000101001')} `), residentId('34152519000101001')],
  ])('%s is taken as it was meant, blanks and case aside', (_what, verdict, normalised) => {
    expect(verdict).toMatchObject({ valid: true, normalised });
  });

  it.each([
    ['91', 'company'],
    ['92', 'sole-trader'],
    ['93', 'co-operative'],
    ['N2', 'village-collective'],
    ['11', 'other'],
  ])('credit codes that begin with %s are of a %s', (start, kind) => {
    expect(checkCreditCode(creditCode(`${start}341525MA0TEY1X9`))).toMatchObject({ valid: true, kind });
  });

  it('tells the level of a division by the digits that say something', () => {
    const codes = ['340000000000', '341500000000', '341525000000', '341525109000', '341525109204', '34152510920401', '34152510900000'];
    expect(codes.map((code) => [divisionPrefix(code), divisionLevel(code)])).toEqual([
      ['34', 'province'], ['3415', 'city'], ['341525', 'county'], ['341525109', 'town'], ['341525109204', 'village'], ['34152510920401', 'group'], ['34152510900000', 'group'],
    ]);
  });
});

describe('姓名脱敏', () => {
  it.each(['欧阳', '上官', '司马', '诸葛', '司徒', '东方', '皇甫', '尉迟', '公孙', '令狐', '慕容', '夏侯', '长孙', '宇文', '轩辕', '端木', '百里', '南宫', '闻人', '申屠'])('keeps the surname %s whole', (surname) => {
    expect([maskName(`${surname}明`), maskName(`${surname}明月`)]).toEqual([`${surname}*`, `${surname}*月`]);
  });

  it('of short names, blanks and nothing', () => {
    expect(['', ' ', '张', ' 张明 ', '张晓明', '张三李四', '欧阳'].map(maskName)).toEqual(['', '', '张*', '张*', '张*明', '张**四', '欧*']);
  });
});
