import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix, type PlainDate } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { programmeRules } from '../../programme/programme-rules';
import { CancelWorkSession } from './cancel-work-session';
import { LogWorkSession } from './log-work-session';
import { type VillageHours, WorkloadStore } from './workload.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '一村一类工作的用时' })
class VillageHoursType {
  @Field(() => String, { description: '事项，见规则数据 programme.yaml' }) kind!: string;
  @Field(() => String, { description: '事项的中文名' }) zh!: string;
  @Field(() => String, { description: 'logged 本人登记；derived 由采集记录的首末时间推算，有上限' }) origin!: VillageHours['origin'];
  @Field(() => Int, { description: '分钟' }) minutes!: number;
  @Field(() => Int, { description: '人数' }) people!: number;
  @Field(() => Int, { description: '人次（一人一天一次）' }) personDays!: number;
}

@ObjectType({ description: '一村的工作量' })
class VillageWorkloadType {
  @Field(() => String) villageCode!: string;
  @Field(() => String) villageName!: string;
  @Field(() => Int, { description: '各类合计（分钟）' }) minutes!: number;
  @Field(() => Int, { description: '导入的数据项' }) loadedValues!: number;
  @Field(() => Int, { description: '入户采集和录入的数据项' }) typedValues!: number;
  @Field(() => [VillageHoursType]) hours!: VillageHoursType[];
}

@ObjectType({ description: '登记的工时' })
class WorkSessionType {
  @Field(() => ID) sessionId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String) kind!: string;
  @Field(() => Day) workedOn!: string;
  @Field(() => Int, { description: '分钟' }) minutes!: number;
  @Field(() => Day, { ...optional, description: '撤销之日' }) cancelledOn!: string | null;
}

@ObjectType()
class WorkSessionPage {
  @Field(() => [WorkSessionType]) rows!: WorkSessionType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '登记自己的工时' })
class LogWorkSessionArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'visit、collection、typing、meeting、other' }) kind!: string;
  @Field(() => Day) workedOn!: string;
  @Field(() => Int, { description: '分钟' }) minutes!: number;
}

@InputType()
class CancelWorkSessionArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) sessionId!: string;
}

@ObjectType()
class WorkSessionReceipt {
  @Field(() => ID) sessionId!: string;
  @Field(() => Int, { ...optional, description: '本人这一天的合计（分钟）' }) dayMinutes?: number;
}

@Resolver()
export class WorkloadResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly log: LogWorkSession,
    private readonly cancel: CancelWorkSession,
  ) {}

  @Query(() => [VillageWorkloadType], { description: '各村在一段时间里的用时（登记的和推算的分列），以及导入与录入的数据项各有多少' })
  @Allow('workload.read')
  workload(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String }) under: string,
    @Args('fromOn', { type: () => Day }) fromOn: PlainDate,
    @Args('toOn', { type: () => Day }) toOn: PlainDate,
  ): Promise<VillageWorkloadType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('workload.read', under);
      if (fromOn > toOn) throw new Problem('input.invalid', {}, [{ path: 'toOn', message: '截止日不能早于起始日' }]);
      const { workKinds, derivedLeastMinutes, derivedMostMinutes } = programmeRules(tx.today);
      const store = new WorkloadStore(tx);
      const prefix = divisionPrefix(under);
      const hours = await store.hours(prefix, fromOn, toOn, { leastMinutes: derivedLeastMinutes, mostMinutes: derivedMostMinutes });
      return (await store.values(prefix, fromOn, toOn)).map(({ villageCode, villageName, loaded, typed }) => {
        const own = hours.filter((row) => row.villageCode === villageCode).map((row) => ({ ...row, zh: workKinds[row.kind] ?? row.kind }));
        return { villageCode, villageName, minutes: own.reduce((sum, { minutes }) => sum + minutes, 0), loadedValues: loaded, typedValues: typed, hours: own };
      });
    });
  }

  @Query(() => WorkSessionPage, { description: '自己登记的工时，新的在前' })
  @Allow('workload.log')
  myWorkSessions(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<WorkSessionPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new WorkloadStore(tx).ofPerson(actor.accountId ?? '', readCursor(page.after, 2), limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.workedOn, last.sessionId) : null };
    });
  }

  @Mutation(() => WorkSessionReceipt, { description: '登记自己的工时' })
  @Allow('workload.log')
  logWorkSession(@CurrentActor() actor: Actor, @Args('input') input: LogWorkSessionArgs): Promise<WorkSessionReceipt> {
    return this.log.execute(actor, input);
  }

  @Mutation(() => WorkSessionReceipt, { description: '撤销自己登记的工时' })
  @Allow('workload.log')
  cancelWorkSession(@CurrentActor() actor: Actor, @Args('input') input: CancelWorkSessionArgs): Promise<WorkSessionReceipt> {
    return this.cancel.execute(actor, input);
  }
}
