import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AnswerRegrade, type AnswerRegradeInput } from './answer-regrade';
import { DecideRegrade } from './decide-regrade';
import { ProposeRegrade } from './propose-regrade';
import { RecheckStore } from './recheck.store';
import { type Regrade, RegradeStore } from './regrade.store';
import {
  AnswerRegradeArgs,
  DecideRegradeArgs,
  ProposeRegradeArgs,
  RatingRecheckPage,
  RatingRechecksSettledType,
  RegradeAnsweredType,
  RegradeDecidedType,
  RegradePage,
  RegradeProposedType,
  type RegradeType,
  SettleRatingRechecksArgs,
} from './regrade.types';
import { SettleRechecks } from './settle-rechecks';

@Resolver()
export class RegradeResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly propose: ProposeRegrade,
    private readonly answer: AnswerRegrade,
    private readonly decide: DecideRegrade,
    private readonly settle: SettleRechecks,
  ) {}

  @Query(() => RatingRecheckPage, { description: '待复核：评定之后评议得分或档案有变化的，按主体' })
  @Allow('regrade.propose')
  ratingRechecks(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<RatingRecheckPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new RecheckStore(tx).page(actor.scopesFor('regrade.propose'), readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.subjectId) : null };
    });
  }

  @Query(() => RegradePage, { description: '动态调整：最近提出的在前；村民只见本户的' })
  @Allow('regrade.read')
  ratingRegrades(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args('openOnly', { type: () => Boolean, defaultValue: false }) openOnly: boolean): Promise<RegradePage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const after = readCursor(page.after, 1)?.[0] ?? null;
      const regrades = new RegradeStore(tx);
      const rows = actor.villager ? await regrades.ofSubject(actor.villager.householdId, openOnly, after, limit) : await regrades.page(actor.scopesFor('regrade.read'), openOnly, after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.shown(tx, rows), nextCursor: last ? cursorOf(last.regradeId) : null };
    });
  }

  private async shown(tx: Tx, rows: readonly Regrade[]): Promise<RegradeType[]> {
    const seals = await this.vault.existing(tx, rows.map(({ subjectId }) => subjectId));
    return rows.map((row) => {
      const open = (column: 'reasons' | 'statement' | 'decision'): string | null => (row[column] && seals.get(row.subjectId)?.open(row[column], ['regrade', row.regradeId, column])) || null;
      return { ...row, id: row.regradeId, reasons: open('reasons'), statement: open('statement'), decision: open('decision') };
    });
  }

  @Mutation(() => RegradeProposedType, { description: '提出动态调整：按今日事实测评并告知本户（县联席办经办人）' })
  @Allow('regrade.propose')
  proposeRegrade(@CurrentActor() actor: Actor, @Args('input') input: ProposeRegradeArgs): Promise<RegradeProposedType> {
    return this.propose.execute(actor, input);
  }

  @Mutation(() => RegradeAnsweredType, { description: '对拟调整陈述意见或提出异议（本户，或由村文书凭签字材料代办）' })
  @Allow('regrade.answer')
  answerRegrade(@CurrentActor() actor: Actor, @Args('input') input: AnswerRegradeArgs): Promise<RegradeAnsweredType> {
    return this.answer.execute(actor, input as AnswerRegradeInput);
  }

  @Mutation(() => RegradeDecidedType, { description: '执行动态调整：陈述期满、没有未办结异议时（县联席办，提出人以外的人）' })
  @Allow('regrade.decide')
  applyRegrade(@CurrentActor() actor: Actor, @Args('input') input: DecideRegradeArgs): Promise<RegradeDecidedType> {
    return this.decide.execute(actor, 'applied', input);
  }

  @Mutation(() => RegradeDecidedType, { description: '不予调整（县联席办，提出人以外的人）' })
  @Allow('regrade.decide')
  dropRegrade(@CurrentActor() actor: Actor, @Args('input') input: DecideRegradeArgs): Promise<RegradeDecidedType> {
    return this.decide.execute(actor, 'dropped', input);
  }

  @Mutation(() => RatingRechecksSettledType, { description: '复核无变化：今日事实得出的等级与现行等级相同（县联席办经办人）' })
  @Allow('regrade.propose')
  settleRatingRechecks(@CurrentActor() actor: Actor, @Args('input') input: SettleRatingRechecksArgs): Promise<RatingRechecksSettledType> {
    return this.settle.execute(actor, input);
  }
}
