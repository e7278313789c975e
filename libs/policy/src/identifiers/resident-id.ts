import { isPlainDate, type PlainDate, plainDate } from '../days';
import { refuse, type Verdict } from './verdict';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';
/** Provinces, municipalities, autonomous and special regions as GB/T 2260 numbers them. */
const provinces = new Set('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '));
const sandboxRegion = '999999';

export interface ResidentIdFacts {
  readonly birthDate: PlainDate;
  readonly gender: 'male' | 'female';
}

export function residentIdCheckCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return checkCharacters[sum % 11] ?? '';
}

/** 出生日期 in a resident ID; `day.invalid` when it is no real day. */
export function residentBirthDate(id: string): PlainDate {
  return plainDate(birthOf(id));
}

/** 性别 in a resident ID: the 17th digit is odd for men. */
export function residentGender(id: string): 'male' | 'female' {
  return Number(id[16]) % 2 === 1 ? 'male' : 'female';
}

function birthOf(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
}

/** 居民身份证号 (GB 11643). Region 999999 is synthetic and valid only in a sandbox. */
export function checkResidentId(value: string, options: { readonly sandbox?: boolean } = {}): Verdict<ResidentIdFacts> {
  const id = value.trim().toUpperCase();
  if (id.length !== 18) return refuse('length', '身份证号须为 18 位，请核对');
  if (!/^\d{17}[\dX]$/.test(id)) return refuse('letter', '身份证号前 17 位须为数字，末位为数字或 X');
  const region = id.slice(0, 6);
  const known = region === sandboxRegion ? options.sandbox === true : provinces.has(region.slice(0, 2)) && region.slice(2) !== '0000';
  if (!known) return refuse('region', '身份证号的地区码不存在，请核对前 6 位');
  const birthDate = birthOf(id);
  if (!isPlainDate(birthDate) || birthDate < '1900-01-01') return refuse('birth', '身份证号中的出生日期不是真实日期，请核对第 7 至 14 位');
  if (residentIdCheckCharacter(id) !== id[17]) return refuse('check', '身份证号的校验位不符，请逐位核对');
  return { valid: true, normalised: id, birthDate, gender: residentGender(id) };
}

/** Full years of age on a day. */
export function ageOn(birthDate: PlainDate, day: PlainDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
