import { Calendar, type CalendarData, checkCalendar, checkTerms, objectionWindowOf, plainDate, termKinds, type Terms, termOn, windowOf } from '@credit/policy';
import { refused } from '../../test/refused';

const good = { from: '2022-11-14', days: 5, source: '三(三)3' };
const terms = (more: object = {}): Terms => ({ ...Object.fromEntries(termKinds.map((kind) => [kind, [good]])), ...more }) as unknown as Terms;
const day = plainDate('2022-12-01');

describe('期限的拒绝 say which term, and what was asked', () => {
  it.each<[string, () => unknown, object]>([
    ['no version yet', () => termOn(terms(), 'answer', plainDate('2022-11-13')), { code: 'term.none', facts: { kind: 'answer', day: '2022-11-13' } }],
    ['a roll without a calendar', () => windowOf(terms(), 'answer', day, { roll: true }), { code: 'term.calendar-missing', facts: { kind: 'answer' } }],
    ['a term that rolls by itself, without a calendar', () => windowOf(terms({ answer: [{ ...good, roll: true }] }), 'answer', day), { code: 'term.calendar-missing', facts: { kind: 'answer' } }],
    ['fewer days', () => windowOf(terms(), 'answer', day, { days: 4 }), { code: 'term.too-short', facts: { kind: 'answer', days: 5, asked: 4 } }],
    ['more days where the number is fixed', () => windowOf(terms(), 'answer', day, { days: 6 }), { code: 'term.fixed', facts: { kind: 'answer', days: 5, asked: 6 } }],
    ['a year nobody arranged', () => new Calendar({}).isRest(day), { code: 'calendar.no-year', facts: { year: '2022' } }],
  ])('%s', (_what, act, expected) => {
    expect(refused(act)).toEqual(expected);
  });

  it('takes exactly the days of the term, fixed or at least', () => {
    expect(windowOf(terms(), 'answer', day, { days: 5 }).lastDay).toBe('2022-12-06');
    expect(windowOf(terms({ answer: [{ ...good, atLeast: true }] }), 'answer', day, { days: 5 }).lastDay).toBe('2022-12-06');
  });

  it('counts an objection from the last day of its publication', () => {
    expect(objectionWindowOf(terms({ objection: [{ ...good, days: 10 }], answer: [{ ...good, days: 2 }] }), plainDate('2022-12-08')).lastDay).toBe('2022-12-18');
  });
});

describe('期限规则的检查', () => {
  it.each<[string, object[] | undefined, object[]]>([
    ['missing', undefined, [{ path: ['answer'], code: 'term.missing', message: '缺少期限“answer”，请补上天数与依据' }]],
    ['empty', [], [{ path: ['answer'], code: 'term.missing', message: '缺少期限“answer”，请补上天数与依据' }]],
    ['a day that is none', [{ ...good, from: '2022-02-30' }], [{ path: ['answer', 0, 'from'], code: 'term.from', message: '起始日须形如 2022-11-14' }]],
    ['out of order', [good, { ...good, from: '2022-11-13' }], [{ path: ['answer', 1, 'from'], code: 'term.order', message: '版本须按起始日先后排列，且不得重复' }]],
    ['twice the same day', [good, good], [{ path: ['answer', 1, 'from'], code: 'term.order', message: '版本须按起始日先后排列，且不得重复' }]],
    ['days and months', [{ ...good, months: 1 }], [{ path: ['answer', 0], code: 'term.length', message: '请只写 days（天）或 months（月）其中之一' }]],
    ['neither', [{ from: '2022-11-14', source: 'x' }], [{ path: ['answer', 0], code: 'term.length', message: '请只写 days（天）或 months（月）其中之一' }, { path: ['answer', 0], code: 'term.length', message: '期限须为正数' }]],
    ['no days', [{ ...good, days: 0 }], [{ path: ['answer', 0], code: 'term.length', message: '期限须为正数' }]],
    ['months below nothing', [{ from: '2022-11-14', months: -1, source: 'x' }], [{ path: ['answer', 0], code: 'term.length', message: '期限须为正数' }]],
    ['no source', [{ ...good, source: '' }], [{ path: ['answer', 0, 'source'], code: 'term.source', message: '请写明依据的条款' }]],
    ['in order, a month long', [good, { from: '2023-01-01', months: 1, source: 'x' }], []],
  ])('%s', (_what, answer, expected) => {
    expect(checkTerms(terms({ answer }))).toEqual(expected.map((fault) => ({ severity: 'error', ...fault })));
  });

  it('knows no other kinds', () => {
    expect(checkTerms(terms({ answr: [good] }))).toEqual([{ severity: 'error', path: ['answr'], code: 'term.unknown', message: '没有“answr”这种期限，请核对名称' }]);
  });
});

describe('节假日历的检查', () => {
  const year = (more: object): CalendarData => ({ 2024: { source: '国办发明电〔2023〕7号', holidays: [], workdays: [], ...more } });
  const spring = { name: '春节', from: '2024-02-10', to: '2024-02-17' };
  it.each<[string, object, object[]]>([
    ['no source', { source: '' }, [{ path: ['2024', 'source'], code: 'calendar.source', message: '请写明放假通知的文号或出处' }]],
    ['a first day that is none', { holidays: [{ ...spring, from: '2024-02-31' }] }, [{ path: ['2024', 'holidays', 0], code: 'calendar.day', message: '日期须形如 2024-02-10，且为真实日期' }]],
    ['a last day that is none', { holidays: [{ ...spring, to: '二月' }] }, [{ path: ['2024', 'holidays', 0], code: 'calendar.day', message: '日期须形如 2024-02-10，且为真实日期' }]],
    ['the wrong way round', { holidays: [spring, { ...spring, from: '2024-02-18' }] }, [{ path: ['2024', 'holidays', 1], code: 'calendar.order', message: '放假起始日晚于结束日，请对调' }]],
    ['one day long', { holidays: [{ ...spring, to: '2024-02-10' }] }, []],
    ['a worked day that is none', { workdays: ['2024-2-4'] }, [{ path: ['2024', 'workdays', 0], code: 'calendar.day', message: '日期须形如 2024-02-04，且为真实日期' }]],
    ['worked on the first day of a holiday', { holidays: [spring], workdays: ['2024-02-10'] }, [{ path: ['2024', 'workdays', 0], code: 'calendar.both', message: '2024-02-10 既列为放假又列为上班，请核对通知' }]],
    ['worked on the last day of one of two holidays', { holidays: [spring, { name: '元旦', from: '2024-01-01', to: '2024-01-01' }], workdays: ['2024-02-17'] }, [{ path: ['2024', 'workdays', 0], code: 'calendar.both', message: '2024-02-17 既列为放假又列为上班，请核对通知' }]],
    ['worked on the weekend day before and after', { holidays: [{ ...spring, from: '2024-02-11' }], workdays: ['2024-02-10', '2024-02-18'] }, []],
    ['worked on a Friday', { workdays: ['2024-02-03', '2024-02-02'] }, [{ path: ['2024', 'workdays', 1], code: 'calendar.workday', message: '2024-02-02 不是周末，调休上班日须为周末' }]],
  ])('%s', (_what, more, expected) => {
    expect(checkCalendar(year(more))).toEqual(expected.map((fault) => ({ severity: 'error', ...fault })));
  });

  it('rests on Saturdays, Sundays and every day of a holiday, and works on Fridays and where it is arranged', () => {
    const calendar = new Calendar(year({ holidays: [spring], workdays: ['2024-02-18'] }));
    const rests = (on: string): boolean => calendar.isRest(plainDate(on));
    expect(['2024-02-09', '2024-02-10', '2024-02-16', '2024-02-17', '2024-02-18', '2024-02-23', '2024-02-24', '2024-02-25'].map(rests)).toEqual([false, true, true, true, false, false, true, true]);
  });
});
