import { type PlainDate } from '@credit/policy';
import { aloud, dayAloud, phoneAloud } from './spoken';

/** What each word in braces is: a day is written out in Chinese, the rest stands as it is; all are spelled out to be read aloud. */
const kinds = {
  place: 'text',
  title: 'text',
  places: 'text',
  receiver: 'text',
  address: 'text',
  phone: 'phone',
  year: 'text',
  days: 'text',
  postedOn: 'day',
  lastDay: 'day',
  objectionLastDay: 'day',
  createdOn: 'day',
  receivedOn: 'day',
  answeredOn: 'day',
  decidedOn: 'day',
} as const;

/** 填充项 */
export type Placeholder = keyof typeof kinds;
export type Filling = Readonly<Partial<Record<Placeholder, string | null>>>;

export function isPlaceholder(word: string): word is Placeholder {
  return Object.hasOwn(kinds, word);
}

const braces = /\{(\w+)\}/g;

export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(braces)].map((match) => match[1] ?? '');
}

/** `2022-12-08` → `2022年12月8日` */
export function dayInWords(day: PlainDate | string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

function inWriting(word: Placeholder, value: string): string {
  return kinds[word] === 'day' ? dayInWords(value) : value;
}

function inSpeech(word: Placeholder, value: string): string {
  switch (kinds[word]) {
    case 'day':
      return dayAloud(value);
    case 'phone':
      return phoneAloud(value);
    case 'text':
      return aloud(value);
  }
}

/** Fills the words in braces; a day not known yet leaves a line to write on. */
export function fill(text: string, filling: Filling, read: 'silently' | 'aloud' = 'silently'): string {
  return text.replace(braces, (_all, word: string) => {
    const value = isPlaceholder(word) ? filling[word] : undefined;
    if (!isPlaceholder(word) || value == null || value === '') return '＿＿＿＿';
    return read === 'aloud' ? inSpeech(word, value) : inWriting(word, value);
  });
}
