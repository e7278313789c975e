import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Items, Medians, RatingInput, RatingOutcome } from '@credit/policy';

/** 金标准的一行 — one subject: what is known of it, and what the policy's tables make of that. */
export interface GoldenSubject {
  readonly no: string;
  readonly input: RatingInput;
  /** The columns to the right of `=` and those of the result, as they stand in the file. */
  readonly expected: Readonly<Record<string, string>>;
}

const nothing = '-';
const medianMark = 'med:';
const consents: Readonly<Record<string, RatingInput['consent']>> = {
  both: { economics: true, credit: true },
  economics: { economics: true, credit: false },
  credit: { economics: false, credit: true },
  none: { economics: false, credit: false },
};
const results = ['quantitative', 'total', 'grade', 'outcome'];

/** 读金标准 — rows of a file of this folder; README.md says how to read one. Throws where a row says two things of one item. */
export function goldenSubjects(name: string): GoldenSubject[] {
  const [head = '', ...rows] = readFileSync(join(__dirname, `${name}.csv`), 'utf8').trimEnd().split('\n');
  const columns = head.split(',');
  return rows.map((row) => subject(new Map(row.split(',').map((cell, index) => [columns[index] ?? '', cell]))));
}

function subject(cells: ReadonlyMap<string, string>): GoldenSubject {
  const no = cells.get('no') ?? '';
  const known: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [column, cell] of cells) {
    const [id = '', ...items] = column.split(' ');
    const [values = '', points] = cell.split(' = ');
    if (points !== undefined) expected[id] = points;
    else if (results.includes(id)) expected[id] = cell;
    values.split(' ').forEach((value, index) => {
      const item = items[index];
      if (item === undefined || value === nothing) return;
      if ((known[item] ?? value) !== value) throw new Error(`${no}: ${item} is ${known[item]} and ${value}`);
      known[item] = value;
    });
  }
  return { no, expected, input: { ...given(known), consent: consentOf(no, cells.get('consent') ?? 'both'), civility: civilityOf(cells.get('civility')) } };
}

function given(known: Readonly<Record<string, string>>): { items: Items; medians: Medians } {
  const entries = Object.entries(known);
  return {
    items: Object.fromEntries(entries.filter(([name]) => !name.startsWith(medianMark))),
    medians: Object.fromEntries(entries.flatMap(([name, value]) => (name.startsWith(medianMark) ? [[name.slice(medianMark.length), value]] : []))),
  };
}

function consentOf(no: string, text: string): RatingInput['consent'] {
  const consent = consents[text];
  if (!consent) throw new Error(`${no}: consent “${text}”`);
  return consent;
}

function civilityOf(text = nothing): RatingInput['civility'] {
  if (text === nothing) return null;
  const [score, veto] = text.split(' ');
  return { hundredths: Math.round(Number(score) * 100), vetoed: veto === 'veto' };
}

/** An outcome in the words of the file, with only the columns that the file has. */
export function inWords(outcome: RatingOutcome, columns: readonly string[]): Record<string, string> {
  const score = (hundredths: number | null): string => (hundredths === null ? nothing : (hundredths / 100).toFixed(2));
  const words: Record<string, string> = {
    ...Object.fromEntries(outcome.lines.map(({ indicator, pointsHundredths }) => [indicator, pointsHundredths === null ? nothing : String(pointsHundredths / 100)])),
    quantitative: score(outcome.quantitativeHundredths),
    total: score(outcome.totalHundredths),
    grade: outcome.grade ?? nothing,
    outcome: outcome.reasons.length > 0 ? `${outcome.status}: ${outcome.reasons.join(' ')}` : outcome.status,
  };
  return Object.fromEntries(Object.entries(words).filter(([column]) => columns.includes(column) || /^[HECV]\d\d$/.test(column)));
}
