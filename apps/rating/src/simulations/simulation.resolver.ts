import { type Actor, Allow, CurrentActor, Instant, type Tx, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type Simulation, SimulationStore } from './simulation.store';
import { StartSimulation } from './start-simulation';

@ObjectType({ description: '等级变动：由何等级到何等级多少户' })
class GradeMove {
  @Field(() => String, { description: '现行评分卡下的等级；没有等级的为 insufficient、not-rated-on-economics，没有现行评分卡的为 none' }) from!: string;
  @Field(() => String) to!: string;
  @Field(() => Int) count!: number;
}

@ObjectType({ description: '等级变动主要因为哪一项' })
class MoverType {
  @Field(() => String, { description: '指标编号；card 为等级界限、权重或封顶的改动' }) indicator!: string;
  @Field(() => Int) up!: number;
  @Field(() => Int) down!: number;
}

@ObjectType({ description: '一个分组的信用主体（A 级及以上）占比' })
class ShareType {
  @Field(() => String, { description: '分组口径：村、组、户主年龄、家庭人口、困难情况' }) facet!: string;
  @Field(() => String) value!: string;
  @Field(() => Int) subjects!: number;
  @Field(() => Int, { description: '现行评分卡下达到 A 级及以上的' }) creditBefore!: number;
  @Field(() => Int, { description: '试算下达到 A 级及以上的' }) creditAfter!: number;
}

@ObjectType({ description: '评分卡试算：不产生任何评级' })
class SimulationType {
  @Field(() => ID) id!: string;
  @Field(() => ID) scorecardId!: string;
  @Field(() => ID, { nullable: true, description: '对照的现行评分卡' }) besideId!: string | null;
  @Field(() => String) divisionCode!: string;
  @Field(() => Instant) startedAt!: Date;
  @Field(() => String, { description: 'computing 试算中、computed 已算完' }) state!: string;
  @Field(() => Int, { description: '已完成的村' }) done!: number;
  @Field(() => Int, { description: '全部村' }) total!: number;
  @Field(() => Int, { description: '试算的主体' }) subjects!: number;
  @Field(() => [GradeMove], { description: '等级变动矩阵' }) matrix!: GradeMove[];
  @Field(() => [MoverType]) movers!: MoverType[];
  @Field(() => [ShareType]) shares!: ShareType[];
}

@InputType({ description: '试算评分卡' })
class StartSimulationArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '试算范围：村、镇或县' }) divisionCode!: string;
  @Field(() => ID) scorecardId!: string;
}

@ObjectType()
class SimulationReceipt {
  @Field(() => ID) simulationId!: string;
  @Field(() => Int) villages!: number;
}

async function shown(tx: Tx, simulation: Simulation): Promise<SimulationType> {
  const simulations = new SimulationStore(tx);
  const { matrix, movers, shares, subjects } = await simulations.sums(simulation.simulationId);
  return {
    ...simulation,
    ...(await simulations.progress(simulation.simulationId)),
    id: simulation.simulationId,
    subjects,
    matrix: Object.entries(matrix).map(([move, count]) => ({ from: move.split('>')[0] ?? '', to: move.split('>')[1] ?? '', count })),
    movers: Object.entries(movers).map(([indicator, { up, down }]) => ({ indicator, up, down })),
    shares: Object.entries(shares).flatMap(([facet, values]) => Object.entries(values).map(([value, share]) => ({ facet, value, ...share }))),
  };
}

@Resolver()
export class SimulationResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly start: StartSimulation,
  ) {}

  @Query(() => SimulationType, { nullable: true, description: '一次评分卡试算及其进度' })
  @Allow('scorecard.simulate')
  scorecardSimulation(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<SimulationType> {
    return this.work.read(actor, async (tx) => {
      const simulation = await new SimulationStore(tx).byId(id);
      actor.require('scorecard.simulate', simulation.divisionCode);
      return shown(tx, simulation);
    });
  }

  @Query(() => [SimulationType], { description: '一个评分卡版本的试算，新的在前' })
  @Allow('scorecard.simulate')
  scorecardSimulations(@CurrentActor() actor: Actor, @Args('scorecardId', { type: () => ID }) scorecardId: string): Promise<SimulationType[]> {
    return this.work.read(actor, async (tx) => {
      const rows = await new SimulationStore(tx).ofScorecard(scorecardId);
      return Promise.all(rows.filter(({ divisionCode }) => actor.may('scorecard.simulate', divisionCode)).map((row) => shown(tx, row)));
    });
  }

  @Mutation(() => SimulationReceipt, { description: '试算评分卡（县联席办）' })
  @Allow('scorecard.simulate')
  simulateScorecard(@CurrentActor() actor: Actor, @Args('input') input: StartSimulationArgs): Promise<SimulationReceipt> {
    return this.start.execute(actor, input);
  }
}
