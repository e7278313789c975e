import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ImportStore } from './import.store';

@ObjectType({ description: '导入中发现的一处问题' })
class ImportFaultType {
  @Field(() => String, { description: '工作表' }) sheet!: string;
  @Field(() => Int, { description: '行号' }) row!: number;
  @Field(() => String, { description: '列' }) column!: string;
  @Field(() => String, { description: '怎么改' }) message!: string;
}

@ObjectType({ description: '导入作业' })
class ImportJobType {
  @Field(() => ID) id!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'waiting 办理中、done 已入库、failed 有误未入库' }) state!: string;
  @Field(() => Int, { description: '已处理行数' }) done!: number;
  @Field(() => Int, { description: '总行数' }) total!: number;
  @Field(() => [ImportFaultType], { description: '全部问题，按表、行、列' }) errors!: readonly ImportFaultType[];
  @Field(() => Int, { nullable: true, description: '农户数' }) households!: number | null;
  @Field(() => Int, { nullable: true, description: '成员数' }) members!: number | null;
  @Field(() => Int, { nullable: true, description: '新增或有变动的数据项' }) values!: number | null;
}

@Resolver()
export class ImportResolver {
  constructor(private readonly work: UnitOfWork) {}

  @Query(() => ImportJobType, { description: '一个导入作业的进度与结果' })
  @Allow('archives.import')
  importJob(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<ImportJobType> {
    return this.work.read(actor, async (tx) => {
      const job = await new ImportStore(tx).byId(id);
      actor.require('archives.import', job.villageCode);
      return { ...job, id: job.jobId, households: job.counts.households ?? null, members: job.counts.members ?? null, values: job.counts.values ?? null };
    });
  }
}
