import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays, addMonths, dayFromNumber, dayNumber, dayOfWeek, daysBetween, isPlainDate, NaturalDayWindow, plainDate, shanghaiDayOf, startOfDayShanghai } from '@credit/policy';

const anyDay = fc.integer({ min: dayNumber(plainDate('1990-01-01')), max: dayNumber(plainDate('2199-12-31')) }).map(dayFromNumber);

describe('a day', () => {
  it.each(['2022-12-01', '2024-02-29', '2000-02-29'])('%s is one', (text) => expect(isPlainDate(text)).toBe(true));
  it.each(['2023-02-29', '1900-02-29', '2022-13-01', '2022-04-31', '2022-1-1', '20221201', '', '2022-12-01T00:00:00'])('%s is none', (text) => {
    expect(isPlainDate(text)).toBe(false);
    expect(() => plainDate(text)).toThrow('day.invalid');
  });

  it('counts like the calendar', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(new Date(`${day}T00:00:00Z`).getTime() / 86_400_000 + 719_162).toBe(dayNumber(day));
        expect(new Date(`${day}T00:00:00Z`).getUTCDay() || 7).toBe(dayOfWeek(day));
      }),
    );
  });

  it('moves there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        const moved = addDays(day, days);
        expect(isPlainDate(moved)).toBe(true);
        expect(daysBetween(day, moved)).toBe(days);
        expect(addDays(moved, -days)).toBe(day);
      }),
    );
  });

  it('has an anniversary, or the last day of the month when there is none', () => {
    expect(addMonths(plainDate('2024-02-29'), 12)).toBe('2025-02-28');
    expect(addMonths(plainDate('2022-01-31'), 1)).toBe('2022-02-28');
    expect(addMonths(plainDate('2022-12-31'), 2)).toBe('2023-02-28');
    expect(addMonths(plainDate('2022-03-15'), -36)).toBe('2019-03-15');
  });
});

describe('the day in Shanghai', () => {
  it.each([
    ['2022-12-08T15:59:59.999Z', '2022-12-08'],
    ['2022-12-08T16:00:00.000Z', '2022-12-09'],
    ['2022-12-09T00:00:00+08:00', '2022-12-09'],
    ['2022-12-08 23:59:59.999+08', '2022-12-08'],
    ['1969-12-31T16:00:00Z', '1970-01-01'],
  ])('at %s is %s', (instant, day) => {
    expect(shanghaiDayOf(instant)).toBe(day);
    expect(shanghaiDayOf(new Date(instant))).toBe(day);
  });

  it.each(['2022-12-08T23:30:00', '2022-12-08', 'tomorrow'])('refuses %s, which a server would read in its own zone', (text) => {
    expect(() => shanghaiDayOf(text)).toThrow('instant.invalid');
  });

  it.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])('is the same on a server in %s', (zone) => {
    const script = `require('${join(__dirname, '../../../../tools/register.cjs')}');
      const p = require('${join(__dirname, '../index.ts')}');
      const w = p.NaturalDayWindow.of(7, p.plainDate('2024-02-25'));
      console.log(p.shanghaiDayOf(new Date('2024-03-03T15:59:59.999Z')), p.shanghaiDayOf(new Date('2024-03-03T16:00:00Z')), w.lastDay, w.overAt);`;
    expect(execFileSync(process.execPath, ['-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' }).trim()).toBe('2024-03-03 2024-03-04 2024-03-03 2024-03-04T00:00:00+08:00');
  });
});

describe('a window of natural days', () => {
  it('never closes before its last day has ended, and is over at the very next moment', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 86_399_999 }), (openedOn, days, msOfDay) => {
        const window = NaturalDayWindow.of(days, openedOn);
        const lastMoment = new Date(new Date(startOfDayShanghai(window.lastDay)).getTime() + msOfDay);
        expect(window.isOver(shanghaiDayOf(lastMoment))).toBe(false);
        expect(window.isOver(shanghaiDayOf(new Date(window.overAt)))).toBe(true);
        expect(daysBetween(openedOn, window.lastDay)).toBe(days);
      }),
    );
  });

  it('grows by the days it was found missing', () => {
    expect(NaturalDayWindow.of(7, plainDate('2022-12-01')).extendedBy(2).lastDay).toBe('2022-12-10');
  });

  it.each([-1, 1.5, Number.NaN])('can be neither opened nor extended by %d days', (days) => {
    expect(() => NaturalDayWindow.of(days, plainDate('2022-12-01'))).toThrow('window.days');
    expect(() => NaturalDayWindow.of(7, plainDate('2022-12-01')).extendedBy(days)).toThrow('window.days');
  });
});
