import { type Actor, Allow, CurrentActor, cursorOf, Day, Instant, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { OverdueStore } from './overdue.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '逾期未答复的复议' })
class OverdueReconsideration {
  @Field(() => ID) id!: string;
  @Field(() => [ID], { description: '合并办理的各件异议' }) objectionIds!: readonly string[];
  @Field(() => String, { description: 'civility 由村党组织答复，rating 由县联席会议办公室答复' }) owner!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) state!: string;
  @Field(() => Day, { description: '最早一件的收到日' }) receivedOn!: string;
  @Field(() => Day, { description: '答复期限' }) answerDueOn!: string;
  @Field(() => Int, { description: '逾期天数' }) daysOverdue!: number;
  @Field(() => Instant, { ...optional, description: '最近一次报镇监督小组的时刻' }) escalatedAt!: Date | null;
}

@ObjectType()
class OverdueReconsiderationPage {
  @Field(() => [OverdueReconsideration]) rows!: OverdueReconsideration[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@Resolver()
export class OverdueResolver {
  constructor(private readonly work: UnitOfWork) {}

  @Query(() => OverdueReconsiderationPage, { description: '逾期未答复的复议，逾期最久的在前' })
  @Allow('reconsideration.watch')
  overdueReconsiderations(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args('under', { type: () => String, nullable: true }) under?: string): Promise<OverdueReconsiderationPage> {
    const limit = pageSize(page);
    return this.work.read(actor, async (tx) => {
      const scopes = actor.scopesFor('reconsideration.watch');
      const rows = await new OverdueStore(tx).list({ scopes, under: under ? divisionPrefix(under) : '', after: readCursor(page.after, 2), limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.answerDueOn, last.id) : null };
    });
  }
}
