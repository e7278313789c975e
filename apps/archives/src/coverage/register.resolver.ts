import { Problem, type SubjectKind, subjectKinds } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, type Tx, UnitOfWork } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { programmeRules } from '../programme/programme-rules';
import { HouseholdView } from '../subjects/household-view';
import { seesSubject } from '../subjects/file-reader';
import { SubjectStore } from '../subjects/subject.store';
import { CoverageStore } from './coverage.store';
import { CoverageSubjectPage, ExcludeSubjectArgs, ExclusionType, RecountCoverageArgs, RecountReceipt, RegisterCountType, RegisterReceipt, SetRegisterArgs } from './coverage.types';
import { type CoveragePart, coverageParts, ExclusionStore, type SubjectCoverage } from './exclusion.store';
import { RecountCoverage } from './recount-coverage';
import { Register } from './register';

function kindOf(kind: string): SubjectKind {
  const known = subjectKinds.find((one) => one === kind);
  if (!known) throw new Problem('input.invalid', {}, [{ path: 'kind', message: '类别须为 household、entity 或 collective' }]);
  return known;
}

function partOf(part: string): CoveragePart {
  const known = coverageParts.find((one) => one === part);
  if (!known) throw new Problem('input.invalid', {}, [{ path: 'part', message: `请填 ${coverageParts.join('、')} 之一` }]);
  return known;
}

@Resolver()
export class RegisterResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly register: Register,
    private readonly recount: RecountCoverage,
    private readonly view: HouseholdView,
  ) {}

  @Query(() => CoverageSubjectPage, { description: '在册而未建档或未校核的主体，按编号；姓名只给有权查看其档案的人' })
  @Allow('coverage.subjects')
  missingFiles(@CurrentActor() actor: Actor, @Args('villageCode', { type: () => String }) villageCode: string, @Args('kind', { type: () => String }) kind: string, @Args() page: PageArgs): Promise<CoverageSubjectPage> {
    return this.work.read(actor, (tx) => this.page(tx, actor, villageCode, kindOf(kind), 'missing', page));
  }

  @Query(() => CoverageSubjectPage, { description: '一村一类主体的名单：subjects 在册、excluded 不纳入、filed 已建档、verified 已校核、missing 未建档或未校核' })
  @Allow('coverage.subjects')
  coverageSubjects(
    @CurrentActor() actor: Actor,
    @Args('villageCode', { type: () => String }) villageCode: string,
    @Args('kind', { type: () => String }) kind: string,
    @Args('part', { type: () => String }) part: string,
    @Args() page: PageArgs,
  ): Promise<CoverageSubjectPage> {
    return this.work.read(actor, (tx) => this.page(tx, actor, villageCode, kindOf(kind), partOf(part), page));
  }

  private async page(tx: Tx, actor: Actor, villageCode: string, kind: SubjectKind, part: CoveragePart, page: PageArgs): Promise<CoverageSubjectPage> {
    const limit = pageSize(page);
    const rows = await new ExclusionStore(tx).rows(actor.scopesFor('coverage.subjects'), villageCode, kind, part, readCursor(page.after, 1)?.[0] ?? null, limit);
    const named = await this.names(tx, rows.filter((row) => row.kind === 'household' && seesSubject(actor, 'archives.file', row)));
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { rows: rows.map((row) => ({ ...row, name: row.registeredName ?? named.get(row.subjectId) ?? null })), nextCursor: last ? cursorOf(last.subjectNo) : null };
  }

  private async names(tx: Tx, households: readonly SubjectCoverage[]): Promise<Map<string, string | null>> {
    return new Map((await this.view.of(tx, households)).map(({ id, headMasked }) => [id, headMasked]));
  }

  @Query(() => [RegisterCountType], { description: '一村一类主体登记过的应建档数，新的在前' })
  @Allow('archives.coverage')
  registerCounts(@CurrentActor() actor: Actor, @Args('villageCode', { type: () => String }) villageCode: string, @Args('kind', { type: () => String }) kind: string): Promise<RegisterCountType[]> {
    return this.work.read(actor, (tx) => {
      actor.require('archives.coverage', villageCode);
      return new CoverageStore(tx).counts(villageCode, kindOf(kind));
    });
  }

  @Query(() => [ExclusionType], { description: '一个主体历次不纳入的理由、登记人和恢复' })
  @Allow('coverage.subjects')
  subjectExclusions(@CurrentActor() actor: Actor, @Args('subjectId', { type: () => ID }) subjectId: string): Promise<ExclusionType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('coverage.subjects', (await new SubjectStore(tx).byId(subjectId)).villageCode);
      const reasons = programmeRules(tx.today).exclusionReasons;
      return (await new ExclusionStore(tx).historyOf(subjectId)).map((one) => ({ ...one, zh: reasons[one.reasonCode] ?? one.reasonCode }));
    });
  }

  @Mutation(() => RegisterReceipt, { description: '登记应建档数；以前登记的保留' })
  @Allow('archives.register')
  setRegisterCount(@CurrentActor() actor: Actor, @Args('input') input: SetRegisterArgs): Promise<RegisterReceipt> {
    return this.register.count(actor, input);
  }

  @Mutation(() => RegisterReceipt, { description: '登记不纳入的主体及理由，或恢复纳入' })
  @Allow('archives.register')
  excludeSubject(@CurrentActor() actor: Actor, @Args('input') input: ExcludeSubjectArgs): Promise<RegisterReceipt> {
    return this.register.exclude(actor, { requestId: input.requestId, subjectId: input.subjectId, reason: input.reason ?? null });
  }

  @Mutation(() => RecountReceipt, { description: '按档案重新计数' })
  @Allow('coverage.recount')
  recountCoverage(@CurrentActor() actor: Actor, @Args('input') input: RecountCoverageArgs): Promise<RecountReceipt> {
    return this.recount.execute(actor, input);
  }
}
