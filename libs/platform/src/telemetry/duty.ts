/**
 * 法定事项 — a kind of matter somebody has to deal with, by the law or by the policy. `open` is SQL for one column: the last day of each matter
 * not dealt with yet, null where no day is set. It runs whenever figures are asked for, so it has to lead to an index of what is open.
 */
export interface Duty {
  readonly duty: string;
  readonly zh: string;
  readonly clause: string;
  readonly open: string;
}

/** 积压 — rows that wait for the system itself, not for a person. `rows` is SQL with one row for each. */
export interface Backlog {
  readonly work: string;
  readonly zh: string;
  readonly rows: string;
}

/** 逾期天数 in ranges for a reader; the bounds only group, they decide nothing. */
export const overdueRanges = [
  { days: '1-3', from: 1, to: 3 },
  { days: '4-10', from: 4, to: 10 },
  { days: '11-30', from: 11, to: 30 },
  { days: '31+', from: 31, to: 1_000_000 },
] as const;

export type OverdueRange = (typeof overdueRanges)[number]['days'];

export interface DutyFigure {
  readonly duty: string;
  readonly zh: string;
  readonly clause: string;
  readonly open: number;
  readonly dueToday: number;
  readonly overdue: Readonly<Record<OverdueRange, number>>;
}

const days = '(today - due_on)';
const overdueColumns = overdueRanges.map(({ days: range, from, to }) => `'${range}', count(*) FILTER (WHERE ${days} BETWEEN ${from} AND ${to})`).join(', ');

/** One row `open, dueToday, overdue` of a duty. */
export function dutySql({ open }: Duty): string {
  return `SELECT count(*)::int AS open, (count(*) FILTER (WHERE due_on = today))::int AS "dueToday", json_build_object(${overdueColumns}) AS overdue
    FROM (${open}) AS waiting(due_on) CROSS JOIN (SELECT platform.today() AS today) AS t`;
}

const mostCounted = 100_000;

/** One row `count` of a backlog; beyond a hundred thousand it says only that. */
export function backlogSql({ rows }: Backlog): string {
  return `SELECT count(*)::int AS count FROM (SELECT 1 FROM (${rows}) AS waiting LIMIT ${mostCounted}) AS counted`;
}
