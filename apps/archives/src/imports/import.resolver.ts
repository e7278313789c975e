import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ConfirmImport } from './confirm-import';
import { ImportStore } from './import.store';

@ObjectType({ description: '导入中发现的一处问题' })
class ImportFaultType {
  @Field(() => String, { description: '工作表' }) sheet!: string;
  @Field(() => Int, { description: '行号' }) row!: number;
  @Field(() => String, { description: '列' }) column!: string;
  @Field(() => String, { description: '怎么改' }) message!: string;
}

@ObjectType({ description: '试导入的预览：会新增和改动什么' })
class ImportPreviewType {
  @Field(() => Int, { description: '新增的主体' }) newSubjects!: number;
  @Field(() => Int, { description: '已有的主体' }) knownSubjects!: number;
  @Field(() => Int, { description: '新增的成员' }) newMembers!: number;
  @Field(() => Int, { description: '新增的数据项' }) newValues!: number;
  @Field(() => Int, { description: '改动的数据项' }) changedValues!: number;
  @Field(() => Int, { description: '没有变化的数据项' }) sameValues!: number;
}

@InputType({ description: '确认或放弃试导入' })
class ConfirmImportArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) jobId!: string;
  @Field(() => Boolean, { description: 'true 入库，false 放弃' }) load!: boolean;
}

@ObjectType()
class ImportReceipt {
  @Field(() => ID) jobId!: string;
  @Field(() => String) state!: string;
}

@ObjectType({ description: '导入作业' })
class ImportJobType {
  @Field(() => ID) id!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'waiting 办理中、previewed 试导入待确认、done 已入库、failed 有误未入库、discarded 已放弃' }) state!: string;
  @Field(() => ImportPreviewType, { nullable: true, description: '试导入的预览' }) preview!: ImportPreviewType | null;
  @Field(() => Boolean, { description: '可否取回标注了问题的采集表（GET /imports/编号/marked.xlsx）' }) hasMarked!: boolean;
  @Field(() => Int, { description: '已处理行数' }) done!: number;
  @Field(() => Int, { description: '总行数' }) total!: number;
  @Field(() => [ImportFaultType], { description: '全部问题，按表、行、列' }) errors!: readonly ImportFaultType[];
  @Field(() => Int, { nullable: true, description: '农户数' }) households!: number | null;
  @Field(() => Int, { nullable: true, description: '成员数' }) members!: number | null;
  @Field(() => Int, { nullable: true, description: '新增或有变动的数据项' }) values!: number | null;
}

@Resolver()
export class ImportResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly confirm: ConfirmImport,
  ) {}

  @Query(() => ImportJobType, { description: '一个导入作业的进度与结果' })
  @Allow('archives.import')
  importJob(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<ImportJobType> {
    return this.work.read(actor, async (tx) => {
      const job = await new ImportStore(tx).byId(id);
      actor.require('archives.import', job.villageCode);
      return { ...job, id: job.jobId, households: job.counts.households ?? null, members: job.counts.members ?? null, values: job.counts.values ?? null };
    });
  }

  @Mutation(() => ImportReceipt, { description: '确认入库或放弃试导入' })
  @Allow('archives.import')
  confirmImport(@CurrentActor() actor: Actor, @Args('input') input: ConfirmImportArgs): Promise<ImportReceipt> {
    return this.confirm.execute(actor, input);
  }
}
