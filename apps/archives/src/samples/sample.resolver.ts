import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, Field, Float, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { archivesRules } from '../archives-rules';
import { upperErrorBound } from './error-bound';
import { InspectVillage } from './inspect-village';
import { SampleStore } from './sample.store';

@ObjectType({ description: '样本档案' })
class SampledFileType {
  @Field(() => ID) fileId!: string;
  @Field(() => Boolean, { nullable: true, description: '是否合格；未查为空' }) sound!: boolean | null;
}

@ObjectType({ description: '一项有误的份数' })
class ItemFaultType {
  @Field(() => String) item!: string;
  @Field(() => Int) count!: number;
}

@ObjectType({ description: '县级抽查' })
class SampleType {
  @Field(() => ID) id!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '事先公布的随机数摘要' }) seedHash!: string;
  @Field(() => String, { nullable: true, description: '随机数，抽样后公开' }) seed!: string | null;
  @Field(() => String, { nullable: true, description: 'passed 合格、sent-back 退回' }) result!: string | null;
  @Field(() => [SampledFileType]) files!: SampledFileType[];
  @Field(() => Float, { description: '样本不合格率' }) errorRate!: number;
  @Field(() => Float, { description: '整批不合格率的上限（95% 置信，单侧）' }) errorUpperBound!: number;
  @Field(() => [ItemFaultType], { description: '各项有误的份数' }) faults!: ItemFaultType[];
}

@InputType()
class CommitSampleArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '随机数的 SHA-256（十六进制）' }) seedHash!: string;
}

@InputType()
class DrawSampleArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) sampleId!: string;
  @Field(() => String, { description: '随机数' }) seed!: string;
}

@InputType({ description: '抽查发现有误的一项' })
class WrongItemInput {
  @Field(() => String, { description: '数据项' }) item!: string;
  @Field(() => String, { description: '错在哪里' }) note!: string;
}

@InputType()
class RecordSampleFindingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) sampleId!: string;
  @Field(() => ID) fileId!: string;
  @Field(() => [WrongItemInput], { description: '有误的项目；没有的为合格' }) wrongItems!: WrongItemInput[];
}

@ObjectType({ description: '抽查办理回执' })
class SampleReceipt {
  @Field(() => ID) sampleId!: string;
  @Field(() => Int, { nullable: true, description: '样本量' }) files?: number;
  @Field(() => Int, { nullable: true, description: '批次总量' }) batch?: number;
  @Field(() => String, { nullable: true }) result?: string | null;
}

@Resolver()
export class SampleResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly inspect: InspectVillage,
  ) {}

  @Query(() => SampleType, { description: '一次抽查' })
  @Allow('archives.sample')
  sample(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<SampleType> {
    return this.work.read(actor, async (tx) => {
      const samples = new SampleStore(tx);
      const sample = await samples.byId(id);
      actor.require('archives.sample', sample.villageCode);
      const files = await samples.files(id);
      const checked = files.filter(({ sound }) => sound !== null);
      const wrong = checked.filter(({ sound }) => sound === false).length;
      return {
        ...sample,
        id: sample.sampleId,
        files,
        errorRate: checked.length === 0 ? 0 : wrong / checked.length,
        errorUpperBound: upperErrorBound(checked.length, wrong, archivesRules(tx.today).sampleConfidence),
        faults: await samples.faultsByItem(id),
      };
    });
  }

  @Mutation(() => SampleReceipt, { description: '公布随机数摘要（县督查组）' })
  @Allow('archives.sample')
  commitSample(@CurrentActor() actor: Actor, @Args('input') input: CommitSampleArgs): Promise<SampleReceipt> {
    return this.inspect.commit(actor, input);
  }

  @Mutation(() => SampleReceipt, { description: '公布随机数并抽样' })
  @Allow('archives.sample')
  drawSample(@CurrentActor() actor: Actor, @Args('input') input: DrawSampleArgs): Promise<SampleReceipt> {
    return this.inspect.draw(actor, input);
  }

  @Mutation(() => SampleReceipt, { description: '登记抽查结论；最后一份登记后得出结果' })
  @Allow('archives.sample')
  recordSampleFinding(@CurrentActor() actor: Actor, @Args('input') input: RecordSampleFindingArgs): Promise<SampleReceipt> {
    return this.inspect.record(actor, input);
  }
}
