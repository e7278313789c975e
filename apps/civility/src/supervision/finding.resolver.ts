import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RoundStore } from '../rounds/round.store';
import { AnswerFinding } from './answer-finding';
import { FindingView } from './finding-view';
import { FindingStore } from './finding.store';
import { AnswerFindingArgs, FindingPage, FindingReceiptType, FindingType, RecordFindingArgs, ReturnFindingAnswerArgs, SettleFindingArgs } from './finding.types';
import { RecordFinding, type RecordFindingInput } from './record-finding';
import { ReturnFindingAnswer } from './return-finding-answer';
import { SettleFinding } from './settle-finding';

@Resolver()
export class FindingResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly view: FindingView,
    private readonly record: RecordFinding,
    private readonly answer: AnswerFinding,
    private readonly sendBack: ReturnFindingAnswer,
    private readonly settle: SettleFinding,
  ) {}

  @Query(() => [FindingType], { description: '一轮评议的监督发现' })
  @Allow('finding.read')
  findings(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<FindingType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('finding.read', (await new RoundStore(tx).get(roundId)).villageCode);
      return this.view.of(tx, actor, await new FindingStore(tx).list(roundId));
    });
  }

  @Query(() => FindingPage, { description: '待答复的监督发现，期限早的在前' })
  @Allow('finding.read')
  unansweredFindings(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true, description: '行政区划代码' }) under?: string,
    @Args('overdueOnly', { type: () => Boolean, defaultValue: false, description: '只看逾期的' }) overdueOnly?: boolean,
  ): Promise<FindingPage> {
    const limit = pageSize(page);
    const after = readCursor(page.after, 2);
    return this.work.read(actor, async (tx) => {
      const found = await new FindingStore(tx).waiting({ scopes: actor.scopesFor('finding.read'), under: divisionPrefix(under ?? ''), dueBefore: overdueOnly ? tx.today : null, after, limit });
      const last = found.length === limit ? found.at(-1) : undefined;
      return { rows: await this.view.of(tx, actor, found), nextCursor: last ? cursorOf(last.answerDueOn ?? '', last.id) : null };
    });
  }

  @Mutation(() => FindingReceiptType, { description: '登记监督发现（村务监督委员会、镇监督小组）；村里须在期限内答复' })
  @Allow('finding.record')
  recordFinding(@CurrentActor() actor: Actor, @Args('input') input: RecordFindingArgs): Promise<FindingReceiptType> {
    return this.record.execute(actor, input as RecordFindingInput);
  }

  @Mutation(() => FindingReceiptType, { description: '答复监督发现（村党组织书记、村包片干部）' })
  @Allow('finding.answer')
  answerFinding(@CurrentActor() actor: Actor, @Args('input') input: AnswerFindingArgs): Promise<FindingReceiptType> {
    return this.answer.execute(actor, input);
  }

  @Mutation(() => FindingReceiptType, { description: '退回答复并重新计算答复期限（镇监督小组）' })
  @Allow('finding.settle')
  returnFindingAnswer(@CurrentActor() actor: Actor, @Args('input') input: ReturnFindingAnswerArgs): Promise<FindingReceiptType> {
    return this.sendBack.execute(actor, input);
  }

  @Mutation(() => FindingReceiptType, { description: '办结监督发现（镇监督小组）；村里答复后方可' })
  @Allow('finding.settle')
  settleFinding(@CurrentActor() actor: Actor, @Args('input') input: SettleFindingArgs): Promise<FindingReceiptType> {
    return this.settle.execute(actor, input);
  }
}
