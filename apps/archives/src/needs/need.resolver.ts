import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { AnswerNeed } from './answer-need';
import { AssignNeed } from './assign-need';
import { type Need, NeedStore } from './need.store';
import { RaiseNeed } from './raise-need';
import { RecordVisit } from './record-visit';

const optional = { nullable: true } as const;

@ObjectType({ description: '急难愁盼诉求；评议和评级不可见' })
class NeedType {
  @Field(() => ID) id!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String) category!: string;
  @Field(() => String, { ...optional, description: '诉求' }) told!: string | null;
  @Field(() => Day) raisedOn!: string;
  @Field(() => Day, { description: '应答复之日' }) dueOn!: string;
  @Field(() => ID, { ...optional, description: '承办人' }) assignedTo!: string | null;
  @Field(() => String, { ...optional, description: '办理情况' }) answer!: string | null;
  @Field(() => Day, optional) answeredOn!: string | null;
  @Field(() => Boolean, { ...optional, description: '是否解决' }) settled!: boolean | null;
  @Field(() => Boolean, { description: '是否逾期（按今日计算）' }) overdue!: boolean;
}

@ObjectType()
class NeedPage {
  @Field(() => [NeedType]) rows!: NeedType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '走访记录' })
class VisitType {
  @Field(() => ID) id!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => Day) visitedOn!: string;
  @Field(() => String) purpose!: string;
  @Field(() => Boolean, { description: '是否见到家人' }) met!: boolean;
  @Field(() => String, optional) note!: string | null;
}

@ObjectType()
class VisitPage {
  @Field(() => [VisitType]) rows!: VisitType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '一村的走访覆盖' })
class VisitCoverage {
  @Field(() => String) villageCode!: string;
  @Field(() => Int) households!: number;
  @Field(() => Int, { description: '走访过的户' }) visited!: number;
  @Field(() => Int, { description: '见到家人的户' }) met!: number;
}

@InputType({ description: '登记诉求' })
class RaiseNeedArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '类别，见规则数据 archives.yaml' }) category!: string;
  @Field(() => String) told!: string;
}

@InputType({ description: '交办诉求' })
class AssignNeedArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) needId!: string;
  @Field(() => ID, { description: '承办人账号' }) accountId!: string;
}

@InputType({ description: '答复诉求' })
class AnswerNeedArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) needId!: string;
  @Field(() => String) answer!: string;
  @Field(() => Boolean) settled!: boolean;
}

@InputType({ description: '登记走访' })
class RecordVisitArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => Day) visitedOn!: string;
  @Field(() => String, { description: '事由，见规则数据 archives.yaml' }) purpose!: string;
  @Field(() => Boolean) met!: boolean;
  @Field(() => String, optional) note?: string | null;
}

@ObjectType()
class NeedReceiptType {
  @Field(() => ID) needId!: string;
  @Field(() => Day) dueOn!: string;
}

@ObjectType()
class VisitReceiptType {
  @Field(() => ID) visitId!: string;
}

@Resolver()
export class NeedResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly raise: RaiseNeed,
    private readonly assign: AssignNeed,
    private readonly answer: AnswerNeed,
    private readonly visit: RecordVisit,
  ) {}

  @Query(() => NeedPage, { description: '诉求，新的在前；村民只见本户的' })
  @Allow('need.read')
  needs(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true }) under?: string,
    @Args('overdueOnly', { type: () => Boolean, defaultValue: false }) overdueOnly?: boolean,
  ): Promise<NeedPage> {
    return this.work.read(actor, async (tx) => {
      const needs = new NeedStore(tx);
      if (actor.villager) return { rows: await this.shown(tx, await needs.ofHousehold(actor.villager.householdId)), nextCursor: null };
      const limit = pageSize(page);
      const rows = await needs.page(actor.scopesFor('need.read'), under ? divisionPrefix(under) : '', overdueOnly ?? false, readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.shown(tx, rows), nextCursor: last ? cursorOf(last.needId) : null };
    });
  }

  private async shown(tx: Tx, rows: readonly Need[]): Promise<NeedType[]> {
    const seals = await this.vault.existing(tx, rows.map(({ householdId }) => householdId));
    return rows.map((row) => {
      const seal = seals.get(row.householdId);
      const open = (column: 'told' | 'answer'): string | null => (row[column] && seal ? seal.open(row[column], ['need', row.needId, column]) : null);
      return { ...row, id: row.needId, told: open('told'), answer: open('answer'), overdue: (row.answeredOn ?? tx.today) > row.dueOn };
    });
  }

  @Query(() => VisitPage, { description: '走访记录，新的在前' })
  @Allow('visit.read')
  visits(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true }) under?: string,
    @Args('householdId', { type: () => ID, nullable: true }) householdId?: string,
  ): Promise<VisitPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new NeedStore(tx).visits(actor.scopesFor('visit.read'), under ? divisionPrefix(under) : '', householdId ?? null, readCursor(page.after, 1)?.[0] ?? null, limit);
      const seals = await this.vault.existing(tx, rows.map((row) => row.householdId));
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map((row) => ({ ...row, id: row.visitId, note: row.note ? (seals.get(row.householdId)?.open(row.note, ['visit', row.visitId, 'note']) ?? null) : null })),
        nextCursor: last ? cursorOf(last.visitId) : null,
      };
    });
  }

  @Query(() => [VisitCoverage], { description: '各村自某日以来的走访覆盖' })
  @Allow('visit.read')
  visitCoverage(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args('since', { type: () => Day }) since: string): Promise<VisitCoverage[]> {
    return this.work.read(actor, (tx) => new NeedStore(tx).visited(actor.scopesFor('visit.read'), divisionPrefix(under), since));
  }

  @Mutation(() => NeedReceiptType, { description: '登记急难愁盼诉求（入户时登记，或本户自己提出）' })
  @Allow('need.raise')
  raiseNeed(@CurrentActor() actor: Actor, @Args('input') input: RaiseNeedArgs): Promise<NeedReceiptType> {
    return this.raise.execute(actor, input);
  }

  @Mutation(() => NeedReceiptType, { description: '交办诉求' })
  @Allow('need.assign')
  assignNeed(@CurrentActor() actor: Actor, @Args('input') input: AssignNeedArgs): Promise<NeedReceiptType> {
    return this.assign.execute(actor, input);
  }

  @Mutation(() => NeedReceiptType, { description: '答复诉求' })
  @Allow('need.answer')
  answerNeed(@CurrentActor() actor: Actor, @Args('input') input: AnswerNeedArgs): Promise<NeedReceiptType> {
    return this.answer.execute(actor, input);
  }

  @Mutation(() => VisitReceiptType, { description: '登记走访' })
  @Allow('visit.record')
  recordVisit(@CurrentActor() actor: Actor, @Args('input') input: RecordVisitArgs): Promise<VisitReceiptType> {
    return this.visit.execute(actor, input);
  }
}
