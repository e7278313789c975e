import { refuse, type Verdict } from './verdict';

export type DivisionLevel = 'province' | 'city' | 'county' | 'town' | 'village' | 'group';

export interface DivisionFacts {
  readonly level: DivisionLevel;
}

/** The significant digits of a code: a county 341525000000 keeps six, a town nine, a village twelve, a group fourteen. */
export function divisionPrefix(code: string): string {
  if (code.length > 12) return code;
  for (const length of [2, 4, 6, 9]) if (/^0*$/.test(code.slice(length))) return code.slice(0, length);
  return code;
}

export function divisionLevel(code: string): DivisionLevel {
  const levels: Readonly<Record<number, DivisionLevel>> = { 2: 'province', 4: 'city', 6: 'county', 9: 'town', 12: 'village', 14: 'group' };
  return levels[divisionPrefix(code).length] ?? 'village';
}

/** Whether a division lies in another or is the same. */
export function isWithin(scope: string, target: string): boolean {
  return target.startsWith(divisionPrefix(scope));
}

/** 行政区划代码: 12 digits 2+2+2+3+3, or 14 for a villager group (村民小组). */
export function checkDivision(value: string): Verdict<DivisionFacts> {
  const code = value.trim();
  if (code.length !== 12 && code.length !== 14) return refuse('length', '行政区划代码须为 12 位（村民小组为 14 位），请核对');
  if (!/^\d+$/.test(code)) return refuse('letter', '行政区划代码只含数字，请核对');
  if (code.startsWith('00')) return refuse('region', '行政区划代码的省级两位不能为 00，请核对');
  if (code.length === 14 && (code.slice(9, 12) === '000' || code.slice(12) === '00')) return refuse('village', '村民小组代码须以行政村代码开头，组号从 01 起');
  return { valid: true, normalised: code, level: divisionLevel(code) };
}

export interface HouseholdNoFacts {
  readonly groupCode: string;
  readonly villageCode: string;
}

/** 户编号: `H` + 14-digit villager group + 4-digit sequence from 0001. */
export function checkHouseholdNo(value: string, options: { readonly knownVillage?: (villageCode: string) => boolean } = {}): Verdict<HouseholdNoFacts> {
  const number = value.trim().toUpperCase();
  if (number.length !== 19) return refuse('length', '户编号须为 H 加 18 位数字，请核对');
  if (!/^H\d{18}$/.test(number)) return refuse('letter', '户编号须为 H 加 18 位数字，请核对');
  const groupCode = number.slice(1, 15);
  const villageCode = groupCode.slice(0, 12);
  if (!checkDivision(groupCode).valid || options.knownVillage?.(villageCode) === false) return refuse('village', '户编号中的村或组不存在，请核对第 2 至 15 位');
  if (number.endsWith('0000')) return refuse('sequence', '户编号的末四位顺序号从 0001 起');
  return { valid: true, normalised: number, groupCode, villageCode };
}

/** 手机号码 */
export function checkMobile(value: string): Verdict {
  const mobile = value.trim();
  if (mobile.length !== 11) return refuse('length', '手机号码须为 11 位，请核对');
  if (!/^1[3-9]\d{9}$/.test(mobile)) return refuse('letter', '手机号码须以 13 至 19 开头且只含数字，请核对');
  return { valid: true, normalised: mobile };
}
