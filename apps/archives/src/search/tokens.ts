import { pinyin } from 'pinyin-pro';

export interface Searchable {
  readonly householdNo: string;
  readonly names: readonly string[];
  readonly phones: readonly string[];
}

const leastLetters = 2;
const tailLength = 4;
const hanCharacter = /^\p{Script=Han}$/u;

/** `张晓明` → its characters and pairs. */
function characterTokens(name: string): string[] {
  const characters = Array.from(name).filter((character) => hanCharacter.test(character));
  return [...characters, ...characters.slice(1).map((character, index) => `${characters[index]}${character}`)].map((text) => `n:${text}`);
}

const prefixes = (text: string): string[] => Array.from({ length: Math.max(0, text.length - leastLetters + 1) }, (_, index) => text.slice(0, index + leastLetters));

/** `zhangxiaoming` and `zxm`, from each syllable on, so that a given name alone is found too. */
function pinyinTokens(name: string): string[] {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed' }).map((one) => one.toLowerCase().replaceAll('ü', 'v'));
  const initials = syllables.map((one) => one[0] ?? '').join('');
  const spelled = syllables.flatMap((_, index) => prefixes(syllables.slice(index).join('')));
  return [...spelled.map((text) => `p:${text}`), ...prefixes(initials).map((text) => `i:${text}`)];
}

/** 检索词 of a household: names by character, pinyin and initials, its number, the last four digits of phones. */
export function tokensOf({ householdNo, names, phones }: Searchable): Set<string> {
  return new Set([
    ...names.flatMap((name) => [...characterTokens(name), ...pinyinTokens(name)]),
    `h:${householdNo}`,
    `h:${householdNo.slice(-tailLength)}`,
    ...phones.map((phone) => `t:${phone.slice(-tailLength)}`),
  ]);
}

/** What was typed, as groups of tokens: one token of every group has to match. Null when nothing can be searched for. */
export function queryTokens(typed: string): string[][] | null {
  const groups: string[][] = [];
  for (const word of typed.trim().split(/\s+/).slice(0, 5)) {
    const characters = Array.from(word);
    if (/^\d{4}$/.test(word)) groups.push([`h:${word}`, `t:${word}`]);
    else if (/^h\d{18}$/i.test(word)) groups.push([`h:${word.toUpperCase()}`]);
    else if (/^[a-zü]{2,40}$/i.test(word)) groups.push([`p:${word.toLowerCase().replaceAll('ü', 'v')}`, `i:${word.toLowerCase()}`]);
    else if (characters.length > 0 && characters.length <= 12 && characters.every((character) => hanCharacter.test(character))) {
      if (characters.length === 1) groups.push([`n:${word}`]);
      else groups.push(...characters.slice(1).map((character, index) => [`n:${characters[index]}${character}`]));
    } else return null;
  }
  return groups.length > 0 ? groups : null;
}
