import { type Actor, Allow, checkScorecardData, CurrentActor, RULES, type Rules, type Tx, UnitOfWork, writeScorecard } from '@credit/platform';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { SimulationStore } from '../simulations/simulation.store';
import { ApproveScorecard } from './approve-scorecard';
import { DraftScorecard } from './draft-scorecard';
import { EditScorecard } from './edit-scorecard';
import { ImportScorecard } from './import-scorecard';
import { cardDigest, ScorecardStore, type StoredScorecard } from './scorecard.store';
import { ApproveScorecardArgs, DraftScorecardArgs, EditScorecardArgs, ImportScorecardArgs, ScorecardReceipt, ScorecardType } from './scorecard.types';

@Resolver()
export class ScorecardResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly draft: DraftScorecard,
    private readonly importing: ImportScorecard,
    private readonly edit: EditScorecard,
    private readonly approve: ApproveScorecard,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => [ScorecardType], { description: '评分卡各版本及其内容、状态和检查结果' })
  @Allow('scorecard.view')
  scorecards(@CurrentActor() actor: Actor): Promise<ScorecardType[]> {
    return this.work.read(actor, async (tx) => {
      const scorecards = new ScorecardStore(tx);
      const inForce = new Set([...(await scorecards.inForce(tx.today)).values()].map(({ scorecardId }) => scorecardId));
      const rows = await scorecards.list();
      return Promise.all(rows.map((row) => this.shown(tx, row, inForce)));
    });
  }

  private async shown(tx: Tx, row: StoredScorecard, inForce: ReadonlySet<string>): Promise<ScorecardType> {
    const { issues } = checkScorecardData(row.card, this.rules);
    return {
      id: row.scorecardId,
      kind: row.kind,
      version: row.version,
      effectiveFrom: row.effectiveFrom,
      approvedOn: row.approvedOn,
      state: await stateOf(tx, row, inForce),
      yaml: writeScorecard(row.card),
      issues: issues.map(({ path, message, severity }) => ({ path: path.join('.'), message, severity })),
    };
  }

  @Mutation(() => ScorecardReceipt, { description: '由规则文件登记评分卡版本（县联席办）' })
  @Allow('scorecard.draft')
  draftScorecard(@CurrentActor() actor: Actor, @Args('input') input: DraftScorecardArgs): Promise<ScorecardReceipt> {
    return this.draft.execute(actor, input);
  }

  @Mutation(() => ScorecardReceipt, { description: '导入本县评分卡（县联席办）' })
  @Allow('scorecard.draft')
  importScorecard(@CurrentActor() actor: Actor, @Args('input') input: ImportScorecardArgs): Promise<ScorecardReceipt> {
    return this.importing.execute(actor, input);
  }

  @Mutation(() => ScorecardReceipt, { description: '修订评分卡；已批准的另起下一版本（县联席办）' })
  @Allow('scorecard.draft')
  editScorecard(@CurrentActor() actor: Actor, @Args('input') input: EditScorecardArgs): Promise<ScorecardReceipt> {
    return this.edit.execute(actor, input);
  }

  @Mutation(() => ScorecardReceipt, { description: '批准评分卡版本（由另一人批准）' })
  @Allow('scorecard.approve')
  approveScorecard(@CurrentActor() actor: Actor, @Args('input') input: ApproveScorecardArgs): Promise<ScorecardReceipt> {
    return this.approve.execute(actor, input);
  }
}

async function stateOf(tx: Tx, { scorecardId, approvedOn, effectiveFrom, card }: StoredScorecard, inForce: ReadonlySet<string>): Promise<string> {
  if (inForce.has(scorecardId)) return 'in-force';
  if (approvedOn !== null) return effectiveFrom > tx.today ? 'approved' : 'past';
  return (await new SimulationStore(tx).tried(scorecardId, cardDigest(card))) ? 'tried' : 'draft';
}
