import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { addDays, Calendar, dayFromNumber, dayNumber, daysBetween, NaturalDayWindow, objectionWindowOf, type PlainDate, plainDate, shanghaiDayOf, termKinds, type Terms, windowOf, windowRefusal } from '@credit/policy';
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 1000 });

const dated = (days: number) => [{ from: '1990-01-01', days, source: '三(三)3' }];
const terms = { ...Object.fromEntries(termKinds.map((kind) => [kind, dated(7)])), objection: dated(10), answer: dated(5) } as unknown as Terms;
const calendar = new Calendar({ 2024: { source: '国办发明电〔2023〕7号', holidays: [{ name: '春节', from: '2024-02-10', to: '2024-02-17' }], workdays: ['2024-02-04', '2024-02-18'] } });

/** The arithmetic of the specification, on instants only: 24:00 in Shanghai of a day that is `days` after that of `posted`. */
const dayMs = 86_400_000;
const shanghai = 8 * 3_600_000;
const endOf = (posted: number, days: number): number => (Math.floor((posted + shanghai) / dayMs) + days + 1) * dayMs - shanghai;

const instant = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2150, 0, 1) });
const ofYear = (year: number) => fc.integer({ min: dayNumber(plainDate(`${year}-01-01`)), max: dayNumber(plainDate(`${year}-11-30`)) }).map(dayFromNumber);
const today = (ms: number): PlainDate => shanghaiDayOf(new Date(ms));

describe('a publication', () => {
  it('is open until the last millisecond of its seventh day and of every day that was missed, and over in the next', () => {
    fc.assert(
      fc.property(instant, fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }), (posted, missed) => {
        const window = missed.reduce((extended, days) => extended.extendedBy(days), windowOf(terms, 'publication.result', today(posted)));
        const over = endOf(posted, 7 + missed.reduce((sum, days) => sum + days, 0));
        expect([window.isOver(today(over - 1)), window.isOver(today(over))]).toEqual([false, true]);
        expect(Date.parse(window.overAt)).toBe(over);
      }),
    );
  });

  it('never closes earlier by being extended', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 60 }), (posted, missed) => {
        const window = windowOf(terms, 'publication.result', today(posted));
        expect(daysBetween(window.lastDay, window.extendedBy(missed).lastDay)).toBe(missed);
      }),
    );
  });

  it('ends on no earlier day by rolling, and then on a day that is worked', () => {
    fc.assert(
      fc.property(ofYear(2024), (posted) => {
        const { lastDay } = windowOf(terms, 'publication.result', posted, { roll: true, calendar });
        expect(lastDay >= addDays(posted, 7)).toBe(true);
        expect(calendar.isRest(lastDay)).toBe(false);
        for (let day = addDays(posted, 7); day < lastDay; day = addDays(day, 1)) expect(calendar.isRest(day)).toBe(true);
      }),
    );
  });
});

describe('an objection', () => {
  const windowOfPosted = (posted: number, missed: number) => {
    const publication = windowOf(terms, 'publication.result', today(posted)).extendedBy(missed);
    return { postedOn: publication.openedOn, lastDay: objectionWindowOf(terms, publication.lastDay).lastDay };
  };

  it('is taken if and only if it comes from the posting day to 24:00 of the tenth day after the publication’s last', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 20 }), fc.integer({ min: -3 * dayMs, max: 45 * dayMs }), (posted, missed, after) => {
        const startOfPosting = endOf(posted, -1);
        const received = posted + after;
        const expected = received < startOfPosting ? 'not-posted' : received < endOf(posted, 7 + missed + 10) ? null : 'late';
        expect(windowRefusal({ state: received < endOf(posted, 7 + missed) ? 'posted' : 'closed', ...windowOfPosted(posted, missed) }, today(received))).toBe(expected);
      }),
    );
  });

  it('does not depend on whether anything has recorded the end of the publication', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 45 * dayMs }), (posted, after) => {
        const [open, closed] = (['posted', 'closed'] as const).map((state) => windowRefusal({ state, ...windowOfPosted(posted, 0) }, today(posted + after)));
        expect(open).toBe(closed);
      }),
    );
  });

  it('is never late while the publication is suspended, and refused on one that was withdrawn', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 400 * dayMs }), (posted, after) => {
        expect(windowRefusal({ state: 'suspended', ...windowOfPosted(posted, 0) }, today(posted + after))).toBeNull();
        expect(windowRefusal({ state: 'withdrawn', ...windowOfPosted(posted, 0) }, today(posted + after))).toBe('publication-withdrawn');
      }),
    );
  });

  it('is answered in time until 24:00 of the fifth day after its receipt; joined ones by the earliest', () => {
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 5 }), (received) => {
        const due = received.map((one) => windowOf(terms, 'answer', today(one)));
        const [earliest] = due.toSorted((a, b) => a.lastDay.localeCompare(b.lastDay));
        const over = Math.min(...received.map((one) => endOf(one, 5)));
        expect([earliest?.isOver(today(over - 1)), earliest?.isOver(today(over))]).toEqual([false, true]);
      }),
    );
  });
});

describe('the time zone of a server', () => {
  const samples = fc.sample(fc.tuple(instant, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 45 * dayMs })), { numRuns: 2000, seed: 20_221_114 });
  const judged = samples.map(([posted, missed, after]) => {
    const publication = NaturalDayWindow.of(7, today(posted)).extendedBy(missed);
    return [publication.lastDay, publication.overAt, publication.isOver(today(posted + after)), windowRefusal({ state: 'posted', postedOn: publication.openedOn, lastDay: addDays(publication.lastDay, 10) }, today(posted + after))];
  });

  it.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Europe/Lisbon'])('%s changes no decision', (zone) => {
    const script = `require('${join(__dirname, '../../../../tools/register.cjs')}');
      const p = require('${join(__dirname, '../../src/index.ts')}');
      const samples = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
      const today = (ms) => p.shanghaiDayOf(new Date(ms));
      console.log(JSON.stringify(samples.map(([posted, missed, after]) => {
        const publication = p.NaturalDayWindow.of(7, today(posted)).extendedBy(missed);
        return [publication.lastDay, publication.overAt, publication.isOver(today(posted + after)), p.windowRefusal({ state: 'posted', postedOn: publication.openedOn, lastDay: p.addDays(publication.lastDay, 10) }, today(posted + after))];
      })));`;
    const answer = execFileSync(process.execPath, ['-e', script], { env: { ...process.env, TZ: zone }, input: JSON.stringify(samples), encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
    expect(JSON.parse(answer)).toEqual(judged);
  });
});
