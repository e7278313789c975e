import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork, Vault } from '@credit/platform';
import { roundMachine } from '@credit/policy';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { FileRound } from '../filing/file-round';
import { ReturnRound } from '../filing/return-round';
import { ReturnStore } from '../filing/return.store';
import { FindingStore } from '../supervision/finding.store';
import { OpenRound } from './open-round';
import { PrepareRound } from './prepare-round';
import type { RoundRow } from './round.row';
import { RoundStore } from './round.store';
import { FileRoundArgs, PrepareRoundArgs, ReturnReasonType, ReturnRoundArgs, Round, RoundArgs, RoundDetail, RoundPage, RoundReceipt } from './round.types';

const shown = ({ state, ...round }: RoundRow): Round => ({ ...round, state, moves: roundMachine.moves(state) });

@Resolver()
export class RoundResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly prepare: PrepareRound,
    private readonly open: OpenRound,
    private readonly returnBack: ReturnRound,
    private readonly file: FileRound,
  ) {}

  @Query(() => RoundPage, { description: '评议轮次一览，新的在前' })
  @Allow('round.read')
  rounds(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true, description: '行政区划代码' }) under?: string,
    @Args('year', { type: () => Int, nullable: true }) year?: number,
    @Args('state', { type: () => String, nullable: true }) state?: string,
  ): Promise<RoundPage> {
    const limit = pageSize(page);
    const [before = null] = readCursor(page.after, 1) ?? [];
    return this.work.read(actor, async (tx) => {
      const rows = await new RoundStore(tx).list({ scopes: actor.scopesFor('round.read'), under: under ?? null, year: year ?? null, state: state ?? null, before, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map(shown), nextCursor: last ? cursorOf(last.id) : null };
    });
  }

  @Query(() => RoundDetail, { description: '一个评议轮次及各组进度' })
  @Allow('round.read')
  round(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<RoundDetail> {
    return this.work.read(actor, async (tx) => {
      const rounds = new RoundStore(tx);
      const round = await rounds.get(id);
      actor.require('round.read', round.villageCode);
      return Object.assign(shown(round), { groups: await rounds.progress(id), ...(await new FindingStore(tx).counts(id)) });
    });
  }

  @Query(() => [ReturnReasonType], { description: '镇党委对一轮评议的退回理由' })
  @Allow('score.list')
  returnReasons(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<ReturnReasonType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('score.list', (await new RoundStore(tx).get(roundId)).villageCode);
      const hidden = new Set(await new TieStore(tx).hiddenFrom(actor.accountId));
      const rows = (await new ReturnStore(tx).list(roundId)).filter(({ householdId }) => !hidden.has(householdId));
      const seals = await this.vault.existing(tx, rows.map(({ householdId }) => householdId));
      return rows.map(({ householdId, returnedOn, returnedAt, reason }) => {
        const seal = seals.get(householdId);
        const place = ['return_reason', `${roundId}/${householdId}/${returnedAt.toISOString()}`, 'reason'] as const;
        return { householdId, returnedOn, reason: seal ? seal.open(reason, place) : null };
      });
    });
  }

  @Mutation(() => RoundReceipt, { description: '准备评议轮次并申请公示评议内容（镇经办人）' })
  @Allow('round.prepare')
  prepareRound(@CurrentActor() actor: Actor, @Args('input') input: PrepareRoundArgs): Promise<RoundReceipt> {
    return this.prepare.execute(actor, input);
  }

  @Mutation(() => RoundReceipt, { description: '开启评议（镇经办人）；评议内容公示期满且组织齐全后方可' })
  @Allow('round.open')
  openRound(@CurrentActor() actor: Actor, @Args('input') input: RoundArgs): Promise<RoundReceipt> {
    return this.open.execute(actor, input);
  }

  @Mutation(() => RoundReceipt, { description: '退回评议结果并逐户写明理由（镇党委）' })
  @Allow('round.return')
  returnRound(@CurrentActor() actor: Actor, @Args('input') input: ReturnRoundArgs): Promise<RoundReceipt> {
    return this.returnBack.execute(actor, input);
  }

  @Mutation(() => RoundReceipt, { description: '审核备案并申请公示评议结果（镇党委）' })
  @Allow('round.file')
  fileRound(@CurrentActor() actor: Actor, @Args('input') input: FileRoundArgs): Promise<RoundReceipt> {
    return this.file.execute(actor, input);
  }
}
