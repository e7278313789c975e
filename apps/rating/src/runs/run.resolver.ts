import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CertifyRun } from '../lists/certify-run';
import { VillageListStore } from '../lists/village-list.store';
import { RatingResultPage, RatingRunType, ReplayType, RunReplayType } from '../ratings/rating.types';
import { CancelRun } from './cancel-run';
import { ConfirmRun } from './confirm-run';
import { Explanations } from './explanations';
import { PauseRun } from './pause-run';
import { ReplayResult } from './replay-result';
import { ReplayRun } from './replay-run';
import { ResultStore } from './result.store';
import { ResumeRun } from './resume-run';
import { type Run, type RunProgress, RunStore } from './run.store';
import { StartRun } from './start-run';

const runsShown = 100;

@InputType()
class StartRunArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '评级范围：村、镇或县的行政区划代码' }) divisionCode!: string;
  @Field(() => Boolean, { defaultValue: false, description: '只评资料、得分、授权或评分卡有变化的主体' }) changedOnly!: boolean;
}

@InputType()
class RunArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) runId!: string;
}

@ObjectType({ description: '评级批次办理回执' })
class RunReceipt {
  @Field(() => ID) runId!: string;
  @Field(() => Int, { nullable: true }) villages?: number;
  @Field(() => Int, { nullable: true }) rated?: number;
  @Field(() => Int, { nullable: true }) certified?: number;
}

@Resolver()
export class RunResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly start: StartRun,
    private readonly confirm: ConfirmRun,
    private readonly pause: PauseRun,
    private readonly resume: ResumeRun,
    private readonly cancel: CancelRun,
    private readonly certify: CertifyRun,
    private readonly replay: ReplayResult,
    private readonly replayWhole: ReplayRun,
    private readonly explanations: Explanations,
  ) {}

  @Query(() => RatingRunType, { nullable: true, description: '一个评级批次及其进度' })
  @Allow('rating.view')
  ratingRun(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<RatingRunType | null> {
    return this.work.read(actor, async (tx) => {
      const run = await new RunStore(tx).byId(id);
      actor.require('rating.view', run.divisionCode);
      const [progress, grades, lists] = [await new RunStore(tx).progress(id), await new ResultStore(tx).gradeCounts(id), await new VillageListStore(tx).ofRun(id)];
      return { ...runFields(run, progress), grades, lists };
    });
  }

  @Query(() => [RatingRunType], { description: '评级批次，最近的在前' })
  @Allow('rating.view')
  ratingRuns(@CurrentActor() actor: Actor): Promise<RatingRunType[]> {
    return this.work.read(actor, async (tx) => {
      const runs = new RunStore(tx);
      const rows: RatingRunType[] = [];
      for (const run of await runs.list(actor.scopesFor('rating.view'), runsShown)) {
        const progress = await runs.progress(run.runId);
        rows.push({ ...runFields(run, progress), grades: [], lists: [] });
      }
      return rows;
    });
  }

  @Query(() => RatingResultPage, { description: '一个批次的测评结果' })
  @Allow('rating.view')
  ratingResults(
    @CurrentActor() actor: Actor,
    @Args('runId', { type: () => ID }) runId: string,
    @Args() page: PageArgs,
    @Args('villageCode', { type: () => String, nullable: true }) villageCode?: string,
  ): Promise<RatingResultPage> {
    return this.work.read(actor, async (tx) => {
      actor.require('rating.view', (await new RunStore(tx).byId(runId)).divisionCode);
      const limit = pageSize(page);
      const rows = await new ResultStore(tx).page(runId, villageCode ?? null, readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.explanations.of(tx, rows), nextCursor: last ? cursorOf(last.resultId) : null };
    });
  }

  @Mutation(() => RunReceipt, { description: '发起系统测评（县联席办）' })
  @Allow('rating.run')
  startRating(@CurrentActor() actor: Actor, @Args('input') input: StartRunArgs): Promise<RunReceipt> {
    return this.start.execute(actor, input);
  }

  @Mutation(() => RunReceipt, { description: '确认测评结果，提出拟评定名单并送公示（县联席办）' })
  @Allow('rating.confirm')
  confirmRating(@CurrentActor() actor: Actor, @Args('input') input: RunArgs): Promise<RunReceipt> {
    return this.confirm.execute(actor, input);
  }

  @Mutation(() => RunReceipt, { description: '暂停测评；已算完的村保留' })
  @Allow('rating.run')
  pauseRating(@CurrentActor() actor: Actor, @Args('input') input: RunArgs): Promise<RunReceipt> {
    return this.pause.execute(actor, input);
  }

  @Mutation(() => RunReceipt, { description: '继续暂停的测评' })
  @Allow('rating.run')
  resumeRating(@CurrentActor() actor: Actor, @Args('input') input: RunArgs): Promise<RunReceipt> {
    return this.resume.execute(actor, input);
  }

  @Mutation(() => RunReceipt, { description: '取消未确认的批次' })
  @Allow('rating.run')
  cancelRating(@CurrentActor() actor: Actor, @Args('input') input: RunArgs): Promise<RunReceipt> {
    return this.cancel.execute(actor, input);
  }

  @Mutation(() => RunReceipt, { description: '对公示期满且无异议的主体完成评定；期满后系统也会自动办理' })
  @Allow('rating.certify')
  certifyRating(@CurrentActor() actor: Actor, @Args('input') input: RunArgs): Promise<RunReceipt> {
    return this.certify.execute(actor, input);
  }

  @Query(() => RunReplayType, { description: '按留存的输入重算整批结果并核对' })
  @Allow('rating.replay')
  replayRun(@CurrentActor() actor: Actor, @Args('runId', { type: () => ID }) runId: string): Promise<RunReplayType> {
    return this.replayWhole.execute(actor, runId);
  }

  @Query(() => ReplayType, { description: '按留存的输入重算一个结果并核对' })
  @Allow('rating.replay')
  replayResult(@CurrentActor() actor: Actor, @Args('resultId', { type: () => ID }) resultId: string): Promise<ReplayType> {
    return this.replay.execute(actor, resultId);
  }
}

function runFields(run: Run, progress: RunProgress): Omit<RatingRunType, 'grades' | 'lists'> {
  const { runId, divisionCode, ratingOn, state, changedOnly } = run;
  return { ...progress, id: runId, divisionCode, ratingOn, state, changedOnly, share: progress.total === 0 ? 0 : progress.done / progress.total, estimatedEndAt: estimatedEnd(run, progress) };
}

/** 预计完成 — as fast as the villages so far; null before the first and after the last. */
function estimatedEnd({ state, startedAt }: Run, { done, total, lastComputedAt }: RunProgress): Date | null {
  if (state !== 'computing' || lastComputedAt === null || done === 0) return null;
  const perVillage = (lastComputedAt.getTime() - startedAt.getTime()) / done;
  return new Date(lastComputedAt.getTime() + perVillage * (total - done));
}
