import { Typeface } from './typeface';

/** 缺字 — a character that the typeface cannot print; `codePoint` as U+30EDD, by which a clerk finds it in any table of characters. */
export interface MissingCharacter {
  readonly character: string;
  readonly codePoint: string;
}

/** Stands where a character is missing, so that nobody takes the rest for the whole name. */
export const substitute = '〓';

const invisible = /\p{Default_Ignorable_Code_Point}/u;
const space = /\p{White_Space}/u;

/** Every character as it is printed: unseen ones go, white space is one width, what the typeface lacks becomes 〓 and is told to `lacking`. */
export function printable(text: string, lacking: (character: string) => void): string {
  let printed = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (invisible.test(character)) continue;
    if (character === '\n' || character === '\u3000') printed += character;
    else if (space.test(character)) printed += ' ';
    else if (Typeface.of('regular').has(codePoint)) printed += character;
    else {
      lacking(character);
      printed += substitute;
    }
  }
  return printed;
}

export function nameCodePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** 查缺字 — before anything is printed or sealed: each missing character once, in the order in which it first stands. */
export function missingCharacters(texts: Iterable<string>): MissingCharacter[] {
  const missing = new Set<string>();
  for (const text of texts) printable(text, (character) => missing.add(character));
  return [...missing].map((character) => ({ character, codePoint: nameCodePoint(character) }));
}
