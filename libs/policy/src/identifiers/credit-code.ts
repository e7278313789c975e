import { refuse, type Verdict } from './verdict';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const kinds: Readonly<Record<string, string>> = { '91': 'company', '92': 'sole-trader', '93': 'co-operative', N2: 'village-collective' };

export interface CreditCodeFacts {
  /** company | sole-trader | co-operative | village-collective | other */
  readonly kind: string;
}

/** The last character of a code. */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31] ?? '';
}

/** The ninth character of the organisation code inside. */
export function organisationCheckCharacter(first8: string): string {
  const sum = organisationWeights.reduce((total, weight, index) => total + weight * organisationAlphabet.indexOf(first8[index] ?? ''), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * 统一社会信用代码 (GB 32100). A wrong last character is refused; an organisation code inside that fails its own check is
 * only a warning, because real legacy codes do.
 */
export function checkCreditCode(value: string): Verdict<CreditCodeFacts> {
  const code = value.trim().toUpperCase();
  if (code.length !== 18) return refuse('length', '统一社会信用代码须为 18 位，请核对');
  const stray = Array.from(code).find((character) => !alphabet.includes(character));
  if (stray) return refuse('letter', `统一社会信用代码不使用字母或符号“${stray}”，请核对是否看错（如 S 与 5、O 与 0）`);
  if (!/^\d{6}$/.test(code.slice(2, 8))) return refuse('region', '统一社会信用代码第 3 至 8 位须为行政区划数字，请核对');
  if (creditCodeCheckCharacter(code.slice(0, 17)) !== code[17]) return refuse('check', '统一社会信用代码的校验位不符，请逐位核对');
  const kind = kinds[code.slice(0, 2)] ?? 'other';
  const legacy = organisationCheckCharacter(code.slice(8, 16)) !== code[16];
  return { valid: true, normalised: code, kind, ...(legacy ? { warning: '其中的组织机构代码校验不符，可能是历史代码，请与证照核对后确认' } : {}) };
}
