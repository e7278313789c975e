import { addDays, addMonths, isPlainDate, NaturalDayWindow, type PlainDate } from '../days';
import { type Issue, issue, PolicyError } from '../errors';
import type { Calendar } from './calendar';

export const termKinds = [
  'publication.content',
  'publication.result',
  'publication.rating',
  'publication.village',
  'publication.reconsideration',
  'publication.correction',
  'publication.repair',
  'objection',
  'answer',
  'list-answer',
  'answer-reminder',
  'finding-answer',
  'human-review',
  'validity',
  'renewal-notice',
] as const;
/** 期限种类 */
export type TermKind = (typeof termKinds)[number];

/** 期限的一个版本 — a new rule adds a version from a day; none is ever edited. */
export interface TermVersion {
  readonly from: string;
  readonly days?: number;
  readonly months?: number;
  /** 不少于 — longer is allowed when asked for; without it the length is fixed. */
  readonly atLeast?: boolean;
  /** A last day of rest moves to the next working day. */
  readonly roll?: boolean;
  readonly source: string;
}

export type Terms = Readonly<Record<TermKind, readonly TermVersion[]>>;

export interface WindowOptions {
  readonly roll?: boolean;
  readonly calendar?: Calendar;
  /** A longer time than the term's, where the policy says “at least”. */
  readonly days?: number;
}

/** The version in force on a day; `term.none` before the first. */
export function termOn(terms: Terms, kind: TermKind, day: PlainDate): TermVersion {
  const version = terms[kind].findLast(({ from }) => from <= day);
  if (!version) throw new PolicyError('term.none', { kind, day });
  return version;
}

/**
 * 期间 of a kind that opened on a day, by the term in force then. `term.too-short` when fewer days are asked for,
 * `term.fixed` when more are asked for where the policy fixes the number.
 */
export function windowOf(terms: Terms, kind: TermKind, openedOn: PlainDate, options: WindowOptions = {}): NaturalDayWindow {
  const term = termOn(terms, kind, openedOn);
  const rolls = options.roll ?? term.roll ?? false;
  if (rolls && !options.calendar) throw new PolicyError('term.calendar-missing', { kind });
  const roll = (day: PlainDate): PlainDate => (rolls && options.calendar ? options.calendar.roll(day) : day);
  if (term.months !== undefined) return NaturalDayWindow.until(openedOn, roll(addMonths(openedOn, term.months)));
  const days = term.days ?? 0;
  if (options.days !== undefined && options.days < days) throw new PolicyError('term.too-short', { kind, days, asked: options.days });
  if (options.days !== undefined && options.days > days && !term.atLeast) throw new PolicyError('term.fixed', { kind, days, asked: options.days });
  return NaturalDayWindow.of(options.days ?? days, openedOn, roll);
}

/** 提前若干日 — the day on which something is due that many days before another day (renewal notices). */
export function daysBeforeTerm(terms: Terms, kind: TermKind, day: PlainDate): PlainDate {
  return addDays(day, -(termOn(terms, kind, day).days ?? 0));
}

/** 异议期 of a publication: counted from its last day. 三(三)3 */
export function objectionWindowOf(terms: Terms, publicationLastDay: PlainDate, options: WindowOptions = {}): NaturalDayWindow {
  return windowOf(terms, 'objection', publicationLastDay, options);
}

export function checkTerms(terms: Terms): Issue[] {
  const issues: Issue[] = [];
  for (const kind of termKinds) {
    const versions = terms[kind] as readonly TermVersion[] | undefined;
    if (!versions || versions.length === 0) {
      issues.push(issue([kind], 'term.missing', `缺少期限“${kind}”，请补上天数与依据`));
      continue;
    }
    versions.forEach((version, index) => {
      const previous = versions[index - 1];
      if (!isPlainDate(version.from)) issues.push(issue([kind, index, 'from'], 'term.from', '起始日须形如 2022-11-14'));
      if (previous && previous.from >= version.from) issues.push(issue([kind, index, 'from'], 'term.order', '版本须按起始日先后排列，且不得重复'));
      if ((version.days === undefined) === (version.months === undefined)) issues.push(issue([kind, index], 'term.length', '请只写 days（天）或 months（月）其中之一'));
      if ((version.days ?? version.months ?? 0) <= 0) issues.push(issue([kind, index], 'term.length', '期限须为正数'));
      if (!version.source) issues.push(issue([kind, index, 'source'], 'term.source', '请写明依据的条款'));
    });
  }
  for (const kind of Object.keys(terms)) if (!(termKinds as readonly string[]).includes(kind)) issues.push(issue([kind], 'term.unknown', `没有“${kind}”这种期限，请核对名称`));
  return issues;
}
