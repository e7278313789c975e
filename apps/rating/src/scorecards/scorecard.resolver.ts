import { type Actor, Allow, CurrentActor, Day, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ApproveScorecard } from './approve-scorecard';
import { DraftScorecard } from './draft-scorecard';
import { type ScorecardKind, ScorecardStore, type StoredScorecard } from './scorecard.store';

@ObjectType({ description: '评分卡版本' })
class ScorecardType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'H 农户、E 新型农业经营主体、C 村集体经济组织、V 信用村' }) kind!: string;
  @Field(() => Int) version!: number;
  @Field(() => Day, { description: '生效日' }) effectiveFrom!: string;
  @Field(() => Day, { nullable: true, description: '批准日' }) approvedOn!: string | null;
}

@InputType()
class DraftScorecardArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '县级行政区划代码' }) divisionCode!: string;
  @Field(() => String, { description: 'H、E、C、V' }) kind!: ScorecardKind;
  @Field(() => Int) version!: number;
}

@InputType()
class ApproveScorecardArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => ID) scorecardId!: string;
}

@ObjectType({ description: '评分卡办理回执' })
class ScorecardReceipt {
  @Field(() => ID) scorecardId!: string;
  @Field(() => Day, { nullable: true }) approvedOn?: string;
}

@Resolver()
export class ScorecardResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly draft: DraftScorecard,
    private readonly approve: ApproveScorecard,
  ) {}

  @Query(() => [ScorecardType], { description: '评分卡各版本' })
  @Allow('scorecard.view')
  async scorecards(@CurrentActor() actor: Actor): Promise<ScorecardType[]> {
    const rows = await this.work.read(actor, (tx) => new ScorecardStore(tx).list());
    return rows.map((row: StoredScorecard) => ({ id: row.scorecardId, kind: row.kind, version: row.version, effectiveFrom: row.effectiveFrom, approvedOn: row.approvedOn }));
  }

  @Mutation(() => ScorecardReceipt, { description: '登记评分卡版本（县联席办）' })
  @Allow('scorecard.draft')
  draftScorecard(@CurrentActor() actor: Actor, @Args('input') input: DraftScorecardArgs): Promise<ScorecardReceipt> {
    return this.draft.execute(actor, input);
  }

  @Mutation(() => ScorecardReceipt, { description: '批准评分卡版本（由另一人批准）' })
  @Allow('scorecard.approve')
  approveScorecard(@CurrentActor() actor: Actor, @Args('input') input: ApproveScorecardArgs): Promise<ScorecardReceipt> {
    return this.approve.execute(actor, input);
  }
}
