import { type Actor, Allow, CurrentActor, Day, UnitOfWork } from '@credit/platform';
import { divisionLevel, divisionPrefix, isWithin, type PlainDate } from '@credit/policy';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { archivesRules } from '../archives-rules';
import { programmeRules } from '../programme/programme-rules';
import { type BoardRow, boardRows, goalOf, phaseProgress, rateOf } from './coverage-board';
import { CoverageStore } from './coverage.store';
import { CoverageBoardType, type CoverageBoardRow, CoverageDriftType, type CoverageFigure, CoverageType, type LeadType } from './coverage.types';
import type { CoveragePart } from './exclusion.store';

@Resolver()
export class CoverageResolver {
  constructor(private readonly work: UnitOfWork) {}

  @Query(() => [CoverageType], { description: '各村各类主体的建档率' })
  @Allow('archives.coverage')
  coverage(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args('on', { type: () => Day, nullable: true }) on?: PlainDate): Promise<CoverageType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('archives.coverage', under);
      const day = on ?? tx.today;
      const goal = goalsOn(day);
      return (await new CoverageStore(tx).under(divisionPrefix(under), day)).map((row) => ({ ...row, rate: rateOf(row), goal: goal(row.villageCode) }));
    });
  }

  @Query(() => CoverageBoardType, { description: '建档看板：截至某日的应建档、已建档、已校核、不纳入和缺口，阶段目标和每周趋势；每个数字附有得到其各行的查询' })
  @Allow('archives.coverage')
  coverageBoard(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args('on', { type: () => Day, nullable: true }) on?: PlainDate): Promise<CoverageBoardType> {
    return this.work.read(actor, async (tx) => {
      actor.require('archives.coverage', under);
      const day = on !== undefined && on < tx.today ? on : tx.today;
      const rules = programmeRules(day);
      const store = new CoverageStore(tx);
      const rows = await store.under(divisionPrefix(under), day);
      const trend = await store.trend(divisionPrefix(under), day, rules.trendWeeks);
      const level = divisionLevel(under);
      const byVillage = level === 'town' || level === 'village';
      const goal = goalsOn(day);
      const shown = (board: readonly BoardRow[]): CoverageBoardRow[] => board.map((row) => figures(row, day, day === tx.today));
      return {
        under,
        on: day,
        total: shown(boardRows(rows, () => ({ code: under, name: '合计' }), goal)),
        rows: shown(boardRows(rows, (row) => (byVillage ? { code: row.villageCode, name: row.villageName } : { code: row.townCode, name: row.townName }), goal)),
        phases: rules.phases
          .filter(({ from, division, villages }) => from <= day && (isWithin(under, division) || (villages !== undefined && isWithin(division, under))))
          .map((phase) => phaseProgress(phase, rows))
          .filter(({ villages }) => villages.length > 0)
          .map(({ phase, ...progress }) => ({ ...progress, code: phase.code, zh: phase.zh, fromOn: phase.from, toOn: phase.to, goal: phase.filingGoal, source: phase.source })),
        trend: trend.map((week) => ({ ...week, rate: rateOf(week) })),
      };
    });
  }

  @Query(() => [CoverageDriftType], { description: '核对建档计数与档案是否相符；相符时为空' })
  @Allow('coverage.recount')
  coverageDrift(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string): Promise<CoverageDriftType[]> {
    return this.work.read(actor, (tx) => {
      actor.require('coverage.recount', under);
      return new CoverageStore(tx).drift(divisionPrefix(under));
    });
  }
}

function goalsOn(day: PlainDate): (code: string) => number {
  const { phases } = programmeRules(day);
  const { coverageGoal } = archivesRules(day);
  return (code) => goalOf(phases, code, day, coverageGoal);
}

/** Towns and sums lead to the board below; a village's numbers to its lists, which show the present day. */
function figures({ divisionCode, name, kind, tally, goal }: BoardRow, on: PlainDate, present: boolean): CoverageBoardRow {
  const listed = kind !== null && divisionLevel(divisionCode) === 'village';
  const leadTo = (part: CoveragePart | 'registered'): LeadType | null => {
    if (!listed) return { query: 'coverageBoard', divisionCode, kind: null, part: null, on };
    if (part === 'registered') return { query: 'registerCounts', divisionCode, kind, part: null, on: null };
    if (!present) return null;
    return part === 'missing' ? { query: 'missingFiles', divisionCode, kind, part: null, on: null } : { query: 'coverageSubjects', divisionCode, kind, part, on: null };
  };
  const figure = (part: 'registered' | 'excluded' | 'filed' | 'verified' | 'missing'): CoverageFigure => ({ value: tally[part], lead: leadTo(part) });
  const { notOnRecord, rate } = tally;
  return { divisionCode, name, kind, registered: figure('registered'), excluded: figure('excluded'), filed: figure('filed'), verified: figure('verified'), missing: figure('missing'), notOnRecord, rate, goal };
}
