import { type ObjectionWindow, plainDate, windowRefusal } from '@credit/policy';

const window = (more: Partial<ObjectionWindow> = {}): ObjectionWindow => ({ state: 'posted', postedOn: plainDate('2022-12-01'), lastDay: plainDate('2022-12-18'), ...more });

describe('是否在异议期内', () => {
  it.each<[string, Partial<ObjectionWindow>, string, string | null]>([
    ['the day before the posting', {}, '2022-11-30', 'not-posted'],
    ['the posting day', {}, '2022-12-01', null],
    ['the last day', {}, '2022-12-18', null],
    ['the day after the last day', {}, '2022-12-19', 'late'],
    ['the day after, the publication closed', { state: 'closed' }, '2022-12-19', 'late'],
    ['the last day, the publication closed already', { state: 'closed' }, '2022-12-18', null],
    ['any day while the publication is suspended', { state: 'suspended' }, '2023-06-01', null],
    ['before the posting, suspended', { state: 'suspended' }, '2022-11-30', 'not-posted'],
    ['any day before it was posted anywhere', { state: 'draft', postedOn: null, lastDay: null }, '2022-12-05', 'not-posted'],
    ['a posting day that is not known', { postedOn: null }, '2022-12-05', 'not-posted'],
    ['a last day that is not known', { lastDay: null }, '2022-12-05', 'not-posted'],
    ['a publication that was withdrawn', { state: 'withdrawn' }, '2022-12-05', 'publication-withdrawn'],
    ['one withdrawn before it was posted', { state: 'withdrawn', postedOn: null, lastDay: null }, '2022-12-05', 'publication-withdrawn'],
  ])('%s', (_what, given, receivedOn, refusal) => {
    expect(windowRefusal(window(given), plainDate(receivedOn))).toBe(refusal);
  });
});
