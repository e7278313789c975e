import { addDays, Calendar, checkCalendar, checkTerms, daysBeforeTerm, plainDate, type TermKind, termKinds, type Terms, termOn, windowOf } from '@credit/policy';

const version = (days: number, more: object = {}) => [{ from: '2022-11-14', days, source: '三(三)3', ...more }];
const terms = {
  ...Object.fromEntries(termKinds.map((kind) => [kind, version(5)])),
  'publication.content': version(3, { atLeast: true }),
  'publication.result': version(7),
  'publication.rating': version(7, { atLeast: true }),
  objection: version(10),
  answer: version(5),
  validity: [{ from: '2022-11-14', months: 12, source: '三(六)4' }],
  'renewal-notice': version(120),
} as unknown as Terms;

const springFestival = new Calendar({ 2024: { source: '国办发明电〔2023〕7号', holidays: [{ name: '春节', from: '2024-02-10', to: '2024-02-17' }], workdays: ['2024-02-04', '2024-02-18'] } });

describe('期限', () => {
  it.each<[TermKind, string, string, string]>([
    ['publication.result', '2022-12-01', '2022-12-08', '2022-12-09T00:00:00+08:00'],
    ['objection', '2022-12-08', '2022-12-18', '2022-12-19T00:00:00+08:00'],
    ['answer', '2022-12-12', '2022-12-17', '2022-12-18T00:00:00+08:00'],
    ['publication.result', '2024-02-25', '2024-03-03', '2024-03-04T00:00:00+08:00'],
    ['validity', '2024-02-29', '2025-02-28', '2025-03-01T00:00:00+08:00'],
  ])('of %s opened on %s ends on %s', (kind, openedOn, lastDay, overAt) => {
    expect(windowOf(terms, kind, plainDate(openedOn))).toMatchObject({ lastDay, overAt });
  });

  it('does not roll by default: natural days include holidays', () => {
    expect(windowOf(terms, 'objection', plainDate('2024-02-03'), { calendar: springFestival }).lastDay).toBe('2024-02-13');
  });

  it('rolls when switched on, over the holiday to the Sunday that is worked', () => {
    expect(windowOf(terms, 'objection', plainDate('2024-02-03'), { roll: true, calendar: springFestival }).lastDay).toBe('2024-02-18');
  });

  it('rolls a plain weekend to Monday', () => {
    expect(windowOf(terms, 'answer', plainDate('2024-03-04'), { roll: true, calendar: springFestival }).lastDay).toBe('2024-03-11');
  });

  it('does not guess the days of rest of a year it does not know', () => {
    expect(() => windowOf(terms, 'answer', plainDate('2024-12-30'), { roll: true, calendar: springFestival })).toThrow('calendar.no-year');
  });

  it('may be longer only where the policy says “at least”, and never shorter', () => {
    const day = plainDate('2022-12-01');
    expect(windowOf(terms, 'publication.rating', day, { days: 10 }).lastDay).toBe('2022-12-11');
    expect(() => windowOf(terms, 'publication.result', day, { days: 8 })).toThrow('term.fixed');
    expect(() => windowOf(terms, 'publication.content', day, { days: 2 })).toThrow('term.too-short');
  });

  it('keeps the version of the day the window opened', () => {
    const dated = { ...terms, answer: [...version(5), { from: '2023-01-01', days: 6, source: '新规定' }] } as Terms;
    expect(windowOf(dated, 'answer', plainDate('2022-12-31')).lastDay).toBe('2023-01-05');
    expect(windowOf(dated, 'answer', plainDate('2023-01-01')).lastDay).toBe('2023-01-07');
    expect(() => termOn(dated, 'answer', plainDate('2022-11-13'))).toThrow('term.none');
  });

  it('reminds of renewal 120 days before the last day', () => {
    expect(daysBeforeTerm(terms, 'renewal-notice', plainDate('2023-12-01'))).toBe(addDays(plainDate('2023-12-01'), -120));
  });

  it('are checked: order, length, source, unknown kinds', () => {
    const codes = (broken: object) => checkTerms({ ...terms, ...broken } as Terms).map((fault) => fault.code);
    expect(codes({})).toEqual([]);
    expect(codes({ answer: [] })).toEqual(['term.missing']);
    expect(codes({ answer: [{ from: '2022-11-14', source: 'x' }] })).toContain('term.length');
    expect(codes({ answer: [...version(5), ...version(6)] })).toEqual(['term.order']);
    expect(codes({ lunch: version(1) })).toEqual(['term.unknown']);
  });

  it('refuse a calendar whose worked day is no weekend day', () => {
    expect(checkCalendar({ 2024: { source: 'x', holidays: [{ name: '春节', from: '2024-02-17', to: '2024-02-10' }], workdays: ['2024-02-05'] } }).map((fault) => fault.code)).toEqual(['calendar.order', 'calendar.workday']);
  });

  it('refuse a calendar with a day that is both rest and work', () => {
    expect(checkCalendar({ 2024: { source: 'x', holidays: [{ name: '春节', from: '2024-02-10', to: '2024-02-18' }], workdays: ['2024-02-18'] } }).map((fault) => fault.code)).toEqual(['calendar.both']);
  });
});
