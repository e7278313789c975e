import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix, maskName, plainDate } from '@credit/policy';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { HouseholdView } from '../subjects/household-view';
import { EventHistory } from './event-history';
import { HouseholdEventStore } from './household-event.store';
import { DivisionSuccessorPage, HouseholdEventPage, HouseholdHistory, MemberOnDay } from './household-event.types';
import { MembershipStore } from './membership.store';
import { MergerStore } from './merger.store';

@Resolver()
export class HouseholdHistoryResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly history: EventHistory,
    private readonly view: HouseholdView,
  ) {}

  @Query(() => HouseholdHistory, { description: '一户的变动历史：何时发生了什么、与哪一户有关；已销户的也可查；村民只见本户的' })
  @Allow('household-event.read')
  householdHistory(@CurrentActor() actor: Actor, @Args('householdId', { type: () => ID }) householdId: string): Promise<HouseholdHistory> {
    return this.work.read(actor, async (tx) => {
      const household = await this.history.open(tx, actor, householdId);
      const memberships = new MembershipStore(tx);
      return {
        householdId,
        householdNo: household.subjectNo,
        closedOn: await memberships.closedOn(householdId),
        formerNumbers: (await memberships.formerNumbers([householdId])).map(({ subjectNo, untilOn }) => ({ householdNo: subjectNo, untilOn })),
        events: await this.history.shown(tx, actor, await new HouseholdEventStore(tx).ofHousehold(householdId), householdId),
      };
    });
  }

  @Query(() => [MemberOnDay], { description: '一户截至某日的成员（脱敏）；当日的数据项见 fileItemsAsOf' })
  @Allow('household-event.read')
  householdMembersOn(@CurrentActor() actor: Actor, @Args('householdId', { type: () => ID }) householdId: string, @Args('on', { type: () => Day }) on: string): Promise<MemberOnDay[]> {
    return this.work.read(actor, async (tx) => {
      await this.history.open(tx, actor, householdId);
      const members = await new MembershipStore(tx).membersOn(householdId, plainDate(on));
      const names = await this.view.names(tx, members);
      return members.map(({ memberId, relation, fromOn, toOn }) => ({ memberId, maskedName: maskName(names.get(memberId) ?? ''), relation, fromOn, toOn }));
    });
  }

  @Query(() => HouseholdEventPage, { description: '待镇确认的跨村变动和并村，先登记的在前' })
  @Allow('household-event.read')
  waitingHouseholdEvents(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args('under', { type: () => String, nullable: true }) under?: string): Promise<HouseholdEventPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new HouseholdEventStore(tx).waiting(actor.scopesFor('household-event.read'), under ? divisionPrefix(under) : '', readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.history.shown(tx, actor, rows, null), nextCursor: last ? cursorOf(last.eventId) : null };
    });
  }

  @Query(() => DivisionSuccessorPage, { description: '区划沿革：哪个村、组自何日起由哪个村、组承继' })
  @Allow('archives.divisions')
  divisionSuccessors(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<DivisionSuccessorPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new MergerStore(tx).successors(divisionPrefix(under), readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.code) : null };
    });
  }
}
