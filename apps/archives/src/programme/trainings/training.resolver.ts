import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { programmeRules } from '../programme-rules';
import { RecordTraining } from './record-training';
import { TrainingStore } from './training.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '培训记录' })
class TrainingType {
  @Field(() => ID) trainingId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String, { description: '内容，见规则数据 programme.yaml' }) topic!: string;
  @Field(() => String, { description: '内容的中文名' }) zh!: string;
  @Field(() => Day) heldOn!: string;
  @Field(() => String, { description: '培训单位' }) trainer!: string;
  @Field(() => Int, { description: '学时（分钟）' }) minutes!: number;
  @Field(() => [ID], { description: '参加人员的账号' }) attendees!: string[];
  @Field(() => String, { ...optional, description: '培训材料的 SHA-256' }) materialSha256!: string | null;
}

@ObjectType()
class TrainingPage {
  @Field(() => [TrainingType]) rows!: TrainingType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '登记培训' })
class RecordTrainingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '在哪里举办：县、乡镇或村的代码' }) divisionCode!: string;
  @Field(() => String) topic!: string;
  @Field(() => Day) heldOn!: string;
  @Field(() => String) trainer!: string;
  @Field(() => Int) minutes!: number;
  @Field(() => [ID]) attendees!: string[];
  @Field(() => String, optional) materialSha256?: string | null;
  @Field(() => ID, { ...optional, description: '更正哪一条记录' }) replaces?: string | null;
}

@ObjectType()
class TrainingReceipt {
  @Field(() => ID) trainingId!: string;
  @Field(() => Int) attendees!: number;
}

@Resolver()
export class TrainingResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly record: RecordTraining,
  ) {}

  @Query(() => TrainingPage, { description: '培训记录，新的在前；可按内容或参加人员查询' })
  @Allow('programme.read')
  trainings(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String }) under: string,
    @Args() page: PageArgs,
    @Args('topic', { type: () => String, nullable: true }) topic?: string,
    @Args('accountId', { type: () => ID, nullable: true }) accountId?: string,
  ): Promise<TrainingPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new TrainingStore(tx).page(actor.scopesFor('programme.read'), divisionPrefix(under), { topic: topic ?? null, accountId: accountId ?? null }, readCursor(page.after, 2), limit);
      const topics = programmeRules(tx.today).trainingTopics;
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map((row) => ({ ...row, zh: topics[row.topic] ?? row.topic })), nextCursor: last ? cursorOf(last.heldOn, last.trainingId) : null };
    });
  }

  @Mutation(() => TrainingReceipt, { description: '登记培训（县、镇经办人）' })
  @Allow('training.record')
  recordTraining(@CurrentActor() actor: Actor, @Args('input') input: RecordTrainingArgs): Promise<TrainingReceipt> {
    return this.record.execute(actor, input);
  }
}
