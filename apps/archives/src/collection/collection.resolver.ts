import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, RULES, type Rules, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Inject } from '@nestjs/common';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { itemPlace, ItemStore } from '../subjects/item.store';
import { SubjectStore } from '../subjects/subject.store';
import { AssignCollection } from './assign-collection';
import { CollectionStore } from './collection.store';
import { ResolveConflict } from './resolve-conflict';
import { TaskStore } from './task.store';

const optional = { nullable: true } as const;
const conflictsShown = 200;

@ObjectType({ description: '采集任务' })
class CollectionTaskType {
  @Field(() => ID) taskId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '户编号' }) householdNo!: string;
  @Field(() => ID, { description: '采集人' }) collectorId!: string;
  @Field(() => Day) dueOn!: string;
  @Field(() => String, { description: 'open 待采集、done 已采集、missed 未采集到' }) state!: string;
  @Field(() => String, optional) missedReason!: string | null;
  @Field(() => Day, { ...optional, description: '下次入户' }) nextOn!: string | null;
}

@ObjectType()
class CollectionTaskPage {
  @Field(() => [CollectionTaskType]) rows!: CollectionTaskType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '一名采集人的进度' })
class CollectorProgress {
  @Field(() => ID) collectorId!: string;
  @Field(() => Int) open!: number;
  @Field(() => Int) done!: number;
  @Field(() => Int) missed!: number;
  @Field(() => Int, { description: '逾期未采集的' }) overdue!: number;
}

@ObjectType({ description: '两名采集人登记不一致的一项' })
class CollectionConflictType {
  @Field(() => ID) recordId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) item!: string;
  @Field(() => String, { description: '中文名' }) zh!: string;
  @Field(() => String, { ...optional, description: '现有的内容' }) presentValue!: string | null;
  @Field(() => ID, optional) presentBy!: string | null;
  @Field(() => Day, optional) presentOn!: string | null;
  @Field(() => String, { ...optional, description: '另一人登记的内容' }) otherValue!: string | null;
  @Field(() => ID) otherBy!: string;
  @Field(() => Day) otherOn!: string;
}

@InputType({ description: '分派采集任务' })
class AssignCollectionArgs {
  @Field(() => String) requestId!: string;
  @Field(() => [ID]) householdIds!: string[];
  @Field(() => ID, { description: '采集人账号' }) collectorId!: string;
  @Field(() => Day) dueOn!: string;
}

@InputType({ description: '核定不一致的一项' })
class ResolveConflictArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) recordId!: string;
  @Field(() => String, { description: 'present 保留现有的，other 改用另一人登记的' }) take!: 'present' | 'other';
}

@ObjectType()
class AssignCollectionReceipt {
  @Field(() => Int, { description: '新分派的户数；已有未办结任务的不重复分派' }) assigned!: number;
}

@ObjectType()
class ResolveConflictReceipt {
  @Field(() => ID) recordId!: string;
  @Field(() => Int, { ...optional, description: '新的版次' }) version!: number | null;
}

@Resolver()
export class CollectionResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly assign: AssignCollection,
    private readonly resolve: ResolveConflict,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => CollectionTaskPage, { description: '采集任务，新的在前' })
  @Allow('collection.read')
  collectionTasks(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String }) under: string,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true }) state?: string,
  ): Promise<CollectionTaskPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new TaskStore(tx).page(actor.scopesFor('collection.read'), divisionPrefix(under), state ?? null, readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.taskId) : null };
    });
  }

  @Query(() => [CollectorProgress], { description: '各采集人的进度' })
  @Allow('collection.read')
  collectionProgress(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string): Promise<CollectorProgress[]> {
    return this.work.read(actor, (tx) => new TaskStore(tx).progress(actor.scopesFor('collection.read'), divisionPrefix(under)));
  }

  @Query(() => [CollectionConflictType], { description: '登记不一致、等待核定的各项，两种内容并列；查看留痕' })
  @Allow('collection.resolve')
  collectionConflicts(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string): Promise<CollectionConflictType[]> {
    return this.work.run(actor, async (tx) => {
      const rows = await new CollectionStore(tx).openConflicts(actor.scopesFor('collection.resolve'), divisionPrefix(under), conflictsShown);
      const subjectIds = [...new Set(rows.map(({ subjectId }) => subjectId))];
      const [subjects, seals, values] = [await new SubjectStore(tx).byIds(subjectIds), await this.vault.existing(tx, subjectIds), await new ItemStore(tx).currentOf(subjectIds)];
      await tx.audit.record('collection.conflicts-viewed', under, { conflicts: rows.length });
      return rows.map(({ recordId, subjectId, item, value, collectedBy, collectedOn }) => {
        const seal = seals.get(subjectId);
        const present = values.find((one) => one.subjectId === subjectId && one.item === item);
        const open = (bytes: Buffer): string | null => seal?.open(bytes, itemPlace(subjectId, item)) ?? null;
        const kind = subjects.get(subjectId)?.kind ?? 'household';
        return {
          recordId,
          subjectId,
          item,
          zh: this.rules.items[kind][item]?.zh ?? item,
          presentValue: present ? open(present.value) : null,
          presentBy: present?.collectedBy ?? null,
          presentOn: present?.collectedOn ?? null,
          otherValue: open(value),
          otherBy: collectedBy,
          otherOn: collectedOn,
        };
      });
    });
  }

  @Mutation(() => AssignCollectionReceipt, { description: '分派采集任务' })
  @Allow('collection.assign')
  assignCollection(@CurrentActor() actor: Actor, @Args('input') input: AssignCollectionArgs): Promise<AssignCollectionReceipt> {
    return this.assign.execute(actor, input);
  }

  @Mutation(() => ResolveConflictReceipt, { description: '核定不一致的一项' })
  @Allow('collection.resolve')
  resolveCollectionConflict(@CurrentActor() actor: Actor, @Args('input') input: ResolveConflictArgs): Promise<ResolveConflictReceipt> {
    return this.resolve.execute(actor, input);
  }
}
