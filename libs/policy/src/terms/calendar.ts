import { addDays, dayOfWeek, isPlainDate, type PlainDate } from '../days';
import { type Issue, issue, PolicyError } from '../errors';

/** 放假安排 of one year: days of rest that are not weekends anyway, and weekend days that are worked (调休). */
export interface CalendarYear {
  readonly source: string;
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly workdays: readonly string[];
}

/** 法定节假日历 — years as the State Council arranges them. */
export type CalendarData = Readonly<Record<string, CalendarYear>>;

/** Knows rest days and worked weekend days of the years it was given. */
export class Calendar {
  private readonly years: ReadonlySet<string>;
  private readonly resting = new Set<string>();
  private readonly working = new Set<string>();

  constructor(data: CalendarData) {
    this.years = new Set(Object.keys(data));
    for (const year of Object.values(data)) {
      for (const { from, to } of year.holidays) for (let day = from as PlainDate; day <= to; day = addDays(day, 1)) this.resting.add(day);
      for (const day of year.workdays) this.working.add(day);
    }
  }

  /** `calendar.no-year` where no arrangement is known: a guess could end somebody's window too early. */
  isRest(day: PlainDate): boolean {
    if (!this.years.has(day.slice(0, 4))) throw new PolicyError('calendar.no-year', { year: day.slice(0, 4) });
    if (this.working.has(day)) return false;
    return this.resting.has(day) || dayOfWeek(day) > 5;
  }

  /** The day itself, or the next working day when it is a day of rest. */
  roll(day: PlainDate): PlainDate {
    let rolled = day;
    while (this.isRest(rolled)) rolled = addDays(rolled, 1);
    return rolled;
  }
}

export function checkCalendar(data: CalendarData): Issue[] {
  const issues: Issue[] = [];
  for (const [year, { source, holidays, workdays }] of Object.entries(data)) {
    if (!source) issues.push(issue([year, 'source'], 'calendar.source', '请写明放假通知的文号或出处'));
    holidays.forEach(({ from, to }, index) => {
      if (!isPlainDate(from) || !isPlainDate(to)) issues.push(issue([year, 'holidays', index], 'calendar.day', '日期须形如 2024-02-10，且为真实日期'));
      else if (from > to) issues.push(issue([year, 'holidays', index], 'calendar.order', '放假起始日晚于结束日，请对调'));
    });
    workdays.forEach((day, index) => {
      if (!isPlainDate(day)) issues.push(issue([year, 'workdays', index], 'calendar.day', '日期须形如 2024-02-04，且为真实日期'));
      else if (holidays.some(({ from, to }) => from <= day && day <= to)) issues.push(issue([year, 'workdays', index], 'calendar.both', `${day} 既列为放假又列为上班，请核对通知`));
      else if (dayOfWeek(day) < 6) issues.push(issue([year, 'workdays', index], 'calendar.workday', `${day} 不是周末，调休上班日须为周末`));
    });
  }
  return issues;
}
