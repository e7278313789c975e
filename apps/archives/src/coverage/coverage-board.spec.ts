import type { PlainDate } from '@credit/policy';
import { type Phase, programmeRules } from '../programme/programme-rules';
import { goalOf, phaseProgress, rateOf } from './coverage-board';
import type { CoverageRow } from './coverage.store';

const day = (text: string): PlainDate => text as PlainDate;
const village = (villageCode: string, verified: number, given: Partial<CoverageRow> = {}): CoverageRow => ({
  villageCode,
  villageName: villageCode,
  community: false,
  townCode: '341525109000',
  townName: '大化坪镇',
  subjectKind: 'household',
  registered: 1000,
  countedOn: null,
  source: null,
  subjects: 1000,
  excluded: 0,
  filed: verified,
  verified,
  ...given,
});
const phases = programmeRules('2022-11-14').phases;
const phaseOf = (code: string): Phase => {
  const found = phases.find((phase) => phase.code === code);
  if (!found) throw new Error(`no phase ${code}`);
  return found;
};

describe('the filing rate 二', () => {
  it.each([
    [100_000, 0, 94_999, 0.9499],
    [100_000, 0, 95_000, 0.95],
    [100, 5, 95, 1],
    [0, 0, 0, null],
    [3, 3, 0, null],
  ])('of %d registered and %d excluded with %d verified is %s: never rounded up to a goal', (registered, excluded, verified, rate) => {
    expect(rateOf({ registered, excluded, verified })).toBe(rate);
  });

  it('in 2022 counts for the five villages named, whatever others have reached', () => {
    const rows = ['341525109204', '341525109200', '341525109206', '341525109209', '341525109202', '341525109201'].map((code, index) => village(code, index === 0 ? 949 : 950));
    expect(phaseProgress(phaseOf('2022'), rows)).toMatchObject({ needed: 5, reached: 4 });
  });

  it('in 2023 needs about 70% of the administrative villages, communities aside', () => {
    const rows = Array.from({ length: 13 }, (_, index) => village(`3415251092${String(index).padStart(2, '0')}`, index < 9 ? 1000 : 0));
    expect(phaseProgress(phaseOf('2023'), [...rows, village('341525109001', 1000, { community: true })])).toMatchObject({ needed: 9, reached: 9 });
  });

  it('has the goal of the newest phase that covers the village, and otherwise the general one', () => {
    expect(goalOf([{ ...phaseOf('2022'), filingGoal: 0.9 }], '341525109204', day('2022-12-01'), 0.5)).toBe(0.9);
    expect(goalOf([{ ...phaseOf('2022'), filingGoal: 0.9 }], '341525109201', day('2022-12-01'), 0.5)).toBe(0.5);
    expect(goalOf(phases, '341525109201', day('2023-01-01'), 0.5)).toBe(0.95);
    expect(goalOf(phases, '341525110200', day('2024-01-01'), 0.5)).toBe(0.5);
  });
});
