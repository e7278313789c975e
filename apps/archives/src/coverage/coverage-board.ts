import type { SubjectKind } from '@credit/contracts';
import { isWithin, type PlainDate } from '@credit/policy';
import type { Phase } from '../programme/programme-rules';
import type { CoverageRow } from './coverage.store';

export interface Tally {
  readonly registered: number;
  readonly subjects: number;
  readonly excluded: number;
  readonly filed: number;
  readonly verified: number;
  /** On record, to be filed and not verified yet. */
  readonly missing: number;
  /** 应建档而尚未登记在册的. */
  readonly notOnRecord: number;
  /** 建档率: verified out of what is to be filed, rounded down to 0.0001; null when there is nothing to file. */
  readonly rate: number | null;
}

export interface BoardRow {
  readonly divisionCode: string;
  readonly name: string;
  /** null: all three kinds together (综合建档率). */
  readonly kind: SubjectKind | null;
  readonly tally: Tally;
  readonly goal: number;
}

export interface PhaseProgress {
  readonly phase: Phase;
  readonly needed: number;
  readonly reached: number;
  readonly villages: readonly { readonly villageCode: string; readonly name: string; readonly rate: number | null; readonly reached: boolean }[];
}

const kinds = ['household', 'entity', 'collective', null] as const;
const shareRounding = 50;

/** 建档率 — whole ten-thousandths, rounded down, so that no goal is reached by rounding. 二 */
export function rateOf({ registered, excluded, verified }: { readonly registered: number; readonly excluded: number; readonly verified: number }): number | null {
  const eligible = registered - excluded;
  return eligible > 0 ? Math.floor((verified * 10_000) / eligible) / 10_000 : null;
}

function tallyOf(rows: readonly CoverageRow[]): Tally {
  const sum = (pick: (row: CoverageRow) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const counts = { registered: sum((row) => row.registered), subjects: sum((row) => row.subjects), excluded: sum((row) => row.excluded), filed: sum((row) => row.filed), verified: sum((row) => row.verified) };
  return { ...counts, missing: counts.subjects - counts.excluded - counts.verified, notOnRecord: sum((row) => Math.max(0, row.registered - row.subjects)), rate: rateOf(counts) };
}

/** 目标 for a division on a day: that of the newest phase that covers it. */
export function goalOf(phases: readonly Phase[], divisionCode: string, on: PlainDate, otherwise: number): number {
  const covering = phases.filter(({ from, villages, division }) => from <= on && (villages ? villages.includes(divisionCode) : isWithin(division, divisionCode)));
  return covering.at(-1)?.filingGoal ?? otherwise;
}

/** Per division one row for each kind and one for all of them. */
export function boardRows(rows: readonly CoverageRow[], placeOf: (row: CoverageRow) => { code: string; name: string }, goal: (code: string) => number): BoardRow[] {
  const places = new Map(rows.map((row) => [placeOf(row).code, placeOf(row).name]));
  return [...places].flatMap(([divisionCode, name]) => {
    const own = rows.filter((row) => placeOf(row).code === divisionCode);
    return kinds.map((kind) => ({ divisionCode, name, kind, goal: goal(divisionCode), tally: tallyOf(own.filter((row) => kind === null || row.subjectKind === kind)) }));
  });
}

/** 阶段目标 — which villages have reached it, and how many must: those named, or the share of the administrative villages, half up. 二 */
export function phaseProgress(phase: Phase, rows: readonly CoverageRow[]): PhaseProgress {
  const concerned = rows.filter((row) => (phase.villages ? phase.villages.includes(row.villageCode) : !row.community && isWithin(phase.division, row.villageCode)));
  const villages = [...new Map(concerned.map(({ villageCode, villageName }) => [villageCode, villageName]))].map(([villageCode, name]) => {
    const { rate } = tallyOf(concerned.filter((row) => row.villageCode === villageCode));
    return { villageCode, name, rate, reached: rate !== null && rate >= phase.filingGoal };
  });
  const needed = phase.villageShare === undefined ? villages.length : Math.floor((villages.length * phase.villageShare + shareRounding) / 100);
  return { phase, needed, reached: villages.filter(({ reached }) => reached).length, villages };
}
